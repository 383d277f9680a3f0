//! A central server in the same process: it keeps what it is given, and says what a test puts in.

use domain::Moment;
use domain::change::{Change, Changes, What};
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::payment::{Order, OrderState, Refund, RefundState};
use domain::port::{Central, CentralFault, Delivery, Received};
use domain::queue::QueueEntry;
use packet::{Acknowledgement, BundleEntry, Expected, ServerSigningKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// What it says to everything.
#[derive(Debug, Clone, Default)]
pub(crate) enum Word {
    #[default]
    Works,
    Fails(CentralFault),
}

#[derive(Default)]
struct Inside {
    word: Word,
    clock: Option<Moment>,
    changes: Vec<What>,
    questions: u32,
    poisoned: BTreeMap<String, CentralFault>,
    distrusted: BTreeSet<String>,
    commits: BTreeMap<String, u32>,
    withdrawn: BTreeSet<String>,
    /// What it says of every order; nothing: no answer.
    orders: Option<OrderState>,
    /// What it says of every refund; nothing: no answer.
    refunds: Option<RefundState>,
    takes_no_refunds: bool,
    /// Refunds asked for, by number.
    refunded: Vec<String>,
    eligibility: Option<Eligibility>,
    asked_about: Vec<EligibilityQuestion>,
}

/// The server; every clone is the same one.
#[derive(Clone, Default)]
pub(crate) struct Server(Arc<Mutex<Inside>>);

impl Server {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap()
    }

    pub(crate) fn say(&self, word: Word) {
        let mut inside = self.inside();
        inside.word = word;
        inside.questions = 0;
    }

    pub(crate) fn tell(&self, what: What) {
        self.inside().changes.push(what);
    }

    pub(crate) fn set_orders(&self, state: OrderState) {
        self.inside().orders = Some(state);
    }

    pub(crate) fn set_refunds(&self, state: Option<RefundState>) {
        self.inside().refunds = state;
    }

    pub(crate) fn take_no_refunds(&self) {
        self.inside().takes_no_refunds = true;
    }

    /// The numbers under which refunds were asked for.
    pub(crate) fn refunded(&self) -> BTreeSet<String> {
        self.inside().refunded.iter().cloned().collect()
    }

    /// What it says of everybody from now on.
    pub(crate) fn judge(&self, eligibility: Eligibility) {
        self.inside().eligibility = Some(eligibility);
    }

    /// Whom it was asked about.
    pub(crate) fn asked_about(&self) -> Vec<EligibilityQuestion> {
        self.inside().asked_about.clone()
    }

    fn order(&self, order: &Order) -> Result<Order, CentralFault> {
        let state = self.inside().orders;
        let state = state.ok_or_else(|| CentralFault::Unreachable("no orders here".into()))?;
        Ok(Order {
            state,
            code_url: Some("weixin://wxpay/bizpayurl?pr=1".into()),
            ..order.clone()
        })
    }

    pub(crate) fn set_clock(&self, clock: Moment) {
        self.inside().clock = Some(clock);
    }

    /// Falls over this packet and no other.
    pub(crate) fn poison(&self, packet: &str, fault: CentralFault) {
        self.inside().poisoned.insert(packet.into(), fault);
    }

    /// An acknowledgement of this packet proves nothing.
    pub(crate) fn distrust(&self, packet: &str) {
        self.inside().distrusted.insert(packet.into());
    }

    /// How often each packet was committed.
    pub(crate) fn commits(&self) -> Vec<u32> {
        self.inside().commits.values().copied().collect()
    }

    pub(crate) fn receipt(&self, entry: &BundleEntry) -> Acknowledgement {
        let expected = Expected {
            packet_id: entry.packet_id,
            sha256: &entry.sha256,
            size: entry.size,
        };
        Acknowledgement::sign(
            &expected,
            jiff::Timestamp::UNIX_EPOCH,
            &ServerSigningKey::from_seed(&[4; 32]),
        )
    }

    /// Waits until the station asked so often since the last word.
    pub(crate) fn wait_for_questions(&self, questions: u32) {
        self.wait(|inside| inside.questions >= questions);
    }

    pub(crate) fn wait_for_withdrawal(&self, packet: &str) {
        self.wait(|inside| inside.withdrawn.contains(packet));
    }

    fn wait(&self, holds: impl Fn(&Inside) -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !holds(&self.inside()) {
            assert!(Instant::now() < end, "never asked");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn word(&self) -> Result<(), CentralFault> {
        let mut inside = self.inside();
        inside.questions += 1;
        match &inside.word {
            Word::Works => Ok(()),
            Word::Fails(fault) => Err(fault.clone()),
        }
    }
}

/// One worker's connection to it.
pub(crate) struct Line {
    pub(crate) server: Server,
    /// No session can be chosen without a key to seal to.
    pub(crate) recipient: String,
}

impl Central for Line {
    fn answers(&mut self) -> Result<Moment, CentralFault> {
        self.server.word()?;
        Ok(self.server.inside().clock.unwrap_or(Moment(1_795_000_000_000)))
    }

    fn changes(&mut self, after: i64) -> Result<Changes, CentralFault> {
        let changes = self.server.inside().changes.clone();
        let changes = (1..).zip(changes).filter(|(cursor, _)| *cursor > after);
        Ok(Changes {
            changes: changes.map(|(cursor, what)| Change { cursor, what }).collect(),
            more: false,
        })
    }

    fn place_order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        self.server.order(order)
    }

    fn order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        self.server.order(order)
    }

    fn close_order(&mut self, order: &Order) -> Result<Order, CentralFault> {
        self.server.order(order)
    }

    fn refund(&mut self, refund: &Refund) -> Result<RefundState, CentralFault> {
        let mut inside = self.server.inside();
        inside.refunded.push(refund.id.clone());
        if inside.takes_no_refunds {
            return Err(CentralFault::Refused("order_unknown".into()));
        }
        inside
            .refunds
            .ok_or_else(|| CentralFault::Unreachable("no refunds here".into()))
    }

    fn eligibility(&mut self, question: &EligibilityQuestion) -> Result<Eligibility, CentralFault> {
        self.server.word()?;
        let mut inside = self.server.inside();
        inside.asked_about.push(question.clone());
        Ok(inside.eligibility.clone().unwrap_or(Eligibility::Unknown))
    }

    fn deliver(&mut self, delivery: Delivery<'_>) -> Result<Received, CentralFault> {
        self.server.word()?;
        let packet = delivery.entry.packet.clone();
        let mut inside = self.server.inside();
        if let Some(fault) = inside.poisoned.get(&packet) {
            return Err(fault.clone());
        }
        *inside.commits.entry(packet).or_default() += 1;
        Ok(Received {
            acknowledgement: "{}".into(),
        })
    }

    fn withdraw(&mut self, packet: &str, _reason: &str) -> Result<(), CentralFault> {
        self.server.word()?;
        self.server.inside().withdrawn.insert(packet.into());
        Ok(())
    }

    fn photo(&mut self, _packet: &str) -> Result<Vec<u8>, CentralFault> {
        self.server.word()?;
        Ok(b"\xff\xd8old".to_vec())
    }

    fn check_acknowledgement(&self, entry: &QueueEntry, _acknowledgement: &str) -> Result<(), CentralFault> {
        if self.server.inside().distrusted.contains(&entry.packet) {
            Err(CentralFault::Acknowledgement("a test".into()))
        } else {
            Ok(())
        }
    }

    fn recipient(&self) -> String {
        self.recipient.clone()
    }

    fn recovery(&self) -> Option<String> {
        None
    }
}
