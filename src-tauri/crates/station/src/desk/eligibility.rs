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
    /// While whom was served.
    epoch: u32,
    /// About whom: what was said of another name or number counts for nothing, also while the same person is served.
    about: Option<EligibilityQuestion>,
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
        let about = self.eligibility_question()?;
        let same = self.asking.epoch == self.epoch && self.asking.about.as_ref() == Some(&about);
        same.then_some(&self.asking)
    }

    /// The server's answer, as far as there is one.
    pub(super) fn eligibility(&self) -> Option<Eligibility> {
        match &self.asking()?.said {
            Said::Answered(answer) => Some(answer.clone()),
            Said::Nothing | Said::Asked => None,
        }
    }

    /// Who is asked about: whoever was identified, or was called from a list that is trusted.
    fn eligibility_question(&self) -> Option<EligibilityQuestion> {
        let setup = self.setup.as_ref()?;
        let (name, number) = match &self.state {
            State::Matching { known, .. } => (known.identity.name(), known.identity.number()?),
            State::Identifying {
                called: Some(called), ..
            } if setup.policy.trusted_list => (&called.name, called.document_number.as_ref()?),
            _ => return None,
        };
        Some(EligibilityQuestion {
            session: setup.id.clone(),
            name: name.clone(),
            number: number.clone(),
        })
    }

    /// Asks once a person, when a number is known and the server answered lately.
    pub(super) fn ask_eligibility(&mut self) {
        let Some(question) = self.eligibility_question() else {
            return;
        };
        if self.asking().is_some_and(|asking| asking.said != Said::Nothing) {
            return;
        }
        let now = self.now();
        let there = self.last_answer.is_some_and(|at| now.since(at) < SILENCE_MS);
        self.asking = Asking {
            epoch: self.epoch,
            about: Some(question.clone()),
            said: if there { Said::Asked } else { Said::Nothing },
            at: Some(now),
        };
        if there {
            self.send_errand(Errand::Eligibility(question));
        }
    }

    pub(super) fn eligibility_answered(
        &mut self,
        asked: &EligibilityQuestion,
        answer: Result<Eligibility, CentralFault>,
    ) {
        let same = self.asking.epoch == self.epoch && self.asking.about.as_ref() == Some(asked);
        if !same || self.asking.said != Said::Asked {
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
