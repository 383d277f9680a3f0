//! One sitter, one desk, one network, one provider.

use crate::book::Book;
use crate::chance::Chance;
use crate::ledger::Ledger;
use crate::provider::Provider;
use domain::consent::Agreement;
use domain::enrolment::{Enrolment, EnrolmentState, Lookup};
use domain::identity::IdentityMethod;
use domain::identity::date::Date;
use domain::operator::{Operator, Role};
use domain::payment::{
    Order, OrderState, Pacing, PaymentMethod, Refund, RefundState, SettledFee, Tender, Turn, given_back,
    refund, settle, turn,
};
use domain::quality::{Assessment, CheckResult, Force, Verdict};
use domain::session::{Effect, FreshPhoto, Input, Refusal, Rules, SampleId, State, SupervisorApproval, step};
use domain::setup::{CodeUse, Contact, FeeTerms, Policy, QualityPolicy, SessionKind, SessionSetup};
use domain::{Moment, Personal};

const NUMBER: &str = "11010519491231002X";
const FEE: u32 = 2000;
const PACING: Pacing = Pacing {
    lasts_ms: 7_200_000,
    told_ms: 93_840_000,
};

pub(crate) fn person(id: &str) -> Enrolment {
    Enrolment {
        id: id.into(),
        session: "s1".into(),
        name: Personal::new("陈思涵".into()),
        document_number: Some(Personal::new(NUMBER.into())),
        school: "样例学校".into(),
        class_name: "一班".into(),
        student_number: id.into(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: false,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

fn setup() -> SessionSetup {
    SessionSetup {
        id: "s1".into(),
        version: 1,
        school: "样例学校".into(),
        title: "t".into(),
        kind: SessionKind::Hybrid,
        code: CodeUse::Off,
        specification: "graduation-480x640".into(),
        specification_changes: Default::default(),
        policy: Policy {
            hold_photo_while_payment_unknown: true,
            attempts_before_override: 2,
            photograph_card: false,
            trusted_list: false,
            quality: QualityPolicy::default(),
            auto_shutter_hold_s: 1.0,
        },
        fee: FeeTerms {
            amount_fen: FEE,
            text: "采集费".into(),
        },
        payment_methods: vec![PaymentMethod::Order, PaymentMethod::Cash, PaymentMethod::Exempt],
        agreement: Agreement {
            version: "1".into(),
            title: "t".into(),
            text: "x".into(),
            sha256: "h".into(),
        },
        contact: Contact::default(),
    }
}

/// How often what happened, so that walks that go nowhere prove nothing.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    phones: u32,
    cash: u32,
    paid_twice: u32,
    held: u32,
    held_settled_at_desk: u32,
    refunds: u32,
    refunds_refused: u32,
    restarts: u32,
    paid_after_close: u32,
    photos: u32,
}

impl Seen {
    fn counts(&self) -> [(&'static str, u32); 10] {
        [
            ("phones", self.phones),
            ("cash", self.cash),
            ("paid twice", self.paid_twice),
            ("held", self.held),
            ("held, settled at the desk", self.held_settled_at_desk),
            ("refunds", self.refunds),
            ("refunds refused", self.refunds_refused),
            ("restarts", self.restarts),
            ("paid after a close", self.paid_after_close),
            ("photos", self.photos),
        ]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.phones += other.phones;
        self.cash += other.cash;
        self.paid_twice += other.paid_twice;
        self.held += other.held;
        self.held_settled_at_desk += other.held_settled_at_desk;
        self.refunds += other.refunds;
        self.refunds_refused += other.refunds_refused;
        self.restarts += other.restarts;
        self.paid_after_close += other.paid_after_close;
        self.photos += other.photos;
    }

    pub(crate) fn everything_happened(&self, least: u32) {
        for (what, count) in self.counts() {
            assert!(count >= least, "{what}: only {count}");
        }
    }
}

/// On its way back to the desk.
enum Answer {
    Order(Order, Option<Order>),
    Refund(Refund),
}

pub(crate) struct World<'a> {
    enrolment: &'a str,
    book: &'a dyn Book,
    chance: Chance,
    provider: Provider,
    ledger: Ledger,
    state: State,
    setup: SessionSetup,
    operator: Operator,
    now: i64,
    /// Orders and refunds numbered so far.
    numbers: u32,
    on_its_way: Vec<Answer>,
    pub(crate) seen: Seen,
}

impl<'a> World<'a> {
    pub(crate) fn new(enrolment: &'a str, book: &'a dyn Book, chance: Chance) -> Self {
        Self {
            enrolment,
            book,
            chance,
            provider: Provider::default(),
            ledger: Ledger::default(),
            state: State::Idle,
            setup: setup(),
            operator: Operator {
                id: "op".into(),
                name: "周敏".into(),
                role: Role::Operator,
            },
            now: 1_795_000_000_000,
            numbers: 0,
            on_its_way: vec![],
            seen: Seen::default(),
        }
    }

    fn rules(&self) -> Rules<'_> {
        Rules {
            setup: &self.setup,
            operator: &self.operator,
            now: Moment(self.now),
            today: Date::new(2026, 11, 24).unwrap(),
        }
    }

    /// One thing happens.
    pub(crate) fn step(&mut self) {
        self.now += [1_000, 5_000, 60_000, 1_800_000][self.chance.below(4)];
        match self.chance.below(23) {
            0..=2 => self.sitter_comes(),
            3..=5 => self.ask_order(),
            6 => drop(self.input(Input::CloseOrder)),
            7 => self.cash(),
            8 => self.exempt(),
            9 => {
                // Nobody waits for an answer.
                self.ask_order();
                if self.input(Input::GoOnUnknown).is_ok() {
                    self.photograph();
                }
            }
            10 | 11 => self.photograph(),
            12 | 13 => self.phone(),
            14..=16 => self.poll(),
            17 => self.deliver(),
            18 | 19 => self.held_at_the_desk(),
            20 => self.refund(),
            21 => drop(self.input(Input::Leave)),
            _ if self.chance.percent(30) => self.restart(),
            _ => {}
        }
    }

    fn input(&mut self, input: Input) -> Result<(), Refusal> {
        let next = step(&self.state, input, &self.rules())?;
        self.state = next.state;
        for effect in next.effects {
            match effect {
                Effect::PlaceOrder(order) => {
                    self.book.keep_order(&order);
                    let others = self.provider.payable();
                    self.send(Turn::Place, &order);
                    assert!(
                        self.provider.payable() <= others.max(1),
                        "a second order while the first can be paid"
                    );
                }
                Effect::CloseOrder(order) => self.send(Turn::Close, &order),
                Effect::KeepSettledFee {
                    enrolment,
                    fee,
                    audit,
                } => {
                    assert_eq!(enrolment, self.enrolment);
                    self.book.settle(&enrolment, &fee, &audit);
                }
                Effect::Store(order) => {
                    let held_for = match order.file().fee() {
                        domain::payment::FeeEvidence::Unknown { order, .. } => Some(order.clone()),
                        domain::payment::FeeEvidence::Settled(_) => None,
                    };
                    assert_eq!(held_for.is_some(), order.held());
                    let line = self.rules_event("packet_stored");
                    self.book.keep_photo(self.enrolment, held_for.as_deref(), &line);
                    self.seen.photos += 1;
                    self.seen.held += u32::from(order.held());
                    self.input(Input::Stored { packet: "p".into() })?;
                }
                _ => {}
            }
        }
        self.no_free_photo();
        Ok(())
    }

    fn rules_event(&self, what: &str) -> domain::audit::AuditEvent {
        domain::audit::AuditEvent {
            at: Moment(self.now),
            operator: "op".into(),
            what: what.into(),
            subject: self.enrolment.into(),
            detail: String::new(),
        }
    }

    /// A photo leaves the desk only for money, or for a supervisor's word.
    fn no_free_photo(&self) {
        let (sent, _) = self.book.photos(self.enrolment);
        let decided = self.ledger.exempted || self.ledger.made_free;
        assert!(
            sent == 0 || decided || self.ledger.held() >= FEE,
            "a photo left and nobody paid"
        );
    }

    /// The sitter comes, also again after a photo was rejected.
    fn sitter_comes(&mut self) {
        if matches!(self.state, State::Done { .. }) {
            self.input(Input::Next).unwrap();
        }
        let (_, held) = self.book.photos(self.enrolment);
        if !matches!(self.state, State::Idle) || held > 0 {
            return;
        }
        let record = person(self.enrolment);
        let standing = self.book.standing(self.enrolment);
        let paid = standing.settled.is_some();
        let inputs = [
            Input::Begin {
                called: Some(record.clone()),
            },
            Input::Consent {
                given: true,
                guardian: None,
            },
            Input::Identity {
                name: record.name.clone(),
                number: Personal::new(NUMBER.into()),
                method: IdentityMethod::Compared,
            },
        ];
        for input in inputs {
            self.input(input).unwrap();
        }
        if matches!(self.state, State::Matching { answered: false, .. }) {
            self.input(Input::Found(Lookup::ByNumber(record))).unwrap();
        }
        self.input(Input::ConfirmEnrolment(standing)).unwrap();
        assert!(
            !paid || matches!(self.state, State::Preparing { .. }),
            "a retake was asked to pay again"
        );
    }

    fn ask_order(&mut self) {
        self.numbers += 1;
        let id = format!("CS-{}-{}", self.enrolment, self.numbers);
        let _ = self.input(Input::AskOrder { id });
    }

    fn cash(&mut self) {
        let tendered_fen = [FEE, 5000, 1000][self.chance.below(3)];
        if self.input(Input::CashTaken { tendered_fen }).is_ok() {
            self.ledger.cash_in += FEE;
            self.seen.cash += 1;
        }
    }

    fn approval(&self) -> SupervisorApproval {
        let supervisor = Operator {
            role: Role::Supervisor,
            ..self.operator.clone()
        };
        SupervisorApproval::after_pin(&supervisor, Moment(self.now)).unwrap()
    }

    fn exempt(&mut self) {
        if !self.chance.percent(20) {
            return;
        }
        let (reason, approval) = ("家庭经济困难".to_string(), self.approval());
        let before = self.ledger.exempted;
        self.ledger.exempted = true;
        if self.input(Input::Exempt { reason, approval }).is_err() {
            self.ledger.exempted = before;
        }
    }

    fn photograph(&mut self) {
        if !matches!(self.state, State::Preparing { .. }) {
            return;
        }
        let sample = SampleId(1);
        let photo = FreshPhoto {
            sample,
            sha256: "p".into(),
            size: 30_000,
        };
        let assessment = Assessment {
            results: vec![CheckResult {
                check: "mouth".into(),
                value: Some(0.1),
                unit: "ratio".into(),
                min: None,
                max: None,
                verdict: Verdict::Pass,
                force: Force::Gate,
                confidence: None,
                code: None,
            }],
            ticks: vec![],
        };
        for input in [
            Input::Ready,
            Input::StillTaken(sample),
            Input::StillAssessed { sample, assessment },
            Input::Accept,
            Input::Standardised(photo),
        ] {
            self.input(input).unwrap();
            // The network is slow: an answer comes while the sitter sits.
            if self.chance.percent(5) {
                self.deliver();
            }
            // The power went with the answer.
            if matches!(self.state, State::Idle) {
                return;
            }
        }
        self.input(Input::Confirm).unwrap();
    }

    fn phone(&mut self) {
        let closed: Vec<_> = self
            .book
            .closed_orders(self.enrolment, Moment(0))
            .into_iter()
            .map(|o| o.id)
            .collect();
        if self.provider.pay(&mut self.ledger, &mut self.chance) {
            self.seen.phones += 1;
            let late = closed.iter().any(|id| self.ledger.by_phone.contains_key(id));
            self.seen.paid_after_close += u32::from(late);
        }
    }

    /// A question to the server: it may be lost on the way there, and its answer on the way back, or late, or doubled.
    fn send(&mut self, what: Turn, order: &Order) {
        if !self.provider.honest && self.chance.percent(15) {
            return;
        }
        let answer = match what {
            Turn::Place => Some(self.provider.place(order, &mut self.chance)),
            Turn::Query => self.provider.query(order, &mut self.chance),
            Turn::Close => Some(self.provider.close(order, &mut self.chance)),
            Turn::Leave => return,
        };
        self.reply(Answer::Order(order.clone(), answer.clone()));
        if !self.provider.honest && self.chance.percent(10) {
            self.on_its_way.push(Answer::Order(order.clone(), answer));
        }
    }

    fn reply(&mut self, answer: Answer) {
        match self.chance.below(10) {
            _ if self.provider.honest => self.take(answer),
            0 | 1 => {}
            2..=4 => self.on_its_way.push(answer),
            _ => self.take(answer),
        }
    }

    fn deliver(&mut self) {
        if !self.on_its_way.is_empty() {
            let index = self.chance.below(self.on_its_way.len());
            let answer = self.on_its_way.swap_remove(index);
            self.take(answer);
        }
    }

    /// What the desk does with an answer.
    fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Order(_, None) => {}
            Answer::Order(asked, Some(answer)) => {
                if !asked.same_as(&answer) {
                    return;
                }
                self.book.keep_order(&answer);
                // The power goes between the two.
                if !self.provider.honest && self.chance.percent(3) {
                    return self.restart();
                }
                if given_back(&answer.id, &self.book.refunds(self.enrolment)) {
                    return;
                }
                if self.input(Input::OrderAnswered(answer.clone())) == Err(Refusal::Stale)
                    && let Some(fee) = SettledFee::from_paid(&answer, Moment(self.now))
                {
                    let line = self.rules_event("order_settled");
                    let payments = self.book.payments(self.enrolment);
                    self.seen.paid_twice += u32::from(payments.len() > 1);
                    self.book.settle(self.enrolment, &fee, &line);
                }
            }
            Answer::Refund(refund) => {
                let line = self.rules_event("refund_answered");
                self.seen.refunds_refused += u32::from(refund.state == RefundState::Refused);
                self.book.keep_refund(&refund, &line);
            }
        }
        self.no_free_photo();
    }

    fn poll(&mut self) {
        let now = Moment(self.now);
        let since = Moment(self.now - PACING.told_ms);
        let mut orders = self.book.open_orders(self.enrolment);
        orders.extend(self.book.closed_orders(self.enrolment, since));
        for order in orders {
            self.send(turn(&order, now, &PACING), &order);
        }
        for asked in self.book.refunds(self.enrolment) {
            if asked.state == RefundState::Unknown {
                self.ask_refund(&asked);
            }
        }
    }

    /// The queue page: a photo is held and its order can no longer be paid.
    fn held_at_the_desk(&mut self) {
        let (_, held) = self.book.photos(self.enrolment);
        let order = self.book.newest_order(self.enrolment);
        if held == 0 {
            return;
        }
        let order = order.unwrap();
        if order.open() && self.chance.percent(50) {
            return self.send(Turn::Close, &order);
        }
        let tender = Tender::Cash { tendered_fen: 2000 };
        let due = order.amount_fen;
        match settle(&tender, self.enrolment, due, Some(&order), &self.rules()) {
            Ok(proven) => {
                self.ledger.cash_in += due;
                self.seen.held_settled_at_desk += 1;
                self.book.settle(self.enrolment, &proven.fee, &proven.audit);
                assert_eq!(self.book.photos(self.enrolment).1, 0, "paid, and still held");
            }
            Err(refusal) => assert_eq!(refusal, Refusal::OrderOpen),
        }
        self.no_free_photo();
    }

    fn refund(&mut self) {
        // Not while this person is served.
        if !matches!(self.state, State::Idle | State::Done { .. }) {
            return;
        }
        let payments = self.book.payments(self.enrolment);
        let earlier = self.book.refunds(self.enrolment);
        let Some(fee) = refund::owed(&payments, &earlier) else {
            return;
        };
        self.numbers += 1;
        let number = format!("RF-{}-{}", self.enrolment, self.numbers);
        let approval = self.approval();
        let rules = self.rules();
        let decided = refund::decide(
            number,
            self.enrolment,
            fee,
            &earlier,
            "学生退出拍摄",
            &approval,
            &rules,
        );
        let (decided, line) = decided.unwrap();
        self.book.keep_refund(&decided, &line);
        self.ledger.made_free |= self.book.photos(self.enrolment).0 > 0;
        self.seen.refunds += 1;
        if decided.order.is_some() {
            self.ask_refund(&decided);
        } else {
            self.ledger.cash_out += decided.amount_fen;
        }
    }

    fn ask_refund(&mut self, asked: &Refund) {
        if !self.provider.honest && self.chance.percent(15) {
            return;
        }
        let answer = self.provider.refund(asked, &mut self.ledger, &mut self.chance);
        self.reply(Answer::Refund(answer));
    }

    fn restart(&mut self) {
        self.seen.restarts += 1;
        self.state = State::Idle;
        self.on_its_way.clear();
    }

    /// The network is there again and everybody tells the truth.
    pub(crate) fn come_to_rest(&mut self) {
        while !self.on_its_way.is_empty() {
            self.deliver();
        }
        self.restart();
        self.provider.honest = true;
        for _ in 0..3 {
            self.now += 5_000;
            self.poll();
        }
    }

    pub(crate) fn judge(&self, seed: u64) {
        let payments = self.book.payments(self.enrolment);
        let refunds = self.book.refunds(self.enrolment);
        let told = format!("walk {seed}: {:?} {payments:?} {refunds:?}", self.ledger);
        let ordered = |fee: &SettledFee| fee.order().map(str::to_string);
        let mut paid: Vec<String> = payments.iter().filter_map(ordered).collect();
        paid.sort();
        let phones: Vec<String> = self.ledger.by_phone.keys().cloned().collect();
        assert_eq!(paid, phones, "each order once, and no other: {told}");
        let cash = |fee: &&SettledFee| fee.method() == PaymentMethod::Cash;
        let done = |r: &&Refund| r.state == RefundState::Done;
        assert!(refunds.iter().all(|r| r.state != RefundState::Unknown), "{told}");
        let back_in_cash: u32 = refunds
            .iter()
            .filter(done)
            .filter(|r| r.order.is_none())
            .map(|r| r.amount_fen)
            .sum();
        let back_by_phone: u32 = refunds
            .iter()
            .filter(done)
            .filter(|r| r.order.is_some())
            .map(|r| r.amount_fen)
            .sum();
        assert_eq!(back_in_cash, self.ledger.cash_out, "{told}");
        assert_eq!(
            back_by_phone,
            self.ledger.sent_back.values().sum::<u32>(),
            "{told}"
        );
        // Cash that was given back before a photo is on no page but the refund's.
        let kept: u32 = payments.iter().filter(cash).map(SettledFee::amount_fen).sum();
        let of_kept =
            |r: &&Refund| r.order.is_none() && payments.iter().filter(cash).any(|fee| r.at >= fee.at());
        let counted_twice: u32 = refunds.iter().filter(of_kept).map(|r| r.amount_fen).sum();
        assert_eq!(
            kept + back_in_cash - counted_twice,
            self.ledger.cash_in,
            "cash: {told}"
        );
        let settled = self.book.standing(self.enrolment).settled;
        if self.ledger.held() > 0 {
            assert!(settled.is_some(), "paid and not settled: {told}");
        }
        let (_, held) = self.book.photos(self.enrolment);
        assert!(held == 0 || settled.is_none(), "settled, and still held: {told}");
        // Whatever came in beyond one fee is owed, one payment at a time.
        let exempt = settled.is_some_and(|fee| fee.method() == PaymentMethod::Exempt);
        let due = if exempt { 0 } else { FEE };
        if self.ledger.held() > due {
            assert!(
                refund::owed(&payments, &refunds).is_some(),
                "paid twice and not owed: {told}"
            );
        }
        let open = self.book.open_orders(self.enrolment);
        let wrong = |o: &Order| o.state == OrderState::Paid;
        assert!(!open.iter().any(wrong), "paid and left open: {told}");
    }
}
