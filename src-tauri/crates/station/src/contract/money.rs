//! Money: the page of the fee, and what comes later or goes back.

use domain::Moment;
use domain::payment::{Channel, OrderState, PaymentMethod};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way on for a photo that is held for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum HeldWay {
    /// Close the order, so that another way opens; the answer may be that it was paid.
    Close,
    /// A new order, once the last was closed.
    Order,
    /// Cash, once the order was closed.
    Cash {
        /// Amount handed over, in fen.
        tendered_fen: u32,
    },
    /// A supervisor's exemption, once the order was closed.
    Exempt {
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
}

/// What a refund would give back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owed {
    /// Names the payment among those of its enrolment.
    pub payment: String,
    /// Amount in fen.
    pub amount_fen: u32,
}

/// A supervisor has the money of a fee given back: what came in twice first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RefundOf {
    /// Enrolment id.
    pub enrolment: String,
    /// The payment that was shown, [`Owed::payment`]: after it went back, another may be next.
    pub payment: String,
    /// Why, at least six characters.
    pub reason: String,
    /// Supervisor id.
    pub supervisor: String,
    /// Supervisor's PIN.
    pub pin: String,
}

/// The fee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PaymentScreen {
    /// Fee in fen, frozen in the order.
    pub fee_fen: u32,
    /// What it is for.
    pub fee_text: String,
    /// Ways to pay in order.
    pub methods: Vec<MethodRow>,
    /// The one on screen.
    pub method: PaymentMethod,
    /// Whose codes an order can be, in order.
    pub channels: Vec<Channel>,
    /// The order, once asked for.
    pub order: Option<OrderRow>,
    /// Policy lets capture go on while the outcome is unknown.
    pub may_go_on_unknown: bool,
}

/// A way to pay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MethodRow {
    /// The method.
    pub method: PaymentMethod,
    /// Why it cannot be used now (`method_closed.<code>`): `offline`, `not_on_roster`, `no_vouchers`.
    pub closed: Option<String>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderRow {
    /// Order number.
    pub id: String,
    /// Who is asked for the money.
    pub channel: Channel,
    /// What is known.
    pub state: OrderState,
    /// Amount in fen.
    pub amount_fen: u32,
    /// QR as an SVG path on a square of `qr_size` modules, quiet zone not included.
    pub qr_path: Option<String>,
    /// Modules along a side.
    pub qr_size: u32,
    /// When the order was made.
    pub at: Moment,
    /// When its code ends.
    pub expires_at: Option<Moment>,
}
