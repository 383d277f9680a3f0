//! Who it is: the agreement, the document, the identity.

use super::{Outcome, Rules, checked_reason, id_of, misfit, open_for_capture, to};
use crate::code::CaptureCode;
use crate::consent::Consent;
use crate::enrolment::Enrolment;
use crate::identity::date::Date;
use crate::identity::{
    DocumentFacts, DocumentNumber, IdentityDecision, IdentityException, IdentityFault, Shown,
    VerifiedIdentity, names_agree,
};
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
        Input::Identity {
            name,
            number,
            facts,
            method,
        } => {
            let consent = consent.ok_or(Refusal::ConsentMissing)?;
            let shown = Shown {
                name: name.as_str(),
                number: Some(number.as_str()),
                facts: &facts,
            };
            let identity = VerifiedIdentity::check(shown, method, rules.today, rules.now)?;
            let known = Identified {
                consent,
                identity,
                card,
                code: None,
            };
            identify(called, known, rules)
        }
        Input::Vouch {
            name,
            number,
            facts,
            why,
            reason,
            other,
            approval,
        } => {
            let consent = consent.ok_or(Refusal::ConsentMissing)?;
            let decision = IdentityDecision {
                why,
                reason: checked_reason(&reason)?,
                supervisor: approval.supervisor().to_string(),
                at: approval.at(),
                other: seen_beside(why, other, called.as_ref())?,
            };
            let listed = called.as_ref().and_then(|e| birth_listed(e, rules.today));
            let facts = DocumentFacts {
                // Without a document the roster's own number says when the person was born.
                birth: facts.birth.or(listed.filter(|_| number.is_none())),
                ..facts
            };
            let shown = Shown {
                name: name.as_str(),
                number: number.as_ref().map(|n| n.as_str()),
                facts: &facts,
            };
            let identity = VerifiedIdentity::vouched(shown, decision, rules.today, rules.now)?;
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
    let eased = known.identity.eased(IdentityException::eases_card_photograph);
    if rules.setup.policy.photograph_card && !eased && known.card.iter().any(Option::is_none) {
        return Err(Refusal::CardMissing);
    }
    let subject = id_of(called.as_ref());
    let audit = match known.identity.decision() {
        Some(decision) => {
            let beside = decision.other.as_deref().map(|other| format!(" beside {other}"));
            let (why, by) = (decision.why.code(), &decision.supervisor);
            let detail = format!("{why}{} by {by}", beside.unwrap_or_default());
            rules.audit("identity_vouched", subject, &detail)
        }
        None => rules.audit("identity_verified", subject, known.identity.method().code()),
    };
    match called {
        Some(enrolment) => {
            if !is_the_one_called(&known.identity, &enrolment) {
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
            let look_up = Effect::LookUp(known.sought());
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

/// Name and number of the roster, as far as it has them and no decision eased one.
fn is_the_one_called(identity: &VerifiedIdentity, enrolment: &Enrolment) -> bool {
    let number = match (&enrolment.document_number, identity.number()) {
        (Some(listed), Some(shown)) => listed == shown,
        (Some(_), None) => identity.eased(IdentityException::eases_document),
        (None, _) => true,
    };
    let name = names_agree(enrolment.name.as_str(), identity.name().as_str())
        || identity.eased(IdentityException::eases_name);
    number && name
}

fn birth_listed(enrolment: &Enrolment, today: Date) -> Option<Date> {
    let number = enrolment.document_number.as_ref()?;
    DocumentNumber::parse(number.as_str(), today).ok()?.birth()
}

/// The record that was looked at beside the person's own: only a twin needs one, and it is another's.
fn seen_beside(
    why: IdentityException,
    other: Option<String>,
    called: Option<&Enrolment>,
) -> Result<Option<String>, Refusal> {
    if !why.needs_other() {
        return Ok(None);
    }
    other
        .filter(|other| called.is_none_or(|own| own.id != *other))
        .map(Some)
        .ok_or(Refusal::OtherNotSeen)
}

impl From<IdentityFault> for Refusal {
    fn from(fault: IdentityFault) -> Self {
        match fault {
            IdentityFault::Name(_) => Self::Name,
            IdentityFault::Number(number) => Self::Number(number),
            IdentityFault::NumberMissing => Self::NumberMissing,
            IdentityFault::BirthMissing => Self::BirthMissing,
            IdentityFault::Birth => Self::Birth,
            IdentityFault::Validity(fault) => Self::Validity(fault),
        }
    }
}
