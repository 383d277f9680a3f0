//! A trusted list: what one confirmation may stand for, and what keeps it from it.

use crate::fixtures::{NUMBER, enrolment, operator, refused, setup, walk};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::identity::{DocumentFacts, ValidUntil, ValidityFault};
use domain::operator::Role;
use domain::payment::PaymentMethod;
use domain::session::{Effect, Input, Refusal, Rules, Standing, State, step, trusted};
use domain::setup::SessionSetup;
use domain::{Moment, Personal};

fn listed() -> SessionSetup {
    let mut setup = setup(false, false);
    setup.policy.trusted_list = true;
    setup
}

fn today() -> Date {
    Date::new(2026, 11, 24).expect("a date")
}

fn consented(called: Enrolment) -> Vec<Input> {
    vec![
        Input::Begin { called: Some(called) },
        Input::Consent {
            given: true,
            guardian: None,
        },
    ]
}

fn confirm(same_number: Vec<Enrolment>) -> Input {
    Input::ConfirmListed {
        same_number,
        facts: DocumentFacts::default(),
        standing: Standing::default(),
    }
}

#[test]
fn one_confirmation_leaves_both_lines_and_a_prepaid_student_goes_on_to_the_camera() {
    let (setup, operator) = (listed(), operator(Role::Operator));
    let rules = Rules {
        setup: &setup,
        operator: &operator,
        now: Moment(5),
        today: today(),
    };
    let state = walk(&setup, consented(enrolment(true)));
    let next = step(&state, confirm(vec![enrolment(true)]), &rules).expect("confirmed");
    let lines: Vec<_> = next
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Audit(line) => Some(line.what.as_str()),
            Effect::KeepSettledFee { audit, .. } => Some(audit.what.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(lines, ["identity_verified", "enrolment_confirmed", "fee_prepaid"]);
    let State::Preparing { file } = next.state else {
        panic!("not at the camera");
    };
    assert_eq!(file.identity().number().map(|n| n.as_str()), Some(NUMBER));
    assert_eq!(file.enrolment().record().id, "e1");
}

#[test]
fn a_fee_that_is_due_is_asked_for() {
    let mut inputs = consented(enrolment(false));
    inputs.push(confirm(vec![enrolment(false)]));
    let state = walk(&listed(), inputs);
    assert!(matches!(
        state,
        State::Paying {
            method: PaymentMethod::Order,
            ..
        }
    ));
}

#[test]
fn whatever_does_not_agree_takes_two_confirmations() {
    let with = |change: fn(&mut Enrolment)| {
        let mut person = enrolment(true);
        change(&mut person);
        person
    };
    let other = with(|e| e.id = "e2".into());
    let cases = [
        ("no number", with(|e| e.document_number = None), None),
        (
            "a number that is wrong",
            with(|e| e.document_number = Some(Personal::new("110105194912310021".into()))),
            None,
        ),
        ("no ticket", with(|e| e.ticket = " ".into()), None),
        ("a walk-in", with(|e| e.provisional = true), None),
        (
            "two enrolments",
            enrolment(true),
            Some(vec![enrolment(true), other.clone()]),
        ),
        ("a number of another", enrolment(true), Some(vec![other])),
        ("a record that is gone", enrolment(true), Some(vec![])),
    ];
    for (why, person, same_number) in cases {
        let same_number = same_number.unwrap_or_else(|| vec![person.clone()]);
        assert!(!trusted(&person, &same_number, &listed(), today()), "{why}");
        let state = walk(&listed(), consented(person));
        assert_eq!(
            refused(&listed(), &state, confirm(same_number)),
            Refusal::NotListed,
            "{why}"
        );
    }
    for barred in [
        with(|e| e.state = EnrolmentState::Captured),
        with(|e| e.state = EnrolmentState::Approved),
        with(|e| e.not_eligible = Some("未注册".into())),
    ] {
        assert!(!trusted(
            &barred,
            std::slice::from_ref(&barred),
            &listed(),
            today()
        ));
    }
    let plain = setup(false, false);
    let state = walk(&plain, consented(enrolment(true)));
    assert_eq!(
        refused(&plain, &state, confirm(vec![enrolment(true)])),
        Refusal::NotListed
    );
}

#[test]
fn one_confirmation_eases_nothing_of_the_two() {
    let state = walk(
        &listed(),
        vec![Input::Begin {
            called: Some(enrolment(true)),
        }],
    );
    let ask = || confirm(vec![enrolment(true)]);
    assert_eq!(refused(&listed(), &state, ask()), Refusal::ConsentMissing);

    let agreed = walk(&listed(), consented(enrolment(true)));
    let expired = Input::ConfirmListed {
        same_number: vec![enrolment(true)],
        facts: DocumentFacts {
            valid_until: Date::new(2020, 1, 1).map(ValidUntil::Day),
            ..DocumentFacts::default()
        },
        standing: Standing::default(),
    };
    assert!(matches!(
        refused(&listed(), &agreed, expired),
        Refusal::Validity(ValidityFault::Expired(_))
    ));

    let mut card = listed();
    card.policy.photograph_card = true;
    let agreed = walk(&card, consented(enrolment(true)));
    assert_eq!(refused(&card, &agreed, ask()), Refusal::CardMissing);

    assert_eq!(refused(&listed(), &State::Idle, ask()), Refusal::NotNow);
    let uncalled = walk(
        &listed(),
        vec![
            Input::Begin { called: None },
            Input::Consent {
                given: true,
                guardian: None,
            },
        ],
    );
    assert_eq!(refused(&listed(), &uncalled, ask()), Refusal::NotNow);
}
