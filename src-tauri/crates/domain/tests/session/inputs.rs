//! What comes in on a random walk.

use crate::fixtures::{NUMBER, approval, asking, assessment, enrolment, order};
use domain::Personal;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::exception::ExceptionKind;
use domain::identity::date::Date;
use domain::identity::{DocumentFacts, IdentityException, IdentityMethod};
use domain::payment::{OrderState, PaymentMethod};
use domain::quality::{Force, TickAnswer, Verdict};
use domain::session::{CardSide, FreshPhoto, Input, SampleId, Standing, State};
use domain::specification::Ground;
use proptest::prelude::*;

/// A record as rosters have them: mostly open, some captured, approved or not eligible.
fn any_enrolment() -> impl Strategy<Value = Enrolment> {
    let state = prop_oneof![
        6 => Just(EnrolmentState::ToCapture),
        2 => Just(EnrolmentState::Retake),
        1 => Just(EnrolmentState::Captured),
        1 => Just(EnrolmentState::Approved),
    ];
    let not_eligible = prop::option::weighted(0.15, Just("毕业资格尚未审核".to_string()));
    (any::<bool>(), state, not_eligible).prop_map(|(prepaid, state, not_eligible)| Enrolment {
        state,
        not_eligible,
        ..enrolment(prepaid)
    })
}

/// Every input that exists, with plausible and implausible contents.
pub(crate) fn any_input() -> impl Strategy<Value = Input> {
    let verdict = prop_oneof![
        Just(Verdict::Pass),
        Just(Verdict::Fail),
        Just(Verdict::NotAssessed)
    ];
    let force = prop_oneof![Just(Force::Absolute), Just(Force::Gate), Just(Force::Advice)];
    let order_state = prop_oneof![
        Just(OrderState::Unknown),
        Just(OrderState::NotPaid),
        Just(OrderState::Paid),
        Just(OrderState::Closed)
    ];
    let method = prop_oneof![
        Just(PaymentMethod::Order),
        Just(PaymentMethod::Cash),
        Just(PaymentMethod::Prepaid),
        Just(PaymentMethod::Exempt)
    ];
    let sample = (0u32..3).prop_map(SampleId);
    prop_oneof![
        3 => prop::option::of(any_enrolment()).prop_map(|called| Input::Begin { called }),
        3 => any::<bool>().prop_map(|given| Input::Consent { given, guardian: None }),
        1 => (any::<bool>(), sample.clone()).prop_map(|(front, sample)| Input::CardPhotographed {
            side: if front { CardSide::Front } else { CardSide::Back },
            sample
        }),
        4 => any::<bool>().prop_map(|right| Input::Identity {
            name: Personal::new("陈思涵".into()),
            number: Personal::new(if right { NUMBER.into() } else { "110105194912310021".into() }),
            facts: DocumentFacts::default(),
            method: IdentityMethod::Typed,
        }),
        1 => (any::<bool>(), any::<bool>(), 0usize..5).prop_map(|(document, long, why)| Input::Vouch {
            name: Personal::new("陈思涵".into()),
            number: document.then(|| Personal::new(NUMBER.into())),
            facts: DocumentFacts {
                birth: Date::new(1949, 12, 31),
                ..DocumentFacts::default()
            },
            why: IdentityException::ALL[why],
            reason: if long { "班主任当面确认".into() } else { "认识".into() },
            other: long.then(|| "e2".into()),
            approval: approval(),
        }),
        3 => prop::collection::vec(any_enrolment(), 0..3).prop_map(|same_number| Input::ConfirmListed {
            same_number,
            facts: DocumentFacts::default(),
            standing: Standing::default(),
        }),
        2 => prop::collection::vec(any_enrolment(), 0..3).prop_map(Input::Found),
        1 => prop::collection::vec(any_enrolment(), 0..3).prop_map(Input::Offer),
        1 => (0usize..3).prop_map(Input::ChooseEnrolment),
        1 => Just(Input::TakeWalkIn(enrolment(false))),
        3 => any::<bool>().prop_map(|known| Input::ConfirmEnrolment(Standing {
            order: known.then(|| order(OrderState::NotPaid)), ..Standing::default()
        })),
        1 => method.prop_map(Input::ChooseMethod),
        1 => (0u32..4000).prop_map(|tendered_fen| Input::CashTaken { tendered_fen }),
        1 => any::<bool>().prop_map(|long| Input::Exempt {
            reason: if long { "家庭经济困难".into() } else { "无".into() }, approval: approval()
        }),
        2 => Just(Input::AskOrder {
            id: "o1".into(),
            channel: None,
        }),
        1 => Just(Input::CloseOrder),
        2 => (order_state, any::<bool>()).prop_map(|(state, ours)| {
            let mut answer = order(state);
            if !ours { answer.amount_fen = 1; }
            Input::OrderAnswered(answer)
        }),
        1 => Just(Input::GoOnUnknown),
        4 => Just(Input::Ready),
        4 => sample.clone().prop_map(Input::StillTaken),
        4 => (sample.clone(), verdict, force)
            .prop_map(|(sample, v, f)| Input::StillAssessed { sample, assessment: assessment(v, f) }),
        2 => (0u32..3).prop_map(|sample| Input::StillAssessed {
            sample: SampleId(sample), assessment: asking(Verdict::Pass, &["head", "face"])
        }),
        3 => (any::<bool>(), any::<bool>()).prop_map(|(head, fits)| Input::Answer {
            tick: if head { "head".into() } else { "face".into() },
            answer: if fits { TickAnswer::Fits } else { TickAnswer::Breaks },
        }),
        1 => any::<bool>().prop_map(|long| Input::GrantException {
            kind: ExceptionKind::Injury,
            reason: if long { "左臂骨折，无法坐正".into() } else { "伤".into() },
            approval: approval(),
        }),
        4 => Just(Input::Accept),
        1 => any::<bool>().prop_map(|long| Input::Override {
            reason: if long { "学生天生露齿，三次如此".into() } else { "好".into() }, approval: approval()
        }),
        1 => Just(Input::Retake),
        4 => sample.prop_map(|sample| Input::Standardised(FreshPhoto { sample, sha256: "p".into(), size: 30_000 })),
        1 => Just(Input::Departed { codes: vec!["crown".into()] }),
        1 => any::<bool>().prop_map(|keep| Input::ChooseGround(if keep { Ground::Untouched } else { Ground::AsSpecified })),
        4 => Just(Input::Confirm),
        2 => Just(Input::Stored { packet: "p1".into() }),
        1 => Just(Input::NotStored { code: "store_full".into() }),
        1 => Just(Input::StoreAgain),
        1 => Just(Input::Back),
        1 => Just(Input::Leave),
        2 => Just(Input::Next),
    ]
}

/// What a person would do at this point.
pub(crate) fn sensible(state: &State) -> Option<Input> {
    let identity = || Input::Identity {
        name: Personal::new("陈思涵".into()),
        number: Personal::new(NUMBER.into()),
        facts: DocumentFacts::default(),
        method: IdentityMethod::Typed,
    };
    let pass = || assessment(Verdict::Pass, Force::Gate);
    Some(match state {
        State::Idle => Input::Begin { called: None },
        State::Identifying { consent: None, .. } => Input::Consent {
            given: true,
            guardian: None,
        },
        State::Identifying { card: [None, _], .. } => Input::CardPhotographed {
            side: CardSide::Front,
            sample: SampleId(0),
        },
        State::Identifying { card: [_, None], .. } => Input::CardPhotographed {
            side: CardSide::Back,
            sample: SampleId(0),
        },
        State::Identifying { .. } => identity(),
        State::Matching { answered: false, .. } => Input::Found(vec![enrolment(false)]),
        State::Matching { chosen: None, .. } => Input::TakeWalkIn(enrolment(false)),
        State::Matching { .. } => Input::ConfirmEnrolment(Standing::default()),
        State::Paying { order: None, .. } => Input::AskOrder {
            id: "o1".into(),
            channel: None,
        },
        State::Paying { .. } => Input::OrderAnswered(order(OrderState::Paid)),
        State::Preparing { .. } => Input::Ready,
        State::Capturing { .. } => Input::StillTaken(SampleId(1)),
        State::Reviewing {
            sample,
            assessment: None,
            ..
        } => Input::StillAssessed {
            sample: *sample,
            assessment: pass(),
        },
        State::Reviewing { .. } => Input::Accept,
        State::Standardising { accepted, .. } => Input::Standardised(FreshPhoto {
            sample: accepted.sample(),
            sha256: "p".into(),
            size: 30_000,
        }),
        State::LastLook { .. } => Input::Confirm,
        State::Submitting { fault: Some(_), .. } => Input::StoreAgain,
        State::Submitting { .. } | State::Done { .. } => return None,
    })
}
