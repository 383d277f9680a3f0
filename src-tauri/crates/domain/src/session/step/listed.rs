//! A trusted list: one confirmation stands for identity and enrolment.

use super::{Outcome, Rules, enrol, identify, open_for_capture, to};
use crate::enrolment::Enrolment;
use crate::identity::date::Date;
use crate::identity::{DocumentFacts, DocumentNumber, IdentityMethod};
use crate::session::{Input, Refusal, Standing, State};
use crate::setup::SessionSetup;

/// True when the session trusts its list and nothing about this person of it needs a second look: a document number
/// that is right and that no other record of the session has, a ticket, and nothing against the photo.
/// `same_number` are the records of the session with the person's number as they are kept now.
pub fn trusted(called: &Enrolment, same_number: &[Enrolment], setup: &SessionSetup, today: Date) -> bool {
    let number = called.document_number.as_ref();
    let sound = number.is_some_and(|number| DocumentNumber::parse(number.as_str(), today).is_ok());
    let alone = matches!(same_number, [one] if one == called);
    let ticketed = !called.ticket.trim().is_empty();
    let open = !called.provisional && open_for_capture(called).is_ok();
    setup.policy.trusted_list && sound && alone && ticketed && open
}

/// The two steps it stands for, one after the other: what either refuses is refused, and both leave their line in
/// the audit trail.
pub(super) fn confirm(
    state: State,
    same_number: &[Enrolment],
    facts: DocumentFacts,
    standing: Standing,
    rules: &Rules<'_>,
) -> Outcome {
    let State::Identifying {
        called: Some(called), ..
    } = &state
    else {
        return Err(Refusal::NotNow);
    };
    if !trusted(called, same_number, rules.setup, rules.today) {
        return Err(Refusal::NotListed);
    }
    let identity = Input::Identity {
        name: called.name.clone(),
        number: called.document_number.clone().ok_or(Refusal::NotListed)?,
        facts,
        method: IdentityMethod::Compared,
    };
    let identified = identify::step(state, identity, rules)?;
    let confirmed = enrol::step(identified.state, Input::ConfirmEnrolment(standing), rules)?;
    to(confirmed.state, [identified.effects, confirmed.effects].concat())
}
