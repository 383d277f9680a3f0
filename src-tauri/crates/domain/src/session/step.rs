//! The transitions.

use super::{
    AcceptedSample, CardSide, CaseFile, Effect, FreshPhoto, Identified, Input, MatchedEnrolment, Override,
    PacketOrder, Refusal, Standing, State, SupervisorApproval,
};
use crate::audit::AuditEvent;
use crate::consent::Consent;
use crate::enrolment::{Enrolment, EnrolmentState, Lookup};
use crate::identity::date::Date;
use crate::identity::{IdentityFault, IdentityMethod, VerifiedIdentity};
use crate::moment::Moment;
use crate::operator::Operator;
use crate::payment::{FeeEvidence, Order, OrderState, PaymentMethod, SettledFee, change};
use crate::setup::{SessionKind, SessionSetup};

/// A guardian must agree for a sitter younger than this (PIPL art. 31).
pub const GUARDIAN_AGE: u32 = 14;
/// Fewest characters of a reason a supervisor writes down.
pub(super) const REASON_LETTERS: usize = 6;

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
        (State::Idle | State::Done { .. }, Input::Begin { called }) => begin(called, rules),
        (State::Done { .. }, Input::Next) => to(State::Idle, vec![Effect::Discard]),
        (State::Submitting { .. } | State::Idle | State::Done { .. }, Input::Leave) => Err(Refusal::NotNow),
        (state, Input::Leave) => {
            let audit = rules.audit("left", subject(&state), "");
            to(State::Idle, vec![Effect::Discard, audit])
        }
        (state, Input::Back) => back(state),
        (State::Identifying { called, card, .. }, Input::Consent { given, guardian }) => {
            let agreement = &rules.setup.agreement;
            let consent = given.then(|| Consent {
                version: agreement.version.clone(),
                sha256: agreement.sha256.clone(),
                at: rules.now,
                operator: rules.operator.id.clone(),
                guardian: guardian.filter(|name| !name.as_str().trim().is_empty()),
            });
            let word = if given {
                "consent_given"
            } else {
                "consent_withdrawn"
            };
            let audit = rules.audit(word, called_id(called.as_ref()), &agreement.version);
            to(
                State::Identifying {
                    called,
                    consent,
                    card,
                },
                vec![audit],
            )
        }
        (
            State::Identifying {
                called,
                consent,
                mut card,
            },
            Input::CardPhotographed { side, sample },
        ) => {
            if consent.is_none() {
                return Err(Refusal::ConsentMissing);
            }
            card[match side {
                CardSide::Front => 0,
                CardSide::Back => 1,
            }] = Some(sample);
            to(
                State::Identifying {
                    called,
                    consent,
                    card,
                },
                vec![],
            )
        }
        (
            State::Identifying {
                called,
                consent,
                card,
            },
            Input::Identity { name, number, method },
        ) => {
            let consent = consent.ok_or(Refusal::ConsentMissing)?;
            let identity =
                VerifiedIdentity::check(name.as_str(), number.as_str(), method, rules.today, rules.now)
                    .map_err(|fault| match fault {
                        IdentityFault::Number(number) => Refusal::Number(number),
                        IdentityFault::Name | IdentityFault::NameCharacter(_) => Refusal::Name,
                    })?;
            identify(
                called,
                Identified {
                    consent,
                    identity,
                    card,
                },
                rules,
            )
        }
        (
            State::Matching {
                known,
                answered: false,
                ..
            },
            Input::Found(found),
        ) => {
            let candidates = match found {
                Lookup::ByNumber(one) => vec![one],
                Lookup::ByName(list) | Lookup::Several(list) => list,
                Lookup::Missing => vec![],
            };
            // One record under the sitter's own number is shown at once; a match by name alone is only
            // offered, never taken.
            let certain = |e: &Enrolment| e.document_number.as_ref() == Some(known.identity.number());
            let chosen = (candidates.len() == 1 && certain(&candidates[0])).then_some(0);
            to(
                State::Matching {
                    known,
                    candidates,
                    chosen,
                    answered: true,
                },
                vec![],
            )
        }
        (
            State::Matching {
                known,
                candidates,
                answered: true,
                ..
            },
            Input::ChooseEnrolment(index),
        ) => {
            if index >= candidates.len() {
                return Err(Refusal::ChooseFirst);
            }
            to(
                State::Matching {
                    known,
                    candidates,
                    chosen: Some(index),
                    answered: true,
                },
                vec![],
            )
        }
        (
            State::Matching {
                known,
                answered: true,
                ..
            },
            Input::TakeWalkIn(record),
        ) => {
            if rules.setup.kind == SessionKind::Roster {
                return Err(Refusal::WalkInClosed);
            }
            let record = Enrolment {
                name: known.identity.name().clone(),
                document_number: Some(known.identity.number().clone()),
                session: rules.setup.id.clone(),
                prepaid: false,
                not_eligible: None,
                provisional: true,
                state: EnrolmentState::ToCapture,
                ..record
            };
            let keep = Effect::KeepProvisional(record.clone());
            let audit = rules.audit("walk_in", &record.id, "");
            to(
                State::Matching {
                    known,
                    candidates: vec![record],
                    chosen: Some(0),
                    answered: true,
                },
                vec![keep, audit],
            )
        }
        (
            State::Matching {
                known,
                candidates,
                chosen,
                answered: true,
            },
            Input::ConfirmEnrolment(standing),
        ) => {
            let record = chosen
                .and_then(|i| candidates.get(i))
                .ok_or(Refusal::ChooseFirst)?;
            confirm_enrolment(known, record.clone(), standing, rules)
        }
        (
            State::Paying {
                known,
                enrolment,
                method,
                order,
            },
            input,
        ) => pay(known, enrolment, method, order, input, rules),
        (State::Preparing { file }, Input::Ready) => to(State::Capturing { file, attempt: 1 }, vec![]),
        (State::Capturing { file, attempt }, Input::StillTaken(sample)) => to(
            State::Reviewing {
                file,
                sample,
                assessment: None,
                attempt,
            },
            vec![Effect::Assess(sample)],
        ),
        (
            State::Reviewing {
                file,
                sample,
                attempt,
                ..
            },
            Input::StillAssessed {
                sample: of,
                assessment,
            },
        ) => {
            if of != sample {
                return Err(Refusal::Stale);
            }
            to(
                State::Reviewing {
                    file,
                    sample,
                    assessment: Some(assessment),
                    attempt,
                },
                vec![],
            )
        }
        (
            State::Reviewing {
                file,
                sample,
                assessment: Some(assessment),
                attempt,
            },
            Input::Accept,
        ) => {
            if !assessment.acceptable() {
                return Err(Refusal::NotAcceptable);
            }
            let accepted = AcceptedSample::new(sample, None);
            to(
                State::Standardising {
                    file,
                    accepted,
                    attempt,
                },
                vec![Effect::Standardise(sample)],
            )
        }
        (
            State::Reviewing {
                file,
                sample,
                assessment: Some(assessment),
                attempt,
            },
            Input::Override { reason, approval },
        ) => {
            let checks: Vec<String> = assessment.stopping().map(|r| r.check.clone()).collect();
            if checks.is_empty() {
                return Err(Refusal::NotNow);
            }
            if !assessment.overridable() {
                return Err(Refusal::NotOverridable);
            }
            if attempt < rules.setup.policy.attempts_before_override {
                return Err(Refusal::OverrideTooEarly);
            }
            let reason = checked_reason(&reason)?;
            let audit = rules.approved(
                "override",
                &file.enrolment().record().id,
                &checks.join(","),
                &approval,
            );
            let accepted = AcceptedSample::new(
                sample,
                Some(Override {
                    checks,
                    reason,
                    approval,
                }),
            );
            to(
                State::Standardising {
                    file,
                    accepted,
                    attempt,
                },
                vec![audit, Effect::Standardise(sample)],
            )
        }
        (
            State::Reviewing { file, attempt, .. }
            | State::Standardising { file, attempt, .. }
            | State::LastLook { file, attempt, .. },
            Input::Retake,
        ) => {
            // The counter decides when a supervisor may be called, so it stops rather than wraps.
            to(
                State::Capturing {
                    file,
                    attempt: attempt.saturating_add(1),
                },
                vec![],
            )
        }
        (
            State::Standardising {
                file,
                accepted,
                attempt,
            },
            Input::Standardised(photo),
        ) => {
            if photo.sample != accepted.sample() {
                return Err(Refusal::Stale);
            }
            to(
                State::LastLook {
                    file,
                    accepted,
                    photo,
                    attempt,
                },
                vec![],
            )
        }
        (State::Standardising { file, attempt, .. }, Input::Departed { codes }) => {
            let audit = rules.audit("departed", &file.enrolment().record().id, &codes.join(","));
            to(
                State::Capturing {
                    file,
                    attempt: attempt.saturating_add(1),
                },
                vec![audit],
            )
        }
        (
            State::LastLook {
                file,
                accepted,
                photo,
                attempt,
            },
            Input::Confirm,
        ) => submit(file, accepted, photo, attempt, rules),
        (State::Submitting { order, fault: None }, Input::Stored { packet }) => {
            let held = order.held();
            let enrolment = order.file().enrolment().record().clone();
            to(
                State::Done {
                    packet,
                    enrolment,
                    held,
                },
                vec![],
            )
        }
        (State::Submitting { order, fault: None }, Input::NotStored { code }) => to(
            State::Submitting {
                order,
                fault: Some(code),
            },
            vec![],
        ),
        (
            State::Submitting {
                order,
                fault: Some(_),
            },
            Input::StoreAgain,
        ) => {
            let effect = Effect::Store(order.clone());
            to(State::Submitting { order, fault: None }, vec![effect])
        }
        (state, Input::OrderAnswered(order)) => settle_late(state, order, rules),
        (
            _,
            Input::Found(_)
            | Input::StillAssessed { .. }
            | Input::Standardised(_)
            | Input::Departed { .. }
            | Input::Stored { .. }
            | Input::NotStored { .. },
        ) => Err(Refusal::Stale),
        _ => Err(Refusal::NotNow),
    }
}

impl Rules<'_> {
    fn audit(&self, what: &str, subject: &str, detail: &str) -> Effect {
        Effect::Audit(AuditEvent {
            at: self.now,
            operator: self.operator.id.clone(),
            what: what.to_string(),
            subject: subject.to_string(),
            detail: detail.to_string(),
        })
    }

    fn approved(&self, what: &str, subject: &str, detail: &str, approval: &SupervisorApproval) -> Effect {
        self.audit(what, subject, &format!("{detail} by {}", approval.supervisor()))
    }
}

fn subject(state: &State) -> &str {
    called_id(state.enrolment())
}

fn called_id(called: Option<&Enrolment>) -> &str {
    called.map_or("", |e| e.id.as_str())
}

fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    (reason.chars().count() >= REASON_LETTERS)
        .then(|| reason.to_string())
        .ok_or(Refusal::ReasonMissing)
}

fn begin(called: Option<Enrolment>, rules: &Rules<'_>) -> Outcome {
    if let Some(enrolment) = &called {
        open_for_capture(enrolment)?;
    }
    let audit = rules.audit("begun", called_id(called.as_ref()), "");
    to(
        State::Identifying {
            called,
            consent: None,
            card: [None, None],
        },
        vec![Effect::Discard, audit],
    )
}

fn open_for_capture(enrolment: &Enrolment) -> Result<(), Refusal> {
    match enrolment.state {
        EnrolmentState::Approved => Err(Refusal::Locked),
        EnrolmentState::Captured => Err(Refusal::AlreadyCaptured),
        EnrolmentState::ToCapture | EnrolmentState::Retake => {
            if enrolment.not_eligible.is_some() {
                Err(Refusal::NotEligible)
            } else {
                Ok(())
            }
        }
    }
}

fn identify(called: Option<Enrolment>, known: Identified, rules: &Rules<'_>) -> Outcome {
    if known.identity.age(rules.today) < GUARDIAN_AGE && known.consent.guardian.is_none() {
        return Err(Refusal::GuardianMissing);
    }
    if rules.setup.policy.photograph_card && known.card.iter().any(Option::is_none) {
        return Err(Refusal::CardMissing);
    }
    let method = match known.identity.method() {
        IdentityMethod::Typed => "typed",
        IdentityMethod::Compared => "compared",
    };
    let audit = rules.audit("identity_verified", called_id(called.as_ref()), method);
    match called {
        Some(enrolment) => {
            let number_differs = enrolment
                .document_number
                .as_ref()
                .is_some_and(|n| n != known.identity.number());
            if number_differs || enrolment.name.as_str().trim() != known.identity.name().as_str() {
                return Err(Refusal::NotThePersonCalled);
            }
            to(
                State::Matching {
                    known,
                    candidates: vec![enrolment],
                    chosen: Some(0),
                    answered: true,
                },
                vec![audit],
            )
        }
        None => {
            let look_up = Effect::LookUp {
                name: known.identity.name().clone(),
                number: known.identity.number().clone(),
            };
            to(
                State::Matching {
                    known,
                    candidates: vec![],
                    chosen: None,
                    answered: false,
                },
                vec![audit, look_up],
            )
        }
    }
}

fn confirm_enrolment(known: Identified, record: Enrolment, standing: Standing, rules: &Rules<'_>) -> Outcome {
    open_for_capture(&record)?;
    let audit = rules.audit("enrolment_confirmed", &record.id, "");
    let id = record.id.clone();
    let fee = rules.setup.fee.amount_fen;
    let offers = |method| rules.setup.payment_methods.contains(&method);
    let prepaid = record.prepaid && offers(PaymentMethod::Prepaid);
    let enrolment = MatchedEnrolment::new(record, standing.retake_of, rules.now);
    if let Some(settled) = standing.settled {
        let file = CaseFile::new(known, enrolment, FeeEvidence::Settled(settled));
        return to(State::Preparing { file }, vec![audit]);
    }
    if fee == 0 || prepaid {
        let (amount, proof) = if fee == 0 { (0, "no fee") } else { (fee, "roster") };
        let settled = SettledFee::new(PaymentMethod::Prepaid, amount, proof.to_string(), rules.now);
        return settle(known, enrolment, settled, vec![audit]);
    }
    let method = if standing.order.is_some() {
        PaymentMethod::Order
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

fn settle(
    known: Identified,
    enrolment: MatchedEnrolment,
    fee: SettledFee,
    mut effects: Vec<Effect>,
) -> Outcome {
    effects.push(Effect::KeepSettledFee {
        enrolment: enrolment.record().id.clone(),
        fee: fee.clone(),
    });
    let file = CaseFile::new(known, enrolment, FeeEvidence::Settled(fee));
    to(State::Preparing { file }, effects)
}

fn pay(
    known: Identified,
    enrolment: MatchedEnrolment,
    method: PaymentMethod,
    order: Option<Order>,
    input: Input,
    rules: &Rules<'_>,
) -> Outcome {
    let fee = rules.setup.fee.amount_fen;
    let id = enrolment.record().id.clone();
    let offers = |method| rules.setup.payment_methods.contains(&method);
    // An order that may still be paid forbids every other way, or the sitter could pay twice.
    let open = order
        .as_ref()
        .is_some_and(|o| matches!(o.state, OrderState::Unknown | OrderState::NotPaid));
    match input {
        Input::ChooseMethod(wanted) => {
            if !offers(wanted) {
                return Err(Refusal::MethodClosed);
            }
            to(
                State::Paying {
                    known,
                    enrolment,
                    method: wanted,
                    order,
                },
                vec![],
            )
        }
        Input::CashTaken { tendered_fen } => {
            if !offers(PaymentMethod::Cash) {
                return Err(Refusal::MethodClosed);
            }
            if open {
                return Err(Refusal::OrderOpen);
            }
            let back = change(fee, tendered_fen).ok_or(Refusal::TooLittle)?;
            let proof = format!("cash {tendered_fen} fen, {back} fen back");
            let audit = rules.audit("cash_taken", &id, &proof);
            settle(
                known,
                enrolment,
                SettledFee::new(PaymentMethod::Cash, fee, proof, rules.now),
                vec![audit],
            )
        }
        Input::Exempt { reason, approval } => {
            if !offers(PaymentMethod::Exempt) {
                return Err(Refusal::MethodClosed);
            }
            if open {
                return Err(Refusal::OrderOpen);
            }
            let reason = checked_reason(&reason)?;
            let audit = rules.approved("fee_exempted", &id, "", &approval);
            let proof = format!("{}: {reason}", approval.supervisor());
            settle(
                known,
                enrolment,
                SettledFee::new(PaymentMethod::Exempt, 0, proof, rules.now),
                vec![audit],
            )
        }
        Input::AskOrder { id: number } => {
            if !offers(PaymentMethod::Order) {
                return Err(Refusal::MethodClosed);
            }
            let order = match order {
                Some(order) if order.state != OrderState::Closed => order,
                _ => Order {
                    id: number,
                    enrolment: id,
                    amount_fen: fee,
                    state: OrderState::Unknown,
                    code_url: None,
                    at: rules.now,
                },
            };
            let effect = Effect::PlaceOrder(order.clone());
            let method = PaymentMethod::Order;
            to(
                State::Paying {
                    known,
                    enrolment,
                    method,
                    order: Some(order),
                },
                vec![effect],
            )
        }
        Input::CloseOrder => {
            let open = order.clone().filter(|_| open).ok_or(Refusal::NotNow)?;
            to(
                State::Paying {
                    known,
                    enrolment,
                    method,
                    order,
                },
                vec![Effect::CloseOrder(open)],
            )
        }
        Input::OrderAnswered(answer) => {
            let asked = order.as_ref().ok_or(Refusal::Stale)?;
            if asked.id != answer.id {
                return Err(Refusal::Stale);
            }
            if asked.amount_fen != answer.amount_fen || asked.enrolment != answer.enrolment {
                return Err(Refusal::OtherOrder);
            }
            if answer.state == OrderState::Paid {
                let fee = SettledFee::new(PaymentMethod::Order, answer.amount_fen, answer.id, rules.now);
                return settle(known, enrolment, fee, vec![]);
            }
            to(
                State::Paying {
                    known,
                    enrolment,
                    method,
                    order: Some(answer),
                },
                vec![],
            )
        }
        Input::GoOnUnknown => {
            if !rules.setup.policy.hold_photo_while_payment_unknown {
                return Err(Refusal::PaymentFirst);
            }
            let order = order
                .filter(|o| o.state == OrderState::Unknown)
                .ok_or(Refusal::PaymentFirst)?;
            let audit = rules.audit("went_on_unpaid", &order.id, "");
            let fee = FeeEvidence::Unknown {
                order: order.id,
                amount_fen: order.amount_fen,
            };
            to(
                State::Preparing {
                    file: CaseFile::new(known, enrolment, fee),
                },
                vec![audit],
            )
        }
        Input::Found(_) | Input::StillAssessed { .. } | Input::Standardised(_) => Err(Refusal::Stale),
        _ => Err(Refusal::NotNow),
    }
}

/// A payment whose outcome was unknown becomes known while the sitter is already at the camera.
fn settle_late(mut state: State, order: Order, rules: &Rules<'_>) -> Outcome {
    let file = match &mut state {
        State::Preparing { file }
        | State::Capturing { file, .. }
        | State::Reviewing { file, .. }
        | State::Standardising { file, .. }
        | State::LastLook { file, .. } => file,
        _ => return Err(Refusal::Stale),
    };
    let FeeEvidence::Unknown {
        order: asked,
        amount_fen,
    } = file.fee()
    else {
        return Err(Refusal::Stale);
    };
    if *asked != order.id || *amount_fen != order.amount_fen || order.state != OrderState::Paid {
        return Err(Refusal::Stale);
    }
    let fee = SettledFee::new(PaymentMethod::Order, order.amount_fen, order.id, rules.now);
    let enrolment = file.enrolment().record().id.clone();
    file.settle(fee.clone());
    to(state, vec![Effect::KeepSettledFee { enrolment, fee }])
}

fn submit(
    file: CaseFile,
    accepted: AcceptedSample,
    photo: FreshPhoto,
    attempt: u32,
    rules: &Rules<'_>,
) -> Outcome {
    let audit = rules.audit("confirmed", &file.enrolment().record().id, &photo.sha256);
    let order = PacketOrder::new(
        file,
        accepted,
        photo,
        attempt,
        rules.operator.id.clone(),
        rules.now,
    );
    let order = Box::new(order);
    let store = Effect::Store(order.clone());
    to(State::Submitting { order, fault: None }, vec![audit, store])
}

fn back(state: State) -> Outcome {
    match state {
        State::Identifying { .. } => to(State::Idle, vec![Effect::Discard]),
        State::Matching {
            known,
            candidates,
            chosen,
            ..
        } => {
            let called = chosen
                .and_then(|i| candidates.into_iter().nth(i))
                .filter(|e| !e.provisional);
            let consent = Some(known.consent);
            to(
                State::Identifying {
                    called,
                    consent,
                    card: known.card,
                },
                vec![],
            )
        }
        State::Paying {
            known,
            enrolment,
            order,
            ..
        } if order.is_none() => {
            let candidates = vec![enrolment.record().clone()];
            to(
                State::Matching {
                    known,
                    candidates,
                    chosen: Some(0),
                    answered: true,
                },
                vec![],
            )
        }
        State::Capturing { file, .. } => to(State::Preparing { file }, vec![]),
        State::Reviewing { file, attempt, .. } | State::LastLook { file, attempt, .. } => to(
            State::Capturing {
                file,
                attempt: attempt.saturating_add(1),
            },
            vec![],
        ),
        _ => Err(Refusal::NotNow),
    }
}
