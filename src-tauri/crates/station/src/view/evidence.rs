//! The strip that shows what is proved.

use crate::contract::{EvidenceCell, EvidenceState, EvidenceStep, Level};
use crate::desk::Desk;
use domain::Moment;
use domain::payment::{FeeEvidence, PaymentMethod};
use domain::session::State;
use std::collections::BTreeMap;

const STEPS: [EvidenceStep; 6] = [
    EvidenceStep::Identity,
    EvidenceStep::Enrolment,
    EvidenceStep::Payment,
    EvidenceStep::Capture,
    EvidenceStep::Standardise,
    EvidenceStep::Upload,
];

impl Desk {
    pub(super) fn evidence(&self) -> Vec<EvidenceCell> {
        let now = match &self.state {
            State::Idle => return vec![],
            State::Identifying { .. } => 0,
            State::Matching { .. } => 1,
            State::Paying { .. } => 2,
            State::Preparing { .. } | State::Capturing { .. } | State::Reviewing { .. } => 3,
            State::Standardising { .. } | State::LastLook { .. } => 4,
            State::Submitting { .. } => 5,
            State::Done { .. } => 6,
        };
        STEPS
            .iter()
            .enumerate()
            .map(|(place, step)| self.cell(*step, place, now))
            .collect()
    }

    fn cell(&self, step: EvidenceStep, place: usize, now: usize) -> EvidenceCell {
        use std::cmp::Ordering;
        let told = self.notice.as_ref().map(|notice| notice.level);
        let wrong = told.is_some_and(|level| level != Level::Info) || self.failing();
        let (mut state, mut proof) = match place.cmp(&now) {
            Ordering::Greater => (EvidenceState::ToDo, None),
            Ordering::Equal if wrong => (EvidenceState::Bad, None),
            Ordering::Equal => (EvidenceState::Now, None),
            Ordering::Less => (EvidenceState::Done, self.proof(step)),
        };
        if place < now {
            match proof.as_ref().map(|(code, _)| *code) {
                Some("overridden" | "exempt" | "vouched") => state = EvidenceState::Overridden,
                Some("unknown" | "held") => state = EvidenceState::Unknown,
                _ => {}
            }
        }
        let (code, args) = proof
            .take()
            .map_or((None, BTreeMap::new()), |(c, a)| (Some(c.to_string()), a));
        EvidenceCell {
            step,
            state,
            code,
            args,
        }
    }

    fn failing(&self) -> bool {
        match &self.state {
            State::Reviewing {
                assessment: Some(a), ..
            } => a.stopping().next().is_some() || a.refused().next().is_some(),
            State::Submitting { fault, .. } => fault.is_some(),
            _ => false,
        }
    }

    fn proof(&self, step: EvidenceStep) -> Option<(&'static str, BTreeMap<String, String>)> {
        let one = |name: &str, value: String| BTreeMap::from([(name.to_string(), value)]);
        let at = |moment: Moment| one("time", super::local_time(moment));
        match step {
            EvidenceStep::Identity => self.state.identity().map(|identity| {
                let code = identity.method().code();
                (code, at(identity.at()))
            }),
            EvidenceStep::Enrolment => self.state.enrolment().map(|e| match &e.code {
                Some(_) if e.student_number.is_empty() => ("own_code", one("code", super::code::short(e))),
                _ => ("student_number", one("number", e.student_number.clone())),
            }),
            EvidenceStep::Payment => self.state.file().map(|file| match file.fee() {
                FeeEvidence::Unknown { .. } => ("unknown", BTreeMap::new()),
                FeeEvidence::Settled(fee) => {
                    let code = match fee.method() {
                        PaymentMethod::Order => "order",
                        PaymentMethod::Cash => "cash",
                        PaymentMethod::Prepaid if fee.amount_fen() == 0 => "no_fee",
                        PaymentMethod::Prepaid => "prepaid",
                        PaymentMethod::Exempt => "exempt",
                        PaymentMethod::Voucher => "voucher",
                        PaymentMethod::AtSync => "order",
                    };
                    (code, one("amount", fee.amount_fen().to_string()))
                }
            }),
            EvidenceStep::Capture => match &self.state {
                State::Standardising { accepted, .. } | State::LastLook { accepted, .. } => Some(accepted),
                State::Submitting { order, .. } => Some(order.accepted()),
                _ => None,
            }
            .map(|accepted| match accepted.waived() {
                Some(waived) => ("overridden", one("count", waived.checks.len().to_string())),
                None => ("accepted", BTreeMap::new()),
            }),
            EvidenceStep::Standardise => Some(("measured", BTreeMap::new())),
            EvidenceStep::Upload => match &self.state {
                State::Done { held: true, .. } => Some(("held", BTreeMap::new())),
                _ => None,
            },
        }
    }
}
