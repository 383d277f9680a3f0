//! What the central server says of the person at the enrolment page. It is asked when there is a network, beside
//! what the operator does, and nothing waits for it.

use super::Desk;
use crate::cashier::Errand;
use domain::Moment;
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::port::CentralFault;
use domain::session::State;

/// Milliseconds without an answer after which the server is not asked: the question would only wait in line before
/// the payment's.
const SILENCE_MS: i64 = 60_000;

/// A question about one person.
#[derive(Default)]
pub(crate) struct Asking {
    /// About whom: that of another person counts for nothing.
    epoch: u32,
    pub(crate) said: Said,
    /// When it was asked or answered.
    pub(crate) at: Option<Moment>,
}

/// Where the question stands.
#[derive(Default, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// Not asked, or not answered in time: only this machine's roster counts.
    #[default]
    Nothing,
    Asked,
    Answered(Eligibility),
}

impl Desk {
    /// What is known from the server of the person being served.
    pub(crate) fn asking(&self) -> Option<&Asking> {
        (self.asking.epoch == self.epoch).then_some(&self.asking)
    }

    /// The server's answer, as far as there is one.
    pub(super) fn eligibility(&self) -> Option<Eligibility> {
        match &self.asking()?.said {
            Said::Answered(answer) => Some(answer.clone()),
            Said::Nothing | Said::Asked => None,
        }
    }

    /// Asks once a person, when a number is known and the server answered lately.
    pub(super) fn ask_eligibility(&mut self) {
        let State::Matching { known, .. } = &self.state else {
            return;
        };
        let (Some(number), Some(setup)) = (known.identity.number(), &self.setup) else {
            return;
        };
        let now = self.now();
        let there = self.last_answer.is_some_and(|at| now.since(at) < SILENCE_MS);
        let asked = self.asking().is_some_and(|asking| asking.said != Said::Nothing);
        if asked {
            return;
        }
        let question = EligibilityQuestion {
            session: setup.id.clone(),
            name: known.identity.name().clone(),
            number: number.clone(),
        };
        self.asking = Asking {
            epoch: self.epoch,
            said: if there { Said::Asked } else { Said::Nothing },
            at: Some(now),
        };
        if there {
            self.send_errand(Errand::Eligibility(self.epoch, question));
        }
    }

    pub(super) fn eligibility_answered(&mut self, epoch: u32, answer: Result<Eligibility, CentralFault>) {
        if epoch != self.epoch || self.asking().is_none_or(|asking| asking.said != Said::Asked) {
            return;
        }
        self.asking.at = Some(self.now());
        self.asking.said = match answer {
            Ok(said) => {
                self.answered();
                Said::Answered(said)
            }
            Err(fault) => {
                tracing::info!(code = fault.code(), %fault, "the server did not say who may be photographed");
                Said::Nothing
            }
        };
        self.touch();
    }
}
