//! The session rules, walked at random: whatever people press and whatever the outside answers, a
//! packet order only ever leaves with every piece of evidence.

use domain::consent::Agreement;
use domain::enrolment::{Enrolment, EnrolmentState, Lookup};
use domain::identity::IdentityMethod;
use domain::identity::date::Date;
use domain::operator::{Operator, Role};
use domain::payment::{FeeEvidence, Order, OrderState, PaymentMethod};
use domain::quality::{Assessment, CheckResult, Force, Verdict};
use domain::session::{
    CardSide, Effect, FreshPhoto, Input, PacketOrder, Refusal, Rules, SampleId, Standing, State,
    SupervisorApproval, step,
};
use domain::setup::{Contact, FeeTerms, Policy, SessionKind, SessionSetup};
use domain::{Moment, Personal};
use proptest::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

const NUMBER: &str = "11010519491231002X";

fn setup(hold: bool, card: bool) -> SessionSetup {
    SessionSetup {
        id: "s1".into(),
        version: 1,
        school: "样例学校".into(),
        title: "2027 届毕业生".into(),
        kind: SessionKind::Hybrid,
        specification: "graduation-480x640".into(),
        policy: Policy {
            hold_photo_while_payment_unknown: hold,
            attempts_before_override: 2,
            photograph_card: card,
            advisory_checks: vec![],
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

fn operator(role: Role) -> Operator {
    Operator {
        id: "op".into(),
        name: "周敏".into(),
        role,
    }
}

fn enrolment(prepaid: bool) -> Enrolment {
    Enrolment {
        id: "e1".into(),
        session: "s1".into(),
        name: Personal::new("陈思涵".into()),
        document_number: Some(Personal::new(NUMBER.into())),
        school: "样例学校".into(),
        class_name: "护理 2401 班".into(),
        student_number: "20240317".into(),
        ticket: "037".into(),
        prepaid,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

fn assessment(verdict: Verdict, force: Force) -> Assessment {
    Assessment {
        results: vec![CheckResult {
            check: "mouth".into(),
            value: Some(0.1),
            unit: "ratio".into(),
            min: None,
            max: Some(0.05),
            verdict,
            force,
            code: Some("teeth".into()),
        }],
    }
}

fn order(state: OrderState) -> Order {
    let id = "o1".into();
    Order {
        id,
        enrolment: "e1".into(),
        amount_fen: 2000,
        state,
        code_url: None,
        at: Moment(1),
    }
}

fn approval() -> SupervisorApproval {
    SupervisorApproval::after_pin(&operator(Role::Supervisor), Moment(2)).expect("a supervisor")
}

/// Every input that exists, with plausible and implausible contents.
fn any_input() -> impl Strategy<Value = Input> {
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
        3 => any::<Option<bool>>().prop_map(|called| Input::Begin { called: called.map(enrolment) }),
        3 => any::<bool>().prop_map(|given| Input::Consent { given, guardian: None }),
        1 => (any::<bool>(), sample.clone()).prop_map(|(front, sample)| Input::CardPhotographed {
            side: if front { CardSide::Front } else { CardSide::Back },
            sample
        }),
        4 => any::<bool>().prop_map(|right| Input::Identity {
            name: Personal::new("陈思涵".into()),
            number: Personal::new(if right { NUMBER.into() } else { "110105194912310021".into() }),
            method: IdentityMethod::Typed,
        }),
        2 => prop_oneof![
            any::<bool>().prop_map(|p| Lookup::ByNumber(enrolment(p))),
            Just(Lookup::ByName(vec![enrolment(false), enrolment(true)])),
            Just(Lookup::Missing)
        ].prop_map(Input::Found),
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
        2 => Just(Input::AskOrder { id: "o1".into() }),
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
        4 => Just(Input::Accept),
        1 => any::<bool>().prop_map(|long| Input::Override {
            reason: if long { "学生天生露齿，三次如此".into() } else { "好".into() }, approval: approval()
        }),
        1 => Just(Input::Retake),
        4 => sample.prop_map(|sample| Input::Standardised(FreshPhoto { sample, sha256: "p".into(), size: 30_000 })),
        1 => Just(Input::Departed { codes: vec!["crown".into()] }),
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
fn sensible(state: &State) -> Option<Input> {
    let identity = || Input::Identity {
        name: Personal::new("陈思涵".into()),
        number: Personal::new(NUMBER.into()),
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
        State::Matching { answered: false, .. } => Input::Found(Lookup::ByNumber(enrolment(false))),
        State::Matching { chosen: None, .. } => Input::TakeWalkIn(enrolment(false)),
        State::Matching { .. } => Input::ConfirmEnrolment(Standing::default()),
        State::Paying { order: None, .. } => Input::AskOrder { id: "o1".into() },
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

/// What was really seen on the way, kept apart from the machine so that it can contradict it.
#[derive(Default)]
struct Witness {
    consented: bool,
    identified: bool,
    settled: bool,
    unknown_allowed: bool,
    passed: Option<SampleId>,
    made: Option<SampleId>,
}

impl Witness {
    fn see(&mut self, before: &State, input: &Input, rules: &Rules<'_>) {
        match (before, input) {
            (_, Input::Begin { .. }) => *self = Self::default(),
            (_, Input::Consent { given, .. }) => self.consented = *given,
            (_, Input::Identity { number, .. }) => self.identified |= number.as_str() == NUMBER,
            (_, Input::ConfirmEnrolment(_)) => {
                self.settled |= before.enrolment().is_some_and(|e| e.prepaid);
            }
            (_, Input::CashTaken { tendered_fen }) => self.settled |= *tendered_fen >= 2000,
            (_, Input::Exempt { reason, .. }) => self.settled |= reason.chars().count() >= 6,
            (_, Input::OrderAnswered(o)) => {
                self.settled |= o.state == OrderState::Paid && o.amount_fen == 2000;
            }
            (_, Input::GoOnUnknown) => {
                self.unknown_allowed |= rules.setup.policy.hold_photo_while_payment_unknown;
            }
            (
                State::Reviewing {
                    sample,
                    assessment: Some(a),
                    ..
                },
                Input::Accept,
            ) => {
                self.passed = a.acceptable().then_some(*sample);
            }
            (
                State::Reviewing {
                    sample,
                    assessment: Some(a),
                    ..
                },
                Input::Override { reason, .. },
            ) => {
                let allowed =
                    reason.chars().count() >= 6 && a.results.iter().all(|r| r.force != Force::Absolute);
                self.passed = allowed.then_some(*sample);
            }
            (_, Input::Standardised(photo)) => self.made = Some(photo.sample),
            (_, Input::Retake | Input::Departed { .. }) => (self.passed, self.made) = (None, None),
            _ => {}
        }
    }

    fn check(&self, order: &PacketOrder) {
        assert!(
            self.consented && self.identified,
            "no packet without consent and identity"
        );
        assert!(
            self.settled || self.unknown_allowed,
            "no packet without a fee's proof"
        );
        assert_eq!(
            order.held(),
            matches!(order.file().fee(), FeeEvidence::Unknown { .. })
        );
        assert!(self.settled || order.held(), "an unsettled photo is held");
        assert_eq!(
            self.passed,
            Some(order.accepted().sample()),
            "the accepted still, no other"
        );
        assert_eq!(self.made, Some(order.photo().sample), "the photo of that still");
        assert_eq!(order.photo().sample, order.accepted().sample());
    }
}

/// Packets that the random walks stored; a walk that never gets there proves nothing.
static STORED: AtomicU32 = AtomicU32::new(0);

#[test]
fn random_walks_reach_the_end_and_no_packet_lacks_evidence() {
    no_packet_without_every_evidence();
    let stored = STORED.load(Ordering::Relaxed);
    assert!(stored >= 20, "only {stored} walks stored a packet");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]
    fn no_packet_without_every_evidence(
        inputs in prop::collection::vec((0u8..10, any_input()), 1..120), hold in any::<bool>(), card in any::<bool>()
    ) {
        let setup = setup(hold, card);
        let operator = operator(Role::Operator);
        let today = Date::new(2026, 11, 24).expect("a date");
        let mut state = State::Idle;
        let mut witness = Witness::default();
        for (i, (chance, random)) in inputs.into_iter().enumerate() {
            // Mostly what a person would do next, so that walks get far; else anything at all.
            let input = if chance < 6 { sensible(&state).unwrap_or(random) } else { random };
            let rules = Rules { setup: &setup, operator: &operator, now: Moment(i as i64), today };
            let before = state.clone();
            if let Ok(next) = step(&state, input.clone(), &rules) {
                witness.see(&before, &input, &rules);
                for effect in &next.effects {
                    if let Effect::Store(order) = effect {
                        witness.check(order);
                        STORED.fetch_add(1, Ordering::Relaxed);
                        let looked = matches!(before, State::LastLook { .. }) && input == Input::Confirm;
                        let again = matches!(before, State::Submitting { .. }) && input == Input::StoreAgain;
                        prop_assert!(looked || again, "only the last look stores");
                    }
                }
                state = next.state;
            }
        }
    }
}

/// Runs inputs that must all be accepted.
fn walk(setup: &SessionSetup, inputs: Vec<Input>) -> State {
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

fn refused(setup: &SessionSetup, state: &State, input: Input) -> Refusal {
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

fn to_payment(prepaid: bool) -> Vec<Input> {
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
            method: IdentityMethod::Compared,
        },
        Input::ConfirmEnrolment(Standing::default()),
    ]
}

fn to_review(verdict: Verdict, force: Force) -> Vec<Input> {
    let taken = [
        Input::Ready,
        Input::StillTaken(SampleId(1)),
        Input::StillAssessed {
            sample: SampleId(1),
            assessment: assessment(verdict, force),
        },
    ];
    [to_payment(true), taken.to_vec()].concat()
}

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
        Input::AskOrder { id: "o1".into() },
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
        Input::AskOrder { id: "o1".into() },
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
    let check = domain::identity::resident_id::check_character(&digits);
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
