//! Single rules, each by the shortest way that shows it.

use crate::fixtures::{
    NUMBER, approval, assessment, enrolment, order, refused, setup, to_payment, to_review, walk,
};
use domain::Personal;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::{DocumentFacts, IdentityMethod};
use domain::payment::{FeeEvidence, OrderState, PaymentMethod};
use domain::quality::{Force, Verdict};
use domain::session::{Input, Refusal, SampleId, Standing, State};

#[test]
fn a_prepaid_student_never_sees_the_payment_page() {
    assert!(matches!(
        walk(&setup(false, false), to_payment(true)),
        State::Preparing { .. }
    ));
}

#[test]
fn a_held_photo_says_so_and_a_late_payment_frees_it() {
    let setup = setup(true, false);
    let mut inputs = to_payment(false);
    inputs.extend([
        Input::AskOrder {
            id: "o1".into(),
            channel: None,
        },
        Input::GoOnUnknown,
        Input::Ready,
    ]);
    let held = walk(&setup, inputs.clone());
    assert!(matches!(
        held.file().map(|f| f.fee()),
        Some(FeeEvidence::Unknown { .. })
    ));
    inputs.push(Input::OrderAnswered(order(OrderState::Paid)));
    let freed = walk(&setup, inputs);
    assert!(matches!(
        freed.file().map(|f| f.fee()),
        Some(FeeEvidence::Settled(_))
    ));
}

#[test]
fn an_open_order_forbids_cash_until_it_is_closed() {
    let setup = setup(false, false);
    let mut inputs = to_payment(false);
    inputs.extend([
        Input::AskOrder {
            id: "o1".into(),
            channel: None,
        },
        Input::OrderAnswered(order(OrderState::NotPaid)),
    ]);
    let state = walk(&setup, inputs.clone());
    assert_eq!(
        refused(&setup, &state, Input::CashTaken { tendered_fen: 2000 }),
        Refusal::OrderOpen
    );
    inputs.extend([
        Input::CloseOrder,
        Input::OrderAnswered(order(OrderState::Closed)),
        Input::CashTaken { tendered_fen: 5000 },
    ]);
    assert!(matches!(walk(&setup, inputs), State::Preparing { .. }));
}

#[test]
fn paying_at_sync_holds_the_photo_where_the_session_offers_it() {
    let mut setup = setup(false, false);
    let at_sync = || Input::PayAtSync { id: "o1".into() };
    let state = walk(&setup, to_payment(false));
    assert_eq!(refused(&setup, &state, at_sync()), Refusal::MethodClosed);
    setup.payment_methods.push(PaymentMethod::AtSync);
    let mut inputs = to_payment(false);
    inputs.push(at_sync());
    let fee = |state: &State| state.file().map(|f| f.fee().clone());
    assert_eq!(
        fee(&walk(&setup, inputs.clone())),
        Some(FeeEvidence::Unknown {
            order: "o1".into(),
            amount_fen: 2000
        })
    );
    inputs.push(Input::OrderAnswered(order(OrderState::Paid)));
    assert!(matches!(
        fee(&walk(&setup, inputs)),
        Some(FeeEvidence::Settled(_))
    ));
}

#[test]
fn an_earlier_order_that_was_paid_after_all_settles_the_fee_before_anybody_pays_again() {
    let setup = setup(false, false);
    let mut inputs = to_payment(false);
    inputs.push(Input::OrderAnswered(order(OrderState::Paid)));
    assert!(matches!(walk(&setup, inputs), State::Preparing { .. }));
    // Found paid when the sitter comes back: the program had ended before the fee was settled.
    let mut inputs = to_payment(false);
    inputs.pop();
    inputs.push(Input::ConfirmEnrolment(Standing {
        order: Some(order(OrderState::Paid)),
        ..Standing::default()
    }));
    assert!(matches!(walk(&setup, inputs), State::Preparing { .. }));
    let mut others = order(OrderState::Paid);
    others.enrolment = "e2".into();
    let state = walk(&setup, to_payment(false));
    assert_eq!(
        refused(&setup, &state, Input::OrderAnswered(others)),
        Refusal::Stale
    );
}

#[test]
fn geometry_can_never_be_overridden_and_others_only_after_attempts() {
    let setup = setup(false, false);
    let ask = || Input::Override {
        reason: "学生天生露齿，三次如此".into(),
        approval: approval(),
    };
    let geometry = walk(&setup, to_review(Verdict::Fail, Force::Absolute));
    assert_eq!(refused(&setup, &geometry, ask()), Refusal::NotOverridable);
    let first = walk(&setup, to_review(Verdict::Fail, Force::Gate));
    assert_eq!(refused(&setup, &first, ask()), Refusal::OverrideTooEarly);
    let mut twice = to_review(Verdict::Fail, Force::Gate);
    let gate = assessment(Verdict::Fail, Force::Gate);
    twice.extend([
        Input::Retake,
        Input::StillTaken(SampleId(2)),
        Input::StillAssessed {
            sample: SampleId(2),
            assessment: gate,
        },
        ask(),
    ]);
    assert!(matches!(walk(&setup, twice), State::Standardising { .. }));
}

#[test]
fn what_was_not_assessed_is_not_a_pass() {
    let setup = setup(false, false);
    let state = walk(&setup, to_review(Verdict::NotAssessed, Force::Gate));
    assert_eq!(refused(&setup, &state, Input::Accept), Refusal::NotAcceptable);
}

#[test]
fn locked_captured_and_ineligible_students_cannot_begin() {
    let setup = setup(false, false);
    let with = |change: fn(&mut Enrolment)| {
        let mut e = enrolment(true);
        change(&mut e);
        refused(&setup, &State::Idle, Input::Begin { called: Some(e) })
    };
    assert_eq!(with(|e| e.state = EnrolmentState::Approved), Refusal::Locked);
    assert_eq!(
        with(|e| e.state = EnrolmentState::Captured),
        Refusal::AlreadyCaptured
    );
    assert_eq!(
        with(|e| e.not_eligible = Some("未注册".into())),
        Refusal::NotEligible
    );
}

#[test]
fn a_child_needs_a_guardian_and_another_document_is_refused() {
    let setup = setup(false, false);
    // Born 2015-03-12; the check character is computed by the library the number is judged with, so
    // the age rule is what this can contradict.
    let mut digits = [1, 1, 0, 1, 0, 5, 2, 0, 1, 5, 0, 3, 1, 2, 0, 0, 2u32];
    digits[16] = 2;
    let check = domain::identity::mod_11_2::check_character(&digits);
    let number: String = digits.iter().map(u32::to_string).collect::<String>() + &check.to_string();
    let state = walk(
        &setup,
        vec![
            Input::Begin { called: None },
            Input::Consent {
                given: true,
                guardian: None,
            },
        ],
    );
    let child = Input::Identity {
        name: Personal::new("李小明".into()),
        number: Personal::new(number),
        facts: DocumentFacts::default(),
        method: IdentityMethod::Typed,
    };
    assert_eq!(refused(&setup, &state, child), Refusal::GuardianMissing);
    let called = walk(
        &setup,
        vec![
            Input::Begin {
                called: Some(enrolment(true)),
            },
            Input::Consent {
                given: true,
                guardian: None,
            },
        ],
    );
    let other = Input::Identity {
        name: Personal::new("单文博".into()),
        number: Personal::new(NUMBER.into()),
        facts: DocumentFacts::default(),
        method: IdentityMethod::Typed,
    };
    assert_eq!(refused(&setup, &called, other), Refusal::NotThePersonCalled);
}

#[test]
fn every_refusal_has_its_code_listed_once() {
    let mut codes = Refusal::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Refusal::CODES.len());
    assert!(Refusal::CODES.contains(&Refusal::NotThePersonCalled.code()));
}

/// The way of somebody who was not called, to the answer of the look-up.
fn found(lookup: Vec<Enrolment>) -> Vec<Input> {
    let mut inputs = to_payment(false);
    inputs.truncate(3);
    inputs[0] = Input::Begin { called: None };
    inputs.push(Input::Found(lookup));
    inputs
}

#[test]
fn nobody_escapes_the_rosters_refusal_by_walking_in() {
    let setup = setup(false, false);
    let barred = Enrolment {
        not_eligible: Some("毕业资格尚未审核".into()),
        ..enrolment(false)
    };
    let approved = Enrolment {
        state: EnrolmentState::Approved,
        ..enrolment(false)
    };
    for (record, refusal) in [(barred, Refusal::NotEligible), (approved, Refusal::Locked)] {
        let state = walk(&setup, found(vec![record]));
        assert_eq!(
            refused(&setup, &state, Input::TakeWalkIn(enrolment(false))),
            refusal
        );
    }
    let mut inputs = found(vec![]);
    inputs.push(Input::TakeWalkIn(enrolment(false)));
    assert!(matches!(
        walk(&setup, inputs),
        State::Matching { chosen: Some(0), .. }
    ));
}

#[test]
fn a_record_of_another_name_is_offered_and_never_taken_by_itself() {
    let setup = setup(false, false);
    let other = Enrolment {
        name: Personal::new("陈诗涵".into()),
        ..enrolment(false)
    };
    let chosen = |record| match walk(&setup, found(vec![record])) {
        State::Matching { chosen, .. } => chosen,
        other => panic!("not at the enrolment: {other:?}"),
    };
    assert_eq!(chosen(enrolment(false)), Some(0));
    assert_eq!(chosen(other), None);
}

#[test]
fn a_search_takes_nothing_away_and_gives_nobody_anothers_record() {
    let setup = setup(false, false);
    let barred = Enrolment {
        not_eligible: Some("毕业资格尚未审核".into()),
        ..enrolment(false)
    };
    let stranger = Enrolment {
        id: "e9".into(),
        name: Personal::new("王欣怡".into()),
        document_number: Some(Personal::new("34052419800101001X".into())),
        ..enrolment(false)
    };
    let mut inputs = found(vec![barred.clone()]);
    inputs.push(Input::Offer(vec![stranger.clone(), barred]));
    let offered = walk(&setup, inputs.clone());
    match &offered {
        State::Matching {
            candidates, chosen, ..
        } => {
            let ids: Vec<&str> = candidates.iter().map(|e| e.id.as_str()).collect();
            assert_eq!((ids, *chosen), (vec!["e1", "e9"], None));
        }
        other => panic!("not at the enrolment: {other:?}"),
    }
    assert_eq!(
        refused(&setup, &offered, Input::TakeWalkIn(enrolment(false))),
        Refusal::NotEligible,
        "the own record stays, whatever is searched for"
    );
    inputs.push(Input::ChooseEnrolment(1));
    let chosen = walk(&setup, inputs);
    let confirm = Input::ConfirmEnrolment(Standing::default());
    assert_eq!(refused(&setup, &chosen, confirm.clone()), Refusal::AnotherPerson);
    // A record without number, or with another one, is theirs when the name is; the sitter says so.
    for number in [None, stranger.document_number.clone()] {
        let own_name = Enrolment {
            document_number: number,
            ..enrolment(false)
        };
        let mut inputs = found(vec![own_name]);
        inputs.extend([Input::ChooseEnrolment(0), confirm.clone()]);
        assert!(matches!(walk(&setup, inputs), State::Paying { .. }));
    }
}
