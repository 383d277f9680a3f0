//! The still on the review page: ticks, override, known exceptions.

use crate::fixtures::{approval, asking, assessed, operator, refused, setup, to_payment, walk};
use domain::Moment;
use domain::exception::ExceptionKind;
use domain::identity::date::Date;
use domain::operator::Role;
use domain::quality::{Assessment, TickAnswer, Verdict};
use domain::session::{Effect, FreshPhoto, Input, Refusal, Rules, SampleId, Standing, State, step};
use domain::specification::Ground;

fn answer(tick: &str, answer: TickAnswer) -> Input {
    Input::Answer {
        tick: tick.into(),
        answer,
    }
}

fn let_through() -> Input {
    Input::Override {
        reason: "学生天生如此，三次如此".into(),
        approval: approval(),
    }
}

fn exception(kind: ExceptionKind) -> Input {
    Input::GrantException {
        kind,
        reason: "左臂骨折，无法坐正".into(),
        approval: approval(),
    }
}

/// The second attempt, so that an override is possible.
fn second(assessment: Assessment) -> Vec<Input> {
    let mut inputs = assessed(asking(Verdict::Pass, &[]));
    inputs.extend([
        Input::Retake,
        Input::StillTaken(SampleId(2)),
        Input::StillAssessed {
            sample: SampleId(2),
            assessment,
        },
    ]);
    inputs
}

#[test]
fn a_still_is_accepted_only_when_every_tick_fits_and_the_answers_go_along() {
    let setup = setup(false, false);
    let mut inputs = assessed(asking(Verdict::Pass, &["head", "face"]));
    let open = walk(&setup, inputs.clone());
    assert_eq!(refused(&setup, &open, Input::Accept), Refusal::TicksOpen);
    let unasked = answer("clothes", TickAnswer::Fits);
    assert_eq!(refused(&setup, &open, unasked), Refusal::NotNow);
    inputs.push(answer("head", TickAnswer::Fits));
    let half = walk(&setup, inputs.clone());
    assert_eq!(refused(&setup, &half, Input::Accept), Refusal::TicksOpen);
    inputs.push(answer("face", TickAnswer::Breaks));
    let broken = walk(&setup, inputs.clone());
    assert_eq!(refused(&setup, &broken, Input::Accept), Refusal::NotAcceptable);
    // The last answer counts.
    inputs.extend([answer("face", TickAnswer::Fits), Input::Accept]);
    let State::Standardising { accepted, .. } = walk(&setup, inputs) else {
        panic!("not accepted");
    };
    let answers = accepted.assessment().ticks.iter().map(|tick| tick.answer);
    assert_eq!(answers.collect::<Vec<_>>(), [Some(TickAnswer::Fits); 2]);
    assert_eq!(accepted.waived(), None);
}

#[test]
fn a_supervisor_lets_a_refused_tick_through_once_all_are_answered() {
    let setup = setup(false, false);
    let mut inputs = second(asking(Verdict::Fail, &["head", "face"]));
    inputs.push(answer("head", TickAnswer::Breaks));
    let half = walk(&setup, inputs.clone());
    assert_eq!(refused(&setup, &half, let_through()), Refusal::TicksOpen);
    inputs.extend([answer("face", TickAnswer::Fits), let_through()]);
    let State::Standardising { accepted, .. } = walk(&setup, inputs) else {
        panic!("not let through");
    };
    let waived = accepted.waived().expect("an override");
    assert_eq!(waived.checks, ["mouth", "head_1", "head_2"]);
    // Nothing stops and nothing is open: there is nothing to let through.
    let fine = walk(&setup, second(asking(Verdict::Pass, &[])));
    assert_eq!(refused(&setup, &fine, let_through()), Refusal::NotNow);
}

#[test]
fn an_exception_is_kept_with_the_person_and_the_still_judged_anew() {
    let setup = setup(false, false);
    let state = walk(&setup, assessed(asking(Verdict::Fail, &["head"])));
    let operator = operator(Role::Operator);
    let rules = Rules {
        setup: &setup,
        operator: &operator,
        now: Moment(5),
        today: Date::new(2026, 11, 24).expect("a date"),
    };
    let next = step(&state, exception(ExceptionKind::Injury), &rules).expect("granted");
    let [
        Effect::KeepException {
            enrolment,
            exception: kept,
            audit,
        },
        Effect::Assess(SampleId(1)),
    ] = next.effects.as_slice()
    else {
        panic!("{:?}", next.effects);
    };
    assert_eq!((enrolment.as_str(), kept.kind), ("e1", ExceptionKind::Injury));
    assert_eq!(audit.detail, "injury by op", "the reason is no log's");
    assert!(matches!(
        &next.state,
        State::Reviewing { assessment: None, file, .. } if file.exceptions() == std::slice::from_ref(kept)
    ));
    // While it is judged anew nothing is accepted on the old judgement.
    assert_eq!(refused(&setup, &next.state, Input::Accept), Refusal::NotNow);
    let short = Input::GrantException {
        kind: ExceptionKind::Injury,
        reason: "伤".into(),
        approval: approval(),
    };
    assert_eq!(refused(&setup, &state, short), Refusal::ReasonMissing);
}

#[test]
fn an_exception_of_an_earlier_day_comes_with_the_person() {
    let setup = setup(false, false);
    let mut inputs = to_payment(true);
    inputs.extend([Input::Ready, exception(ExceptionKind::Spectacles)]);
    let state = walk(&setup, inputs.clone());
    let known = state.file().expect("a file").exceptions().to_vec();
    assert!(matches!(state, State::Capturing { attempt: 1, .. }));
    let back = Standing {
        exceptions: known.clone(),
        ..Standing::default()
    };
    inputs.truncate(3);
    inputs.extend([Input::ConfirmEnrolment(back), Input::Ready]);
    let state = walk(&setup, inputs);
    assert_eq!(state.file().expect("a file").exceptions(), known);
}

#[test]
fn another_ground_is_tried_and_the_photo_before_stands_if_it_fails() {
    let setup = setup(false, false);
    let photo = |sha256: &str| FreshPhoto {
        sample: SampleId(1),
        sha256: sha256.into(),
        size: 30_000,
    };
    let mut inputs = assessed(asking(Verdict::Pass, &[]));
    inputs.extend([Input::Accept, Input::Standardised(photo("replaced"))]);
    let looked = walk(&setup, inputs.clone());
    let operator = operator(Role::Operator);
    let rules = Rules {
        setup: &setup,
        operator: &operator,
        now: Moment(5),
        today: Date::new(2026, 11, 24).expect("a date"),
    };
    let next = step(&looked, Input::ChooseGround(Ground::Untouched), &rules).expect("made anew");
    assert!(
        matches!(
            next.effects.as_slice(),
            [Effect::Standardise(SampleId(1), Ground::Untouched)]
        ),
        "{:?}",
        next.effects
    );
    inputs.push(Input::ChooseGround(Ground::Untouched));
    let shown = |last: Input| {
        let mut inputs = inputs.clone();
        inputs.push(last);
        let State::LastLook { photo, attempt, .. } = walk(&setup, inputs) else {
            panic!("not at the last look");
        };
        (photo.sha256, attempt)
    };
    assert_eq!(shown(Input::Standardised(photo("kept"))), ("kept".to_owned(), 1));
    let codes = vec!["background_colour".into()];
    assert_eq!(shown(Input::Departed { codes }), ("replaced".to_owned(), 1));
}
