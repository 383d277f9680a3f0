//! The end of a day: what was taken, how and by whom, what is still open, and what a supervisor signs.
//!
//! A sheet covers every payment, refund and photo that stands on no sheet yet, whatever the clock said, so that nothing
//! stands on two sheets and nothing on none. Its date is the local date of its signing. A signed sheet never changes;
//! what comes later stands on the next one.

use crate::moment::Moment;
use crate::payment::{PaymentMethod, Refund, RefundState, Unmet};
use crate::queue::QueueState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One payment that came in, or stood for one. A fee paid twice is two of them; a refund takes none away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taking {
    /// Its place in the station's ledger, from 1.
    pub seq: i64,
    /// Enrolment whose fee it is.
    pub enrolment: String,
    /// Class of the enrolment.
    pub class_name: String,
    /// How it was settled.
    pub method: PaymentMethod,
    /// The fee in fen.
    pub amount_fen: u32,
    /// Id of the operator; empty when the central server settled it.
    pub operator: String,
    /// Order number, supervisor and reason of an exemption, or what was handed over.
    pub proof: String,
    /// When.
    pub at: Moment,
}

impl Taking {
    /// What came in here, in fen: prepaid fees, vouchers and exemptions bring no money to the desk.
    pub const fn received_fen(&self) -> u32 {
        if self.method.brings_money() {
            self.amount_fen
        } else {
            0
        }
    }
}

/// A photo without a verified acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsent {
    /// Packet id.
    pub packet: String,
    /// Enrolment.
    pub enrolment: String,
    /// Where it stands.
    pub state: QueueState,
    /// When it was stored.
    pub at: Moment,
}

/// A line of the audit trail that somebody has to answer for: what a supervisor let through, a fee paid twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// What, as the audit trail has it (`day.decision.<code>`).
    pub what: String,
    /// Enrolment, order or packet.
    pub subject: String,
    /// Codes and the supervisor's id; no names.
    pub detail: String,
    /// Id of the operator.
    pub operator: String,
    /// When.
    pub at: Moment,
}

/// What the store knows of the time since the sheet signed last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayFacts {
    /// When the sheet before was signed; none when there is none.
    pub from: Option<Moment>,
    /// When this was read.
    pub until: Moment,
    /// The newest photo counted, by its place in the queue; 0 when there is none.
    pub last_packet: i64,
    /// The newest line of the audit trail looked at; 0 when there is none.
    pub last_line: i64,
    /// Photos stored, retakes among them.
    pub captured: u32,
    /// Retakes among them.
    pub retaken: u32,
    /// Of all photos of this time, those acknowledged by the central server.
    pub acknowledged: u32,
    /// People whose photo was rejected and who were not here again.
    pub retakes_open: u32,
    /// Payments.
    pub takings: Vec<Taking>,
    /// Money given back.
    pub refunds: Vec<Refund>,
    /// Paid, but no photo: here, whenever it was paid.
    pub paid_without_photo: Vec<Unmet>,
    /// A photo is held because nobody knows whether it was paid.
    pub photo_without_payment: Vec<Unmet>,
    /// Photos not acknowledged, whenever they were taken.
    pub unsent: Vec<Unsent>,
    /// Fees settled twice, and what supervisors decided.
    pub answered: Vec<Answered>,
}

/// A count and a sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// How many.
    pub count: u32,
    /// Fen that came in.
    #[ts(type = "number")]
    pub fen: i64,
}

impl Sum {
    const fn add(&mut self, fen: i64) {
        self.count += 1;
        self.fen += fen;
    }
}

/// The money in the drawer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Drawer {
    /// Change put in before the first person, fen.
    #[ts(type = "number")]
    pub float_fen: i64,
    /// Cash taken, fen.
    #[ts(type = "number")]
    pub taken_fen: i64,
    /// Cash given back as refunds, fen.
    #[ts(type = "number")]
    pub given_back_fen: i64,
}

impl Drawer {
    /// What should lie in the drawer.
    pub const fn expected_fen(&self) -> i64 {
        self.float_fen + self.taken_fen - self.given_back_fen
    }
}

/// What was counted, and why it is not what should be there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CashCount {
    /// Change put in before the first person, fen.
    pub float_fen: u32,
    /// Counted, the float included, fen.
    pub counted_fen: u32,
    /// Why it differs; empty when it does not.
    pub explanation: String,
}

/// Fewest letters of an explanation.
pub const LEAST_EXPLANATION: usize = 4;

/// Why a sheet cannot be signed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayFault {
    /// The drawer was not counted although cash came in or went out.
    #[error("the drawer was not counted")]
    NotCounted,
    /// The drawer does not hold what it should, and nobody says why.
    #[error("the difference is not explained")]
    NotExplained,
}

impl DayFault {
    /// The code of the message (`fault.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotCounted => "day_not_counted",
            Self::NotExplained => "day_not_explained",
        }
    }
}

/// One sheet: sums of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySheet {
    /// The facts it sums up.
    pub facts: DayFacts,
    /// By way to pay; ways nobody used are left out.
    pub by_method: Vec<(PaymentMethod, Sum)>,
    /// By operator's id; the central server's are under the empty one.
    pub by_operator: BTreeMap<String, Sum>,
    /// By class.
    pub by_class: BTreeMap<String, Sum>,
    /// All.
    pub total: Sum,
    /// Given back for certain.
    pub refunded: Sum,
    /// The drawer.
    pub drawer: Drawer,
}

/// The place of a way to pay on a sheet. Exhaustive, so that no way's money is left off.
const fn place(method: PaymentMethod) -> u8 {
    match method {
        PaymentMethod::Order => 0,
        PaymentMethod::AtSync => 1,
        PaymentMethod::Cash => 2,
        PaymentMethod::Prepaid => 3,
        PaymentMethod::Voucher => 4,
        PaymentMethod::Exempt => 5,
    }
}

impl DaySheet {
    /// Sums up; `float_fen` is the change that was in the drawer.
    pub fn of(facts: DayFacts, float_fen: u32) -> Self {
        let sum = |wanted: &dyn Fn(&Taking) -> bool| {
            let mut sum = Sum::default();
            facts
                .takings
                .iter()
                .filter(|taking| wanted(taking))
                .for_each(|taking| sum.add(i64::from(taking.received_fen())));
            sum
        };
        let by = |key: &dyn Fn(&Taking) -> &String| {
            let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
            for taking in &facts.takings {
                let sum = sums.entry(key(taking).clone()).or_default();
                sum.add(i64::from(taking.received_fen()));
            }
            sums
        };
        let mut by_place: BTreeMap<u8, (PaymentMethod, Sum)> = BTreeMap::new();
        for taking in &facts.takings {
            let entry = by_place.entry(place(taking.method));
            let (_, sum) = entry.or_insert((taking.method, Sum::default()));
            sum.add(i64::from(taking.received_fen()));
        }
        let mut refunded = Sum::default();
        let mut given_back_fen = 0;
        for refund in facts.refunds.iter().filter(|r| r.state == RefundState::Done) {
            // As with what came in: a voucher given back is no money.
            let brings = refund.method.brings_money();
            refunded.add(if brings { i64::from(refund.amount_fen) } else { 0 });
            if refund.method == PaymentMethod::Cash {
                given_back_fen += i64::from(refund.amount_fen);
            }
        }
        Self {
            by_method: by_place.into_values().collect(),
            by_operator: by(&|t| &t.operator),
            by_class: by(&|t| &t.class_name),
            total: sum(&|_| true),
            refunded,
            drawer: Drawer {
                float_fen: i64::from(float_fen),
                taken_fen: sum(&|t| t.method == PaymentMethod::Cash).fen,
                given_back_fen,
            },
            facts,
        }
    }

    /// Counted less expected, fen.
    pub fn difference_fen(&self, count: &CashCount) -> i64 {
        i64::from(count.counted_fen) - self.drawer.expected_fen()
    }

    /// Whether a supervisor may sign: the drawer was counted if it was used, and a difference has its words. Unsent
    /// photos and unknown payments are signed as such; nobody waits for the network at night.
    pub fn ready(&self, count: Option<&CashCount>) -> Result<(), DayFault> {
        let used = self.drawer.taken_fen != 0 || self.drawer.given_back_fen != 0;
        let Some(count) = count else {
            return if used { Err(DayFault::NotCounted) } else { Ok(()) };
        };
        let explained = count.explanation.trim().chars().count() >= LEAST_EXPLANATION;
        if self.difference_fen(count) != 0 && !explained {
            return Err(DayFault::NotExplained);
        }
        Ok(())
    }
}

/// A sheet a supervisor signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedSheet {
    /// Its number at this station, from 1 without gaps.
    pub number: u32,
    /// The station.
    pub station: String,
    /// The sheet.
    pub sheet: DaySheet,
    /// What was counted; none when no cash moved.
    pub count: Option<CashCount>,
    /// Id of the operator who made it.
    pub operator: String,
    /// Id of the supervisor.
    pub supervisor: String,
    /// When it was signed.
    pub at: Moment,
}

/// A receipt as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Its number at this station, from 1 without gaps.
    pub number: u32,
    /// 1 for the first print; a reprint is marked as such.
    pub copy: u32,
    /// The fee.
    pub taking: Taking,
    /// Money given back since, fen.
    pub refunded_fen: u32,
    /// When this copy was printed.
    pub at: Moment,
    /// Id of the operator who printed it.
    pub operator: String,
}
