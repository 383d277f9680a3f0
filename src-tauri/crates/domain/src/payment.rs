//! Money and how a fee was settled. Amounts are whole fen; there is no fraction anywhere.

mod book;
mod cash;
mod channel;
mod exempt;
mod order;
pub mod refund;
mod tender;
mod unmet;
pub mod voucher;

pub use book::{Met, given_back, meet};
pub use channel::Channel;
pub use order::{Pacing, Turn, turn};
pub use tender::{Proven, Tender, settle};
pub use unmet::Unmet;

use crate::moment::Moment;
use crate::operator::Operator;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way to settle the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// An order on the central server, shown as QR.
    Order,
    /// Cash with change.
    Cash,
    /// Paid beforehand by the school or the roster.
    Prepaid,
    /// Not due; a supervisor gives the reason.
    Exempt,
    /// A voucher the school or the central server gave out.
    Voucher,
    /// An order that is paid once the network is there again; until then the photo is held.
    AtSync,
}

impl PaymentMethod {
    /// Money comes in at this station; prepaid fees, vouchers and exemptions only stand for it.
    pub const fn brings_money(self) -> bool {
        match self {
            Self::Cash | Self::Order | Self::AtSync => true,
            Self::Prepaid | Self::Exempt | Self::Voucher => false,
        }
    }
}

/// How money that is given back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Written down, no answer yet.
    Unknown,
    /// The money is back: the provider said so, or it was handed over in cash.
    Done,
    /// The provider refused; the reason stands with the order.
    Refused,
}

/// Money given back, or on its way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// Number of the refund, made here once; asking again under it gives nothing back twice.
    pub id: String,
    /// Enrolment whose fee it was.
    pub enrolment: String,
    /// How the money had come in.
    pub method: PaymentMethod,
    /// The order it is taken from; none for cash.
    pub order: Option<String>,
    /// Amount in fen.
    pub amount_fen: u32,
    /// Why, in the supervisor's words.
    pub reason: String,
    /// Id of the supervisor.
    pub supervisor: String,
    /// Id of the operator at the desk.
    pub operator: String,
    /// How it stands.
    pub state: RefundState,
    /// When it was decided.
    pub at: Moment,
}

/// What the central server says of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Written down here, no answer yet: nobody knows whether it exists there.
    Unknown,
    /// Exists, not paid.
    NotPaid,
    /// Paid.
    Paid,
    /// Closed unpaid.
    Closed,
}

/// An order as this station knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Order number, made here once and never again for this enrolment's fee.
    pub id: String,
    /// Enrolment it belongs to.
    pub enrolment: String,
    /// Amount in fen, frozen when the order was made.
    pub amount_fen: u32,
    /// Who is asked for the money.
    #[serde(default)]
    pub channel: Channel,
    /// SHA-256 of the voucher's number, lower-case hex; with that channel and no other.
    #[serde(default)]
    pub voucher: Option<String>,
    /// What is known.
    pub state: OrderState,
    /// Text of the QR once the server gave it.
    pub code_url: Option<String>,
    /// When the code ends, by this station's clock.
    #[serde(default)]
    pub expires_at: Option<Moment>,
    /// When it was written down.
    pub at: Moment,
}

/// A settled fee. Only the session rules make one, and only from a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettledFee {
    method: PaymentMethod,
    amount_fen: u32,
    proof: String,
    by: String,
    at: Moment,
}

impl SettledFee {
    /// Makes the evidence; only the session rules call it, after they checked the proof.
    pub(crate) fn new(
        method: PaymentMethod,
        amount_fen: u32,
        proof: String,
        by: &Operator,
        at: Moment,
    ) -> Self {
        Self {
            method,
            amount_fen,
            proof,
            by: by.id.clone(),
            at,
        }
    }

    /// The evidence that lies in a paid order; `None` for any other state.
    pub fn from_paid(order: &Order, at: Moment) -> Option<Self> {
        (order.state == OrderState::Paid).then(|| Self {
            method: match order.channel {
                Channel::Voucher => PaymentMethod::Voucher,
                Channel::Wechat | Channel::Alipay => PaymentMethod::Order,
            },
            amount_fen: order.amount_fen,
            proof: order.id.clone(),
            by: String::new(),
            at,
        })
    }

    /// How it was settled.
    pub const fn method(&self) -> PaymentMethod {
        self.method
    }

    /// Amount in fen; 0 for an exemption.
    pub const fn amount_fen(&self) -> u32 {
        self.amount_fen
    }

    /// Order number, receipt text, or the supervisor and the reason of an exemption.
    pub fn proof(&self) -> &str {
        &self.proof
    }

    /// Id of the operator who settled it; empty when the central server did.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// When it was settled.
    pub const fn at(&self) -> Moment {
        self.at
    }
}

/// Where a sitter's fee stands when the camera opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FeeEvidence {
    /// Confirmed, prepaid or exempt.
    Settled(SettledFee),
    /// The order's outcome is unknown; the policy lets capture go on and the photo is held.
    Unknown {
        /// Order number.
        order: String,
        /// Amount in fen.
        amount_fen: u32,
    },
}

/// What a customer gets back, in fen; `None` when too little was given.
pub const fn change(fee_fen: u32, tendered_fen: u32) -> Option<u32> {
    tendered_fen.checked_sub(fee_fen)
}
