//! Which enrolment: found, chosen, taken as a walk-in, confirmed by the sitter.

use super::{Outcome, Rules, misfit, open_for_capture, pay, to};
use crate::eligibility::Eligibility;
use crate::enrolment::matching::{Outcome as Found, judge, may_be_theirs, weigh};
use crate::enrolment::{Enrolment, EnrolmentState};
use crate::payment::{Channel, FeeEvidence, OrderState, PaymentMethod, SettledFee};
use crate::session::{CaseFile, Effect, Identified, Input, MatchedEnrolment, Refusal, Standing, State};
use crate::setup::SessionKind;

pub(super) fn step(state: State, input: Input, rules: &Rules<'_>) -> Outcome {
    let State::Matching {
        known,
        candidates,
        chosen,
        answered,
    } = state
    else {
        return Err(misfit(&input));
    };
    match (answered, input) {
        (false, Input::Found(found)) => {
            let (candidates, chosen) = match weigh(&known.sought(), found) {
                Found::Certain(one) => (vec![*one], Some(0)),
                Found::Several(list) | Found::Offered(list) => (list, None),
                Found::Nothing => (vec![], None),
            };
            to(matching(known, candidates, chosen), vec![])
        }
        (true, Input::Offer(found)) => {
            // What is known under the sitter's own number stays on screen, whatever is searched for.
            let mut all = candidates;
            all.retain(|record| judge(&known.sought(), record).rule.own());
            let new = |record: &Enrolment, all: &[Enrolment]| all.iter().all(|one| one.id != record.id);
            for record in found {
                if new(&record, &all) {
                    all.push(record);
                }
            }
            to(matching(known, all, None), vec![])
        }
        (true, Input::ChooseEnrolment(index)) => {
            if index >= candidates.len() {
                return Err(Refusal::ChooseFirst);
            }
            to(matching(known, candidates, Some(index)), vec![])
        }
        (true, Input::TakeWalkIn(record)) => take_walk_in(known, &candidates, record, rules),
        (true, Input::ConfirmEnrolment(standing)) => {
            let record = chosen
                .and_then(|i| candidates.get(i))
                .ok_or(Refusal::ChooseFirst)?;
            confirm_enrolment(known, record.clone(), standing, rules)
        }
        (_, other) => Err(misfit(&other)),
    }
}

const fn matching(known: Identified, candidates: Vec<Enrolment>, chosen: Option<usize>) -> State {
    State::Matching {
        known,
        candidates,
        chosen,
        answered: true,
    }
}

fn own_number(known: &Identified, record: &Enrolment) -> bool {
    record.document_number.is_some() && record.document_number.as_ref() == known.identity.number()
}

fn take_walk_in(
    known: Identified,
    candidates: &[Enrolment],
    record: Enrolment,
    rules: &Rules<'_>,
) -> Outcome {
    if rules.setup.kind == SessionKind::Roster {
        return Err(Refusal::WalkInClosed);
    }
    // Who is on the roster under this number and may not be photographed does not become a walk-in.
    candidates
        .iter()
        .filter(|found| !found.provisional && own_number(&known, found))
        .try_for_each(open_for_capture)?;
    let record = Enrolment {
        name: known.identity.name().clone(),
        document_number: known.identity.number().cloned(),
        session: rules.setup.id.clone(),
        prepaid: false,
        not_eligible: None,
        provisional: true,
        state: EnrolmentState::ToCapture,
        ..record
    };
    let keep = Effect::KeepProvisional(record.clone());
    let audit = rules.audit("walk_in", &record.id, "");
    to(matching(known, vec![record], Some(0)), vec![keep, audit])
}

fn confirm_enrolment(known: Identified, record: Enrolment, standing: Standing, rules: &Rules<'_>) -> Outcome {
    open_for_capture(&record)?;
    match &standing.eligibility {
        Some(Eligibility::NotEligible { .. }) => return Err(Refusal::NotEligible),
        Some(Eligibility::CapturedElsewhere) => return Err(Refusal::AlreadyCaptured),
        Some(Eligibility::Eligible | Eligibility::Unknown) | None => {}
    }
    if !may_be_theirs(&known.sought(), &record) {
        return Err(Refusal::AnotherPerson);
    }
    let rule = judge(&known.sought(), &record).rule;
    let audit = rules.audit("enrolment_confirmed", &record.id, rule.code());
    let id = record.id.clone();
    let fee = rules.setup.fee.amount_fen;
    let offers = |method| rules.setup.payment_methods.contains(&method);
    let prepaid = record.prepaid && offers(PaymentMethod::Prepaid);
    let enrolment = MatchedEnrolment::new(record, standing.retake_of, rules.now, standing.exceptions);
    if let Some(settled) = standing.settled {
        let file = CaseFile::new(known, enrolment, FeeEvidence::Settled(settled));
        return to(State::Preparing { file }, vec![audit]);
    }
    // Paid, and the program ended before that was written down.
    let paid = standing.order.as_ref().filter(|o| o.enrolment == id);
    if let Some(settled) = paid.and_then(|o| SettledFee::from_paid(o, rules.now)) {
        let event = rules.event("order_settled", settled.proof(), "");
        return pay::settle(known, enrolment, settled, event, vec![audit]);
    }
    if fee == 0 || prepaid {
        let (amount, proof) = if fee == 0 { (0, "no fee") } else { (fee, "roster") };
        let proof = proof.to_string();
        let settled = SettledFee::new(PaymentMethod::Prepaid, amount, proof, rules.operator, rules.now);
        let event = rules.event("fee_prepaid", &id, settled.proof());
        return pay::settle(known, enrolment, settled, event, vec![audit]);
    }
    let method = if let Some(order) = &standing.order {
        match order.channel {
            Channel::Voucher => PaymentMethod::Voucher,
            Channel::Wechat | Channel::Alipay => PaymentMethod::Order,
        }
    } else {
        let first = rules
            .setup
            .payment_methods
            .iter()
            .copied()
            .find(|m| *m != PaymentMethod::Prepaid);
        first.unwrap_or(PaymentMethod::Exempt)
    };
    let order = standing
        .order
        .filter(|o| o.enrolment == id && o.state != OrderState::Closed);
    let again: Vec<Effect> = order.clone().map(Effect::PlaceOrder).into_iter().collect();
    let state = State::Paying {
        known,
        enrolment,
        method,
        order,
    };
    to(state, [vec![audit], again].concat())
}
