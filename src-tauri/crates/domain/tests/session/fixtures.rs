//! A session at a school, its people, and the ways through it that several tests begin with.

use domain::consent::Agreement;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::identity::{DocumentFacts, IdentityMethod};
use domain::operator::{Operator, Role};
use domain::payment::{Channel, Order, OrderState, PaymentMethod};
use domain::quality::{Assessment, CheckResult, Force, Tick, Verdict};
use domain::session::{Input, Refusal, Rules, SampleId, Standing, State, SupervisorApproval, step};
use domain::setup::{Contact, FeeTerms, Policy, QualityPolicy, SessionKind, SessionSetup};
use domain::{Moment, Personal};

pub(crate) const NUMBER: &str = "11010519491231002X";

pub(crate) fn setup(hold: bool, card: bool) -> SessionSetup {
    SessionSetup {
        id: "s1".into(),
        version: 1,
        school: "样例学校".into(),
        title: "2027 届毕业生".into(),
        kind: SessionKind::Hybrid,
        code: domain::setup::CodeUse::Off,
        specification: "graduation-480x640".into(),
        specification_changes: Default::default(),
        policy: Policy {
            hold_photo_while_payment_unknown: hold,
            attempts_before_override: 2,
            photograph_card: card,
            trusted_list: false,
            quality: QualityPolicy::default(),
            auto_shutter_hold_s: 1.0,
        },
        fee: FeeTerms {
            amount_fen: 2000,
            text: "采集费".into(),
        },
        payment_methods: vec![
            PaymentMethod::Order,
            PaymentMethod::Cash,
            PaymentMethod::Prepaid,
            PaymentMethod::Exempt,
        ],
        channels: vec![Channel::Wechat],
        vouchers: vec![],
        agreement: Agreement {
            version: "1".into(),
            title: "t".into(),
            text: "x".into(),
            sha256: "h".into(),
        },
        contact: Contact {
            phone: "400".into(),
            hours: "8-20".into(),
            qr: String::new(),
        },
    }
}

pub(crate) fn operator(role: Role) -> Operator {
    Operator {
        id: "op".into(),
        name: "周敏".into(),
        role,
    }
}

pub(crate) fn enrolment(prepaid: bool) -> Enrolment {
    Enrolment {
        id: "e1".into(),
        session: "s1".into(),
        name: Personal::new("陈思涵".into()),
        document_number: Some(Personal::new(NUMBER.into())),
        school: "样例学校".into(),
        class_name: "护理 2401 班".into(),
        student_number: "20240317".into(),
        exam_number: String::new(),
        code: None,
        ticket: "037".into(),
        prepaid,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

pub(crate) fn assessment(verdict: Verdict, force: Force) -> Assessment {
    Assessment {
        results: vec![CheckResult {
            check: "mouth".into(),
            value: Some(0.1),
            unit: "ratio".into(),
            min: None,
            max: Some(0.05),
            verdict,
            force,
            confidence: None,
            code: Some("teeth".into()),
        }],
        ticks: vec![],
    }
}

/// The same with ticks nobody has answered yet.
pub(crate) fn asking(verdict: Verdict, ticks: &[&str]) -> Assessment {
    let tick = |id: &&str| Tick {
        id: id.to_string(),
        rules: vec![format!("{id}_1"), format!("{id}_2")],
        answer: None,
    };
    Assessment {
        ticks: ticks.iter().map(tick).collect(),
        ..assessment(verdict, Force::Gate)
    }
}

pub(crate) fn order(state: OrderState) -> Order {
    let id = "o1".into();
    Order {
        id,
        enrolment: "e1".into(),
        amount_fen: 2000,
        state,
        code_url: None,
        channel: Channel::Wechat,
        voucher: None,
        expires_at: None,
        at: Moment(1),
    }
}

pub(crate) fn approval() -> SupervisorApproval {
    SupervisorApproval::after_pin(&operator(Role::Supervisor), Moment(2)).expect("a supervisor")
}

/// Runs inputs that must all be accepted.
pub(crate) fn walk(setup: &SessionSetup, inputs: Vec<Input>) -> State {
    let operator = operator(Role::Operator);
    let today = Date::new(2026, 11, 24).expect("a date");
    let rules = Rules {
        setup,
        operator: &operator,
        now: Moment(5),
        today,
    };
    inputs.into_iter().fold(State::Idle, |state, input| {
        let shown = format!("{input:?}");
        step(&state, input, &rules)
            .unwrap_or_else(|r| panic!("{shown}: {r}"))
            .state
    })
}

pub(crate) fn refused(setup: &SessionSetup, state: &State, input: Input) -> Refusal {
    let operator = operator(Role::Operator);
    let today = Date::new(2026, 11, 24).expect("a date");
    step(
        state,
        input,
        &Rules {
            setup,
            operator: &operator,
            now: Moment(5),
            today,
        },
    )
    .expect_err("refused")
}

pub(crate) fn to_payment(prepaid: bool) -> Vec<Input> {
    vec![
        Input::Begin {
            called: Some(enrolment(prepaid)),
        },
        Input::Consent {
            given: true,
            guardian: None,
        },
        Input::Identity {
            name: Personal::new("陈思涵".into()),
            number: Personal::new(NUMBER.into()),
            facts: DocumentFacts::default(),
            method: IdentityMethod::Compared,
        },
        Input::ConfirmEnrolment(Standing::default()),
    ]
}

pub(crate) fn to_review(verdict: Verdict, force: Force) -> Vec<Input> {
    assessed(assessment(verdict, force))
}

/// To the review page of a still with these checks.
pub(crate) fn assessed(assessment: Assessment) -> Vec<Input> {
    let taken = [
        Input::Ready,
        Input::StillTaken(SampleId(1)),
        Input::StillAssessed {
            sample: SampleId(1),
            assessment,
        },
    ];
    [to_payment(true), taken.to_vec()].concat()
}
