//! One sitter, one desk, one network, one provider.

use crate::book::Book;
use crate::chance::Chance;
use crate::ledger::Ledger;
use crate::provider::Provider;
use crate::seen::Seen;
use crate::session::{person, setup};
use domain::identity::date::Date;
use domain::identity::{DocumentFacts, IdentityMethod};
use domain::operator::{Operator, Role};
use domain::payment::{Order, Pacing, Refund, Tender, Turn, refund, settle};
use domain::quality::{Assessment, CheckResult, Force, Verdict};
use domain::session::{Effect, FreshPhoto, Input, Refusal, Rules, SampleId, State, SupervisorApproval, step};
use domain::setup::SessionSetup;
use domain::{Moment, Personal};

pub(crate) const NUMBER: &str = "11010519491231002X";
pub(crate) const FEE: u32 = 2000;
pub(crate) const PACING: Pacing = Pacing {
    lasts_ms: 7_200_000,
    told_ms: 93_840_000,
};

/// On its way back to the desk.
pub(crate) enum Answer {
    Order(Order, Option<Order>),
    Refund(Refund),
}

pub(crate) struct World<'a> {
    pub(crate) enrolment: &'a str,
    pub(crate) book: &'a dyn Book,
    pub(crate) chance: Chance,
    pub(crate) provider: Provider,
    pub(crate) ledger: Ledger,
    pub(crate) state: State,
    pub(crate) setup: SessionSetup,
    pub(crate) operator: Operator,
    pub(crate) now: i64,
    /// Orders and refunds numbered so far.
    pub(crate) numbers: u32,
    pub(crate) on_its_way: Vec<Answer>,
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

    pub(crate) fn rules(&self) -> Rules<'_> {
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
        match self.chance.below(24) {
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
            22 => self.voucher(),
            _ if self.chance.percent(30) => self.restart(),
            _ => {}
        }
    }

    pub(crate) fn input(&mut self, input: Input) -> Result<(), Refusal> {
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

    pub(crate) fn rules_event(&self, what: &str) -> domain::audit::AuditEvent {
        domain::audit::AuditEvent {
            at: Moment(self.now),
            operator: "op".into(),
            what: what.into(),
            subject: self.enrolment.into(),
            detail: String::new(),
        }
    }

    /// The sitter comes, also again after a photo was rejected.
    pub(crate) fn sitter_comes(&mut self) {
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
                facts: DocumentFacts::default(),
            },
        ];
        for input in inputs {
            self.input(input).unwrap();
        }
        if matches!(self.state, State::Matching { answered: false, .. }) {
            self.input(Input::Found(vec![record])).unwrap();
        }
        self.input(Input::ConfirmEnrolment(standing)).unwrap();
        assert!(
            !paid || matches!(self.state, State::Preparing { .. }),
            "a retake was asked to pay again"
        );
    }

    pub(crate) fn ask_order(&mut self) {
        self.numbers += 1;
        let id = format!("CS-{}-{}", self.enrolment, self.numbers);
        let _ = self.input(Input::AskOrder { id, channel: None });
    }

    /// One of two vouchers is handed in, and nobody may wait for the answer.
    pub(crate) fn voucher(&mut self) {
        self.numbers += 1;
        let id = format!("CS-{}-{}", self.enrolment, self.numbers);
        let sha256 = self.setup.vouchers[self.chance.below(2)].sha256.clone();
        if self.input(Input::Redeem { id, sha256 }).is_ok() {
            self.seen.vouchers += 1;
            if self.chance.percent(50) && self.input(Input::GoOnUnknown).is_ok() {
                self.photograph();
            }
        }
    }

    pub(crate) fn cash(&mut self) {
        let tendered_fen = [FEE, 5000, 1000][self.chance.below(3)];
        if self.input(Input::CashTaken { tendered_fen }).is_ok() {
            self.ledger.cash_in += FEE;
            self.seen.cash += 1;
        }
    }

    pub(crate) fn approval(&self) -> SupervisorApproval {
        let supervisor = Operator {
            role: Role::Supervisor,
            ..self.operator.clone()
        };
        SupervisorApproval::after_pin(&supervisor, Moment(self.now)).unwrap()
    }

    pub(crate) fn exempt(&mut self) {
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

    pub(crate) fn photograph(&mut self) {
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

    pub(crate) fn phone(&mut self) {
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

    /// The queue page: a photo is held and its order can no longer be paid.
    pub(crate) fn held_at_the_desk(&mut self) {
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

    pub(crate) fn refund(&mut self) {
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

    pub(crate) fn restart(&mut self) {
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
}
