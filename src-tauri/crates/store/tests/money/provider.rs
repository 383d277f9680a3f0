//! The central server with a payment provider behind it, as untrustworthy as the documents allow.

use crate::chance::Chance;
use crate::ledger::Ledger;
use domain::payment::{Order, OrderState, Refund, RefundState};
use std::collections::BTreeMap;

/// What is true of an order, whatever is said of it.
#[derive(Debug, Clone)]
struct Truth {
    amount_fen: u32,
    voucher: Option<String>,
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
    pub(crate) fn place(&mut self, order: &Order, ledger: &mut Ledger, chance: &mut Chance) -> Order {
        let used = order.voucher.is_some() && self.voucher_used(order, ledger, chance);
        let mut truth = Truth {
            amount_fen: order.amount_fen,
            voucher: order.voucher.clone(),
            paid: false,
            closed: used,
        };
        if !self.orders.contains_key(&order.id) {
            // A voucher pays as soon as it is known: it was sold before.
            if order.voucher.is_some() && !used {
                truth.paid = true;
                assert_eq!(ledger.by_phone.insert(order.id.clone(), order.amount_fen), None);
            }
            self.orders.insert(order.id.clone(), truth);
        }
        self.say(order, chance)
    }

    /// It paid another order whose money did not go back, or was used at another station.
    fn voucher_used(&self, order: &Order, ledger: &Ledger, chance: &mut Chance) -> bool {
        let paid = |(id, truth): (&String, &Truth)| {
            truth.voucher == order.voucher && truth.paid && !ledger.sent_back.contains_key(id)
        };
        self.orders.iter().any(paid) || chance.percent(20)
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
            voucher: order.voucher.clone(),
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
                // Whether a voucher was used is read from one list: it is never told wrongly as closed.
                1 if truth.closed || (truth.paid && truth.voucher.is_none()) => OrderState::Closed,
                _ => OrderState::NotPaid,
            };
        }
        let muddled = !self.honest && chance.percent(2);
        Order {
            amount_fen: if muddled { 1 } else { order.amount_fen },
            state,
            code_url: (state != OrderState::Unknown && order.voucher.is_none())
                .then(|| format!("code:{}", order.id)),
            ..order.clone()
        }
    }

    /// A phone pays. One that was scanned before the close may still go through, rarely.
    pub(crate) fn pay(&mut self, ledger: &mut Ledger, chance: &mut Chance) -> bool {
        let race = chance.percent(20);
        let payable: Vec<_> = self
            .orders
            .iter()
            .filter(|(_, t)| !t.paid && t.voucher.is_none() && (!t.closed || race))
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
