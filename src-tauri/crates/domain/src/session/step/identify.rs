//! Who it is: the agreement, the document, the identity.

use super::{Outcome, Rules, id_of, misfit, open_for_capture, to};
use crate::code::CaptureCode;
use crate::consent::Consent;
use crate::enrolment::Enrolment;
use crate::identity::{IdentityFault, IdentityMethod, VerifiedIdentity};
use crate::session::{CardSide, Effect, Identified, Input, Refusal, SampleId, State};

/// A guardian must agree for a sitter younger than this (PIPL art. 31).
pub const GUARDIAN_AGE: u32 = 14;

pub(super) fn begin(called: Option<Enrolment>, rules: &Rules<'_>) -> Outcome {
    if let Some(enrolment) = &called {
        open_for_capture(enrolment)?;
    }
    let audit = rules.audit("begun", id_of(called.as_ref()), "");
    to(
        State::Identifying {
            called,
            consent: None,
            card: [None, None],
            code: None,
        },
        vec![Effect::Discard, audit],
    )
}

pub(super) fn step(state: State, input: Input, rules: &Rules<'_>) -> Outcome {
    let State::Identifying {
        called,
        consent,
        card,
        code,
    } = state
    else {
        return Err(misfit(&input));
    };
    match input {
        Input::Consent { given, guardian } => {
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
            let audit = rules.audit(word, id_of(called.as_ref()), &agreement.version);
            to(identifying(called, consent, card, code), vec![audit])
        }
        Input::CardPhotographed { side, sample } => {
            if consent.is_none() {
                return Err(Refusal::ConsentMissing);
            }
            let mut card = card;
            card[match side {
                CardSide::Front => 0,
                CardSide::Back => 1,
            }] = Some(sample);
            to(identifying(called, consent, card, code), vec![])
        }
        Input::Identity { name, number, method } => {
            let consent = consent.ok_or(Refusal::ConsentMissing)?;
            let identity =
                VerifiedIdentity::check(name.as_str(), number.as_str(), method, rules.today, rules.now)
                    .map_err(|fault| match fault {
                        IdentityFault::Number(number) => Refusal::Number(number),
                        IdentityFault::Name | IdentityFault::NameCharacter(_) => Refusal::Name,
                    })?;
            let known = Identified {
                consent,
                identity,
                card,
                code: None,
            };
            identify(called, known, rules)
        }
        other => Err(misfit(&other)),
    }
}

const fn identifying(
    called: Option<Enrolment>,
    consent: Option<Consent>,
    card: [Option<SampleId>; 2],
    code: Option<CaptureCode>,
) -> State {
    State::Identifying {
        called,
        consent,
        card,
        code,
    }
}

/// A guardian agreed for whoever is too young to.
pub(super) fn guarded(known: &Identified, rules: &Rules<'_>) -> Result<(), Refusal> {
    let young = known
        .identity
        .age(rules.today)
        .map_or(!known.identity.of_age(), |age| age < GUARDIAN_AGE);
    if young && known.consent.guardian.is_none() {
        return Err(Refusal::GuardianMissing);
    }
    Ok(())
}

fn identify(called: Option<Enrolment>, known: Identified, rules: &Rules<'_>) -> Outcome {
    guarded(&known, rules)?;
    if rules.setup.policy.photograph_card && known.card.iter().any(Option::is_none) {
        return Err(Refusal::CardMissing);
    }
    let method = match known.identity.method() {
        IdentityMethod::Typed => "typed",
        IdentityMethod::Compared => "compared",
        IdentityMethod::Code => "code",
        IdentityMethod::Vouched => "vouched",
    };
    let audit = rules.audit("identity_verified", id_of(called.as_ref()), method);
    match called {
        Some(enrolment) => {
            let number_differs = enrolment
                .document_number
                .as_ref()
                .is_some_and(|n| Some(n) != known.identity.number());
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
                number: known.identity.number().cloned().unwrap_or_default(),
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
