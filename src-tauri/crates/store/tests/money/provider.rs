//! The central server with a payment provider behind it, as untrustworthy as the documents allow.

use crate::chance::Chance;
use crate::ledger::Ledger;
use domain::payment::{Order, OrderState, Refund, RefundState};
use std::collections::BTreeMap;

/// What is true of an order, whatever is said of it.
#[derive(Debug, Clone)]
struct Truth {
    amount_fen: u32,
    paid: bool,
    closed: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Provider {
    orders: BTreeMap<String, Truth>,
    refunds: BTreeMap<String, RefundState>,
    /// From now on it answers at once and tells the truth.
    pub(crate) honest: bool,
}

impl Provider {
    /// The order is made or found, and the answer says how it stands.
    pub(crate) fn place(&mut self, order: &Order, chance: &mut Chance) -> Order {
        let truth = Truth {
            amount_fen: order.amount_fen,
            paid: false,
            closed: false,
        };
        self.orders.entry(order.id.clone()).or_insert(truth);
        self.say(order, chance)
    }

    /// `None`: it knows no such order.
    pub(crate) fn query(&self, order: &Order, chance: &mut Chance) -> Option<Order> {
        self.orders
            .contains_key(&order.id)
            .then(|| self.say(order, chance))
    }

    /// Closes what is not paid; a number it does not know is closed for ever.
    pub(crate) fn close(&mut self, order: &Order, chance: &mut Chance) -> Order {
        let truth = self.orders.entry(order.id.clone()).or_insert(Truth {
            amount_fen: order.amount_fen,
            paid: false,
            closed: true,
        });
        truth.closed |= !truth.paid;
        self.say(order, chance)
    }

    fn say(&self, order: &Order, chance: &mut Chance) -> Order {
        let truth = &self.orders[&order.id];
        let mut state = match truth {
            Truth { paid: true, .. } => OrderState::Paid,
            Truth { closed: true, .. } => OrderState::Closed,
            _ => OrderState::NotPaid,
        };
        // A system error, a copy that lags behind, a close that crossed a payment. Never "closed" of an order that
        // can still be paid: that one word frees the other ways to pay.
        if !self.honest && chance.percent(15) {
            state = match chance.below(3) {
                0 => OrderState::Unknown,
                1 if truth.closed || truth.paid => OrderState::Closed,
                _ => OrderState::NotPaid,
            };
        }
        let muddled = !self.honest && chance.percent(2);
        Order {
            amount_fen: if muddled { 1 } else { order.amount_fen },
            state,
            code_url: (state != OrderState::Unknown).then(|| format!("code:{}", order.id)),
            ..order.clone()
        }
    }

    /// A phone pays. One that was scanned before the close may still go through, rarely.
    pub(crate) fn pay(&mut self, ledger: &mut Ledger, chance: &mut Chance) -> bool {
        let race = chance.percent(20);
        let payable: Vec<_> = self
            .orders
            .iter()
            .filter(|(_, t)| !t.paid && (!t.closed || race))
            .map(|(id, _)| id.clone())
            .collect();
        if payable.is_empty() {
            return false;
        }
        let id = &payable[chance.below(payable.len())];
        let truth = self.orders.get_mut(id).unwrap();
        truth.paid = true;
        assert_eq!(ledger.by_phone.insert(id.clone(), truth.amount_fen), None);
        true
    }

    /// Numbers of the orders a phone could pay now.
    pub(crate) fn payable(&self) -> usize {
        self.orders.values().filter(|t| !t.paid && !t.closed).count()
    }

    /// Gives money back once under a refund's number.
    pub(crate) fn refund(&mut self, refund: &Refund, ledger: &mut Ledger, chance: &mut Chance) -> Refund {
        let order = refund.order.clone().unwrap();
        assert!(self.orders[&order].paid, "money that never came was asked back");
        let known = self
            .refunds
            .entry(refund.id.clone())
            .or_insert(RefundState::Unknown);
        if *known == RefundState::Unknown && (self.honest || chance.percent(50)) {
            *known = if chance.percent(15) {
                RefundState::Refused
            } else {
                let twice = ledger.sent_back.insert(order, refund.amount_fen);
                assert_eq!(twice, None, "an order was given back twice");
                RefundState::Done
            };
        }
        Refund {
            state: *known,
            ..refund.clone()
        }
    }
}
