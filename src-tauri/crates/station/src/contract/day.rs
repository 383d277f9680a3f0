//! The end of the day on screen.

use super::Owed;
use domain::Moment;
use domain::day::{Drawer, Sum};
use domain::payment::{PaymentMethod, RefundState};
use domain::queue::QueueState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was taken since the sheet signed last, and what is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayEndScreen {
    /// When the sheet before was signed; none when there is none.
    pub from: Option<Moment>,
    /// When this was read.
    pub until: Moment,
    /// Photos stored, retakes among them.
    pub captured: u32,
    /// Retakes among them.
    pub retaken: u32,
    /// Of these, acknowledged.
    pub acknowledged: u32,
    /// By way to pay.
    pub methods: Vec<MethodSum>,
    /// By operator; an empty name is the central server.
    pub operators: Vec<NamedSum>,
    /// By class.
    pub classes: Vec<NamedSum>,
    /// All.
    pub total: Sum,
    /// Given back.
    pub refunded: Sum,
    /// The drawer.
    pub drawer: Drawer,
    /// What should lie in it, fen.
    #[ts(type = "number")]
    pub expected_fen: i64,
    /// What was counted.
    pub count: Option<CountRow>,
    /// Why it cannot be signed yet (`fault.<code>`).
    pub missing: Option<String>,
    /// Paid, but no photo; at most 200.
    pub paid_without_photo: Vec<LooseRow>,
    /// A photo is held because nobody knows whether it was paid; at most 200.
    pub photo_without_payment: Vec<LooseRow>,
    /// Photos without acknowledgement; at most 200.
    pub unsent: Vec<UnsentRow>,
    /// How many there are.
    pub unsent_total: u32,
    /// Money given back or on its way back.
    pub refunds: Vec<RefundRow>,
    /// Fees paid twice and supervisors' decisions.
    pub answered: Vec<AnsweredRow>,
    /// Sheets signed before, newest first; at most 5.
    pub signed: Vec<SignedRow>,
    /// Papers are being made.
    pub making: bool,
    /// The files made last.
    pub files: Vec<String>,
}

/// A way to pay with its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MethodSum {
    /// The method.
    pub method: PaymentMethod,
    /// Money comes in at the desk by it.
    pub brings_money: bool,
    /// Count and sum.
    pub sum: Sum,
}

/// A name with its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedSum {
    /// Name of an operator or a class.
    pub name: String,
    /// Count and sum.
    pub sum: Sum,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountRow {
    /// Change put in before the first person, fen.
    pub float_fen: u32,
    /// Counted, the float included, fen.
    pub counted_fen: u32,
    /// Why it differs.
    pub explanation: String,
    /// Counted less expected, fen.
    #[ts(type = "number")]
    pub difference_fen: i64,
}

/// A fee and a photo of which one is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LooseRow {
    /// Enrolment id.
    pub enrolment: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
    /// Amount in fen.
    pub amount_fen: u32,
    /// What a refund would give back; none when no money is there to give back.
    pub owed: Option<Owed>,
    /// Since when.
    pub at: Moment,
}

/// A photo without acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnsentRow {
    /// Packet id.
    pub packet: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Where it stands.
    pub state: QueueState,
    /// When it was stored.
    pub at: Moment,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefundRow {
    /// Name.
    pub name: String,
    /// How the money had come in.
    pub method: PaymentMethod,
    /// Amount in fen.
    pub amount_fen: u32,
    /// How it stands.
    pub state: RefundState,
    /// Why.
    pub reason: String,
}

/// A line somebody has to answer for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnsweredRow {
    /// What (`day.answered.<code>`).
    pub what: String,
    /// Codes and who.
    pub detail: String,
    /// When.
    pub at: Moment,
}

/// A sheet that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedRow {
    /// Its number.
    pub number: u32,
    /// When.
    pub at: Moment,
    /// Name of the supervisor.
    pub supervisor: String,
    /// What came in, fen.
    pub total: Sum,
}

/// What was counted in the drawer.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CashCounted {
    /// Change put in before the first person, fen.
    pub float_fen: u32,
    /// Counted, the float included, fen.
    pub counted_fen: u32,
    /// Why it differs; empty when it does not.
    pub explanation: String,
}
