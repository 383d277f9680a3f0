//! Orders whose outcome is not known yet: which are asked about, and what the answers change.

use super::effects::PAID_TWICE;
use super::{Desk, Trouble};
use crate::cashier::Errand;
use crate::contract::Level;
use domain::payment::{Order, OrderState, SettledFee};
use domain::port::CentralFault;
use domain::session::{Input, Refusal, State};
use std::collections::{BTreeMap, BTreeSet};

/// Questions under way. An order is asked about once at a time, so that a silent network piles nothing up
/// in front of the sitter who wants to pay now.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    orders: BTreeSet<String>,
    /// Whose turn it is among the orders that are not on screen.
    turn: usize,
}

impl Desk {
    /// Puts a question about an order to the central server.
    pub(super) fn ask(&mut self, errand: Errand) {
        if let Errand::Place(order) | Errand::Query(order) | Errand::Close(order) = &errand {
            self.asked.orders.insert(order.id.clone());
        }
        self.send_errand(errand);
    }

    /// Asks how unsettled orders stand: the one on screen always, the others in turn and one at a time.
    pub(super) fn poll_orders(&mut self) {
        let shown = match &self.state {
            State::Paying { order, .. } => order.clone(),
            _ => None,
        };
        let shown_id = shown.as_ref().map(|order| order.id.clone());
        if let Some(order) = shown
            && !self.asked.orders.contains(&order.id)
        {
            self.ask(question(order));
        }
        if self.asked.orders.iter().any(|id| Some(id) != shown_id.as_ref()) {
            return;
        }
        match self.around.store.open_orders() {
            Ok(mut orders) => {
                orders.retain(|order| Some(&order.id) != shown_id.as_ref());
                if !orders.is_empty() {
                    self.asked.turn = self.asked.turn.wrapping_add(1);
                    let order = orders.swap_remove(self.asked.turn % orders.len());
                    self.ask(question(order));
                }
            }
            Err(fault) => tracing::error!(code = fault.code(), "orders could not be read"),
        }
    }

    /// An answer, or none, to a question about an order.
    pub(super) fn order(
        &mut self,
        asked: &Order,
        answer: Result<Order, CentralFault>,
    ) -> Result<(), Trouble> {
        self.asked.orders.remove(&asked.id);
        let on_screen = matches!(&self.state, State::Paying { order: Some(o), .. } if o.id == asked.id);
        match answer {
            Ok(answer) => {
                self.answered();
                if answer.id != asked.id || answer.amount_fen != asked.amount_fen {
                    return Err(Refusal::OtherOrder.into());
                }
                if asked.state != answer.state || asked.code_url != answer.code_url {
                    self.around.store.keep_order(&answer)?;
                }
                // Nobody signed in, or between two sessions: the rules have no say, the money has.
                if self.operator.is_none() || self.setup.is_none() {
                    return self.settle_elsewhere(&answer);
                }
                match self.input(Input::OrderAnswered(answer.clone())) {
                    Err(Trouble::Refusal(Refusal::Stale)) => self.settle_elsewhere(&answer),
                    other => {
                        // The answer clears what its question met, not money to be given back.
                        if on_screen && self.notice.as_ref().is_none_or(|n| n.code != PAID_TWICE) {
                            self.notice = None;
                        }
                        other
                    }
                }
            }
            Err(fault) => {
                if on_screen {
                    let level = if fault.temporary() {
                        Level::Offline
                    } else {
                        Level::Fail
                    };
                    self.say(level, &format!("fault.{}", fault.code()), BTreeMap::new());
                }
                Ok(())
            }
        }
    }

    /// An order was paid that no session on screen waits for: a held packet is released.
    fn settle_elsewhere(&mut self, order: &Order) -> Result<(), Trouble> {
        let Some(fee) = SettledFee::from_paid(order, self.now()) else {
            return Ok(());
        };
        let audit = self.event("order_settled", &order.id, "");
        self.keep_settled_fee(&order.enrolment, &fee, &audit)
    }
}

/// An order without any answer may never have arrived: placing it again finds it or makes it, under the same
/// number.
fn question(order: Order) -> Errand {
    if order.state == OrderState::Unknown {
        Errand::Place(order)
    } else {
        Errand::Query(order)
    }
}
