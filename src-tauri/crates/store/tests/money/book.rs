//! What is written down: in the real store, or on pages in memory that follow the same rules.

use domain::Moment;
use domain::audit::AuditEvent;
use domain::payment::{Met, Order, OrderState, PaymentMethod, Refund, SettledFee, given_back, meet};
use domain::port::{Days, NewPacket, Store, Till};
use domain::queue::QueueState;
use domain::session::Standing;
use std::cell::RefCell;
use store::StationStore;

pub(crate) trait Book {
    fn keep_order(&self, order: &Order);
    /// Those of this enrolment.
    fn open_orders(&self, enrolment: &str) -> Vec<Order>;
    fn closed_orders(&self, enrolment: &str, since: Moment) -> Vec<Order>;
    fn newest_order(&self, enrolment: &str) -> Option<Order>;
    fn payments(&self, enrolment: &str) -> Vec<SettledFee>;
    fn settle(&self, enrolment: &str, fee: &SettledFee, line: &AuditEvent);
    /// What the day's sheet says came in, each with its proof.
    fn takings(&self, enrolment: &str) -> Vec<(PaymentMethod, u32, String)>;
    fn keep_refund(&self, refund: &Refund, line: &AuditEvent);
    fn refunds(&self, enrolment: &str) -> Vec<Refund>;
    fn standing(&self, enrolment: &str) -> Standing;
    fn keep_photo(&self, enrolment: &str, held_for: Option<&str>, line: &AuditEvent);
    /// Photos on their way, and photos that are held.
    fn photos(&self, enrolment: &str) -> (usize, usize);
}

#[derive(Default)]
struct Lines {
    orders: Vec<Order>,
    settled: Option<SettledFee>,
    takings: Vec<SettledFee>,
    refunds: Vec<Refund>,
    /// `true`: held.
    photos: Vec<bool>,
}

impl Lines {
    fn take_down(&mut self, fee: &SettledFee) {
        let known = |taken: &SettledFee| fee.order().is_some() && taken.same_as(fee);
        if !self.takings.iter().any(known) {
            self.takings.push(fee.clone());
        }
    }
}

/// Pages in memory for one enrolment.
#[derive(Default)]
pub(crate) struct Pages(RefCell<Lines>);

impl Pages {
    fn given_back(lines: &Lines, order: &Order) -> bool {
        given_back(&order.id, &lines.refunds)
    }
}

impl Book for Pages {
    fn keep_order(&self, order: &Order) {
        let mut lines = self.0.borrow_mut();
        match lines.orders.iter_mut().find(|o| o.id == order.id) {
            Some(known) => *known = known.after(order.clone()),
            None => lines.orders.push(order.clone()),
        }
    }

    fn open_orders(&self, _enrolment: &str) -> Vec<Order> {
        let lines = self.0.borrow();
        let unsettled = |o: &Order| {
            let taken = lines.takings.iter().any(|fee| fee.order() == Some(o.id.as_str()));
            let loose = lines.settled.is_none() || !taken;
            o.state == OrderState::Paid && loose && !Self::given_back(&lines, o)
        };
        let open = lines.orders.iter().filter(|o| o.open() || unsettled(o));
        open.cloned().collect()
    }

    fn closed_orders(&self, _enrolment: &str, since: Moment) -> Vec<Order> {
        let lines = self.0.borrow();
        let closed = |o: &&Order| o.state == OrderState::Closed && o.expires_at.unwrap_or(o.at) >= since;
        lines.orders.iter().filter(closed).cloned().collect()
    }

    fn newest_order(&self, _enrolment: &str) -> Option<Order> {
        self.0.borrow().orders.last().cloned()
    }

    fn payments(&self, _enrolment: &str) -> Vec<SettledFee> {
        let lines = self.0.borrow();
        let first = lines.settled.clone();
        let paid = lines.orders.iter().filter_map(|o| SettledFee::from_paid(o, o.at));
        let beside = paid.filter(|fee| !first.as_ref().is_some_and(|f| f.same_as(fee)));
        first.clone().into_iter().chain(beside).collect()
    }

    fn settle(&self, _enrolment: &str, fee: &SettledFee, _line: &AuditEvent) {
        let mut lines = self.0.borrow_mut();
        let met = meet(lines.settled.as_ref(), fee, &lines.refunds);
        if met == Met::GivenBack {
            return;
        }
        if met == Met::First {
            lines.settled = Some(fee.clone());
        }
        if met != Met::Same {
            lines.take_down(fee);
        }
        lines.photos.fill(false);
    }

    fn takings(&self, _enrolment: &str) -> Vec<(PaymentMethod, u32, String)> {
        let lines = self.0.borrow();
        let taken = |fee: &SettledFee| (fee.method(), fee.amount_fen(), fee.proof().to_owned());
        lines.takings.iter().map(taken).collect()
    }

    fn keep_refund(&self, refund: &Refund, _line: &AuditEvent) {
        let mut lines = self.0.borrow_mut();
        if let Some(known) = lines.refunds.iter_mut().find(|r| r.id == refund.id) {
            known.state = known.state.after(refund.state);
            return;
        }
        let by_it = |fee: &SettledFee| fee.order().is_some() && fee.order() == refund.order.as_deref();
        let paid = lines.orders.iter().filter_map(|o| SettledFee::from_paid(o, o.at));
        let came_in: Vec<_> = paid.filter(by_it).collect();
        came_in.iter().for_each(|fee| lines.take_down(fee));
        lines.refunds.push(refund.clone());
        let of_it =
            |fee: &SettledFee| fee.method() == refund.method && fee.order() == refund.order.as_deref();
        if lines.settled.as_ref().is_some_and(of_it) && !lines.photos.contains(&false) {
            lines.settled = None;
        }
    }

    fn refunds(&self, _enrolment: &str) -> Vec<Refund> {
        self.0.borrow().refunds.clone()
    }

    fn standing(&self, _enrolment: &str) -> Standing {
        let lines = self.0.borrow();
        let unfinished = |o: &&Order| o.state != OrderState::Closed && !Self::given_back(&lines, o);
        Standing {
            settled: lines.settled.clone(),
            order: lines
                .orders
                .iter()
                .rev()
                .find(unfinished)
                .filter(|_| lines.settled.is_none())
                .cloned(),
            ..Standing::default()
        }
    }

    fn keep_photo(&self, _enrolment: &str, held_for: Option<&str>, _line: &AuditEvent) {
        let mut lines = self.0.borrow_mut();
        let held = held_for.is_some() && lines.settled.is_none();
        lines.photos.push(held);
    }

    fn photos(&self, _enrolment: &str) -> (usize, usize) {
        let lines = self.0.borrow();
        let held = lines.photos.iter().filter(|held| **held).count();
        (lines.photos.len() - held, held)
    }
}

impl Book for StationStore {
    fn keep_order(&self, order: &Order) {
        Till::keep_order(self, order).unwrap();
    }

    fn open_orders(&self, enrolment: &str) -> Vec<Order> {
        let mut orders = Till::open_orders(self).unwrap();
        orders.retain(|o| o.enrolment == enrolment);
        orders
    }

    fn closed_orders(&self, enrolment: &str, since: Moment) -> Vec<Order> {
        let mut orders = Till::closed_orders(self, since).unwrap();
        orders.retain(|o| o.enrolment == enrolment);
        orders
    }

    fn newest_order(&self, enrolment: &str) -> Option<Order> {
        Till::newest_order(self, enrolment).unwrap()
    }

    fn payments(&self, enrolment: &str) -> Vec<SettledFee> {
        Till::payments(self, enrolment).unwrap()
    }

    fn settle(&self, enrolment: &str, fee: &SettledFee, line: &AuditEvent) {
        self.keep_settled_fee(enrolment, fee, line).unwrap();
    }

    fn takings(&self, enrolment: &str) -> Vec<(PaymentMethod, u32, String)> {
        let mut takings = self.day_facts(Moment(i64::MAX)).unwrap().takings;
        takings.retain(|taking| taking.enrolment == enrolment);
        let taken = takings.into_iter();
        taken
            .map(|taking| (taking.method, taking.amount_fen, taking.proof))
            .collect()
    }

    fn keep_refund(&self, refund: &Refund, line: &AuditEvent) {
        Till::keep_refund(self, refund, line).unwrap();
    }

    fn refunds(&self, enrolment: &str) -> Vec<Refund> {
        let mut refunds = Till::refunds(self).unwrap();
        refunds.retain(|r| r.enrolment == enrolment);
        refunds
    }

    fn standing(&self, enrolment: &str) -> Standing {
        Store::standing(self, enrolment).unwrap()
    }

    fn keep_photo(&self, enrolment: &str, held_for: Option<&str>, line: &AuditEvent) {
        let (sent, held) = self.photos(enrolment);
        let new = NewPacket {
            packet: format!("p-{enrolment}-{}", sent + held),
            enrolment: enrolment.into(),
            session: "s1".into(),
            sealed: b"x".to_vec(),
            sha256: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881".into(),
            at: line.at,
            held_for: held_for.map(str::to_string),
            retake_of: None,
            audit: line.clone(),
        };
        self.enqueue(&new).unwrap();
    }

    fn photos(&self, enrolment: &str) -> (usize, usize) {
        let mut entries = self.queue(10_000).unwrap();
        entries.retain(|e| e.enrolment == enrolment);
        let held = entries.iter().filter(|e| e.state == QueueState::Held).count();
        (entries.len() - held, held)
    }
}
