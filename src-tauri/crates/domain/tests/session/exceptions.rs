//! What a supervisor's decision on identity eases, and what it leaves as it is.

use crate::fixtures::{NUMBER, approval, enrolment, operator, refused, setup, walk};
use domain::enrolment::Enrolment;
use domain::identity::date::Date;
use domain::identity::{DocumentFacts, IdentityException, IdentityMethod, ValidUntil};
use domain::operator::Role;
use domain::session::{Effect, Input, Refusal, Rules, State, step};
use domain::{Moment, Personal};

const REASON: &str = "班主任当面确认是本人";

fn begun(called: Option<Enrolment>) -> Vec<Input> {
    let consent = Input::Consent {
        given: true,
        guardian: None,
    };
    vec![Input::Begin { called }, consent]
}

fn vouch(why: IdentityException) -> Input {
    Input::Vouch {
        name: Personal::new("陈思涵".into()),
        number: Some(Personal::new(NUMBER.into())),
        facts: DocumentFacts::default(),
        why,
        reason: REASON.into(),
        other: None,
        approval: approval(),
    }
}

fn with(input: Input, change: impl FnOnce(&mut Input)) -> Input {
    let mut input = input;
    change(&mut input);
    input
}

fn renamed(input: Input, to: &str) -> Input {
    with(input, |input| {
        if let Input::Vouch { name, .. } | Input::Identity { name, .. } = input {
            *name = Personal::new(to.into());
        }
    })
}

fn typed(number: &str) -> Input {
    Input::Identity {
        name: Personal::new("陈思涵".into()),
        number: Personal::new(number.into()),
        facts: DocumentFacts::default(),
        method: IdentityMethod::Typed,
    }
}

#[test]
fn a_changed_name_goes_on_and_a_changed_number_does_not() {
    let setup = setup(false, false);
    let called = walk(&setup, begun(Some(enrolment(true))));
    for why in IdentityException::ALL
        .into_iter()
        .filter(|w| *w != IdentityException::Twin)
    {
        let other_name = renamed(vouch(why), "陈梓涵");
        if why == IdentityException::NameChanged {
            let mut inputs = begun(Some(enrolment(true)));
            inputs.push(other_name);
            assert!(matches!(
                walk(&setup, inputs),
                State::Matching { chosen: Some(0), .. }
            ));
        } else {
            assert_eq!(refused(&setup, &called, other_name), Refusal::NotThePersonCalled);
        }
        let other_number = with(vouch(why), |input| {
            if let Input::Vouch { number, .. } = input {
                *number = Some(Personal::new("34052419800101001X".into()));
            }
        });
        assert_eq!(
            refused(&setup, &called, other_number),
            Refusal::NotThePersonCalled
        );
    }
}

#[test]
fn who_changed_the_name_is_found_by_the_number() {
    let setup = setup(false, false);
    let chosen = |input| {
        let mut inputs = begun(None);
        inputs.extend([input, Input::Found(vec![enrolment(false)])]);
        match walk(&setup, inputs) {
            State::Matching { chosen, .. } => chosen,
            other => panic!("not at the enrolment: {other:?}"),
        }
    };
    let name = "陈梓涵";
    assert_eq!(
        chosen(renamed(vouch(IdentityException::NameChanged), name)),
        Some(0)
    );
    assert_eq!(chosen(renamed(typed(NUMBER), name)), None);
}

#[test]
fn without_a_document_identity_stands_without_number() {
    let setup = setup(false, false);
    let none = |why| {
        with(vouch(why), |input| {
            if let Input::Vouch { number, facts, .. } = input {
                *number = None;
                facts.birth = Date::new(2006, 3, 12);
            }
        })
    };
    // The roster's number says when the person was born.
    let mut inputs = begun(Some(enrolment(true)));
    inputs.push(with(none(IdentityException::NoDocument), |input| {
        if let Input::Vouch { facts, .. } = input {
            facts.birth = None;
        }
    }));
    let state = walk(&setup, inputs);
    assert_eq!(state.identity().and_then(|i| i.number()), None);
    let called = walk(&setup, begun(Some(enrolment(true))));
    assert_eq!(
        refused(&setup, &called, none(IdentityException::Disability)),
        Refusal::NumberMissing
    );
    assert_eq!(
        refused(
            &setup,
            &called,
            renamed(none(IdentityException::NoDocument), "李明")
        ),
        Refusal::NotThePersonCalled
    );
}

#[test]
fn two_people_without_number_are_not_the_same() {
    let setup = setup(false, false);
    let mut inputs = begun(None);
    inputs.push(with(vouch(IdentityException::NoDocument), |input| {
        if let Input::Vouch { number, facts, .. } = input {
            *number = None;
            facts.birth = Date::new(2006, 3, 12);
        }
    }));
    let unlisted = Enrolment {
        document_number: None,
        ..enrolment(false)
    };
    inputs.push(Input::Found(vec![unlisted]));
    assert!(matches!(
        walk(&setup, inputs),
        State::Matching { chosen: None, .. }
    ));
}

#[test]
fn a_twins_other_record_must_be_seen() {
    let setup = setup(false, false);
    let called = walk(&setup, begun(Some(enrolment(true))));
    let seen = |beside: Option<&str>| {
        let beside = beside.map(str::to_string);
        with(vouch(IdentityException::Twin), |input| {
            if let Input::Vouch { other, .. } = input {
                *other = beside;
            }
        })
    };
    assert_eq!(refused(&setup, &called, seen(None)), Refusal::OtherNotSeen);
    assert_eq!(refused(&setup, &called, seen(Some("e1"))), Refusal::OtherNotSeen);
    let mut inputs = begun(Some(enrolment(true)));
    inputs.push(seen(Some("e2")));
    let state = walk(&setup, inputs);
    let decision = state.identity().and_then(|i| i.decision()).expect("a decision");
    assert_eq!(decision.other.as_deref(), Some("e2"));
}

#[test]
fn the_cards_pictures_are_eased_where_there_can_be_none() {
    let setup = setup(false, true);
    let called = walk(&setup, begun(Some(enrolment(true))));
    let mut inputs = begun(Some(enrolment(true)));
    inputs.push(vouch(IdentityException::Disability));
    assert!(matches!(walk(&setup, inputs), State::Matching { .. }));
    for input in [vouch(IdentityException::NameChanged), typed(NUMBER)] {
        assert_eq!(refused(&setup, &called, input), Refusal::CardMissing);
    }
}

#[test]
fn a_decision_needs_its_reason_and_does_not_stand_for_a_guardian() {
    let setup = setup(false, false);
    let called = walk(&setup, begun(None));
    let short = with(vouch(IdentityException::Disability), |input| {
        if let Input::Vouch { reason, .. } = input {
            *reason = "认识".into();
        }
    });
    assert_eq!(refused(&setup, &called, short), Refusal::ReasonMissing);
    let child = with(vouch(IdentityException::NoDocument), |input| {
        if let Input::Vouch { number, facts, .. } = input {
            *number = None;
            facts.birth = Date::new(2015, 3, 12);
        }
    });
    assert_eq!(refused(&setup, &called, child), Refusal::GuardianMissing);
}

#[test]
fn an_expired_document_is_refused_until_somebody_decides() {
    let setup = setup(false, false);
    let called = walk(&setup, begun(None));
    let expire = |input: Input| {
        with(input, |input| {
            if let Input::Vouch { facts, .. } | Input::Identity { facts, .. } = input {
                facts.valid_until = Date::new(2026, 11, 23).map(ValidUntil::Day);
            }
        })
    };
    let refusal = refused(&setup, &called, expire(typed(NUMBER)));
    assert_eq!(refusal.code(), "document_expired");
    let mut inputs = begun(None);
    inputs.push(expire(vouch(IdentityException::Expired)));
    assert!(matches!(walk(&setup, inputs), State::Matching { .. }));
}

/// The trail names the case, the kind of decision and who decided; the words stay in the packet.
#[test]
fn the_trail_has_ids_and_codes_and_no_words() {
    let setup = setup(false, false);
    let state = walk(&setup, begun(Some(enrolment(true))));
    let input = with(vouch(IdentityException::Twin), |input| {
        if let Input::Vouch { other, .. } = input {
            *other = Some("e2".into());
        }
    });
    let operator = operator(Role::Operator);
    let rules = Rules {
        setup: &setup,
        operator: &operator,
        now: Moment(5),
        today: Date::new(2026, 11, 24).expect("a date"),
    };
    let effects = step(&state, input, &rules).expect("decided").effects;
    let lines: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Audit(line) => Some((line.what.as_str(), line.subject.as_str(), line.detail.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [("identity_vouched", "e1", "twin beside e2 by op")]);
}

#[test]
fn names_of_two_hands_are_one_persons() {
    let setup = setup(false, false);
    let listed = Enrolment {
        name: Personal::new("阿卜杜•热合曼".into()),
        ..enrolment(true)
    };
    let mut inputs = begun(Some(listed));
    inputs.push(renamed(typed(NUMBER), "阿卜杜·热合曼"));
    assert!(matches!(
        walk(&setup, inputs),
        State::Matching { chosen: Some(0), .. }
    ));
}

/// Rosters may hold permits and passports.
#[test]
fn a_passport_needs_a_birth_date_and_then_is_as_good() {
    let setup = setup(false, false);
    let listed = Enrolment {
        document_number: Some(Personal::new("E12345678".into())),
        ..enrolment(true)
    };
    let called = walk(&setup, begun(Some(listed.clone())));
    assert_eq!(
        refused(&setup, &called, typed("e12345678")),
        Refusal::BirthMissing
    );
    let born = with(typed("e12345678"), |input| {
        if let Input::Identity { facts, .. } = input {
            facts.birth = Date::new(2006, 3, 12);
        }
    });
    let mut inputs = begun(Some(listed));
    inputs.push(born);
    assert!(matches!(
        walk(&setup, inputs),
        State::Matching { chosen: Some(0), .. }
    ));
}
