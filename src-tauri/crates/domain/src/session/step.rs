//! The transitions, by phase: who it is, which enrolment, the fee, the photo.

mod back;
mod code;
mod enrol;
mod identify;
mod listed;
mod pay;
mod photograph;
mod review;

pub use identify::GUARDIAN_AGE;
pub use listed::trusted;

use super::{Effect, Input, Refusal, State, SupervisorApproval};
use crate::audit::AuditEvent;
use crate::enrolment::{Enrolment, EnrolmentState};
use crate::identity::date::Date;
use crate::moment::Moment;
use crate::operator::Operator;
use crate::setup::SessionSetup;

/// Fewest characters of a reason a supervisor writes down.
const REASON_LETTERS: usize = 6;

/// What the rules need to know besides state and input.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The session's set-up.
    pub setup: &'a SessionSetup,
    /// Who is signed in.
    pub operator: &'a Operator,
    /// The station's clock.
    pub now: Moment,
    /// The station's date.
    pub today: Date,
}

/// The next state and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// The next state.
    pub state: State,
    /// What to do, in order.
    pub effects: Vec<Effect>,
}

type Outcome = Result<Transition, Refusal>;

fn to(state: State, effects: Vec<Effect>) -> Outcome {
    Ok(Transition { state, effects })
}

/// One step of a session. Refusals leave the state as it was.
pub fn step(state: &State, input: Input, rules: &Rules<'_>) -> Outcome {
    match (state.clone(), input) {
        (State::Idle | State::Done { .. }, Input::Begin { called }) => identify::begin(called, rules),
        (State::Done { .. }, Input::Next) => to(State::Idle, vec![Effect::Discard]),
        (State::Submitting { .. } | State::Idle | State::Done { .. }, Input::Leave) => Err(Refusal::NotNow),
        (state, Input::Leave) => {
            let audit = rules.audit("left", id_of(state.enrolment()), "");
            to(State::Idle, vec![Effect::Discard, audit])
        }
        (state, Input::Back) => back::back(state),
        (
            state @ State::Identifying { .. },
            Input::ConfirmListed {
                same_number,
                facts,
                standing,
            },
        ) => listed::confirm(state, &same_number, facts, standing, rules),
        (state, Input::Code(input)) => code::step(state, input, rules),
        (state @ State::Identifying { .. }, input) => identify::step(state, input, rules),
        (state @ State::Matching { .. }, input) => enrol::step(state, input, rules),
        (state @ State::Paying { .. }, input) => pay::step(state, input, rules),
        (state, Input::OrderAnswered(order)) => pay::settle_late(state, order, rules),
        (state, input) => photograph::step(state, input, rules),
    }
}

/// The refusal of an input that no rule took: answers come late, people press the wrong key.
fn misfit(input: &Input) -> Refusal {
    match input {
        Input::Found(_)
        | Input::OrderAnswered(_)
        | Input::StillAssessed { .. }
        | Input::Standardised(_)
        | Input::ChooseGround(_)
        | Input::Departed { .. }
        | Input::Stored { .. }
        | Input::NotStored { .. } => Refusal::Stale,
        _ => Refusal::NotNow,
    }
}

impl Rules<'_> {
    fn audit(&self, what: &str, subject: &str, detail: &str) -> Effect {
        Effect::Audit(self.event(what, subject, detail))
    }

    pub(crate) fn event(&self, what: &str, subject: &str, detail: &str) -> AuditEvent {
        AuditEvent {
            at: self.now,
            operator: self.operator.id.clone(),
            what: what.to_string(),
            subject: subject.to_string(),
            detail: detail.to_string(),
        }
    }

    /// A line about what a supervisor let through, with the reason: the trail stands without the packet.
    pub(crate) fn approved(
        &self,
        what: &str,
        subject: &str,
        detail: &str,
        approval: &SupervisorApproval,
    ) -> AuditEvent {
        self.event(what, subject, &format!("{detail} by {}", approval.supervisor()))
    }
}

fn id_of(enrolment: Option<&Enrolment>) -> &str {
    enrolment.map_or("", |e| e.id.as_str())
}

pub(crate) fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    (reason.chars().count() >= REASON_LETTERS)
        .then(|| reason.to_string())
        .ok_or(Refusal::ReasonMissing)
}

fn open_for_capture(enrolment: &Enrolment) -> Result<(), Refusal> {
    match enrolment.state {
        EnrolmentState::Approved => Err(Refusal::Locked),
        EnrolmentState::Captured => Err(Refusal::AlreadyCaptured),
        EnrolmentState::ToCapture | EnrolmentState::Retake if enrolment.not_eligible.is_some() => {
            Err(Refusal::NotEligible)
        }
        EnrolmentState::ToCapture | EnrolmentState::Retake => Ok(()),
    }
}
