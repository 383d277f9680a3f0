//! Orders whose outcome is not known yet: which are asked about, and what the answers change.

use super::effects::PAID_TWICE;
use super::{Desk, Trouble};
use crate::cashier::Errand;
use crate::contract::Level;
use domain::Moment;
use domain::payment::{Channel, Order, OrderState, SettledFee, Turn, given_back, turn};
use domain::port::CentralFault;
use domain::session::{Input, Refusal, State};
use std::collections::{BTreeMap, BTreeSet};

/// Says that the order of a held photo was closed unpaid.
const HELD_UNPAID: &str = "fault.held_unpaid";
/// Says that a voucher pays nothing: the central server knows it as used, or not at all.
const VOUCHER_REFUSED: &str = "fault.voucher_refused";

/// Questions under way. An order is asked about once at a time, so that a silent network piles nothing up
/// in front of the sitter who wants to pay now.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    orders: BTreeSet<String>,
    /// Those that are to be closed: given up here, not refused there.
    closing: BTreeSet<String>,
    /// The refund that is asked about.
    pub(super) refund: Option<String>,
    /// Refunds of which was said that the server does not take them.
    pub(super) refunds_told: BTreeSet<String>,
    /// Whose turn it is among the refunds.
    pub(super) refund_turn: usize,
    /// Whose turn it is among the orders that are not on screen.
    turn: usize,
    /// When a closed order is asked about again.
    next_closed: Moment,
}

impl Desk {
    /// Puts a question about an order to the central server.
    pub(super) fn ask(&mut self, errand: Errand) {
        if let Errand::Place(order) | Errand::Query(order) | Errand::Close(order) = &errand {
            self.asked.orders.insert(order.id.clone());
        }
        if let Errand::Close(order) = &errand {
            self.asked.closing.insert(order.id.clone());
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
            self.put(order);
        }
        if self.asked.orders.iter().any(|id| Some(id) != shown_id.as_ref()) {
            return;
        }
        match self.around.store.open_orders() {
            Ok(mut orders) => {
                orders.retain(|order| Some(&order.id) != shown_id.as_ref());
                let now = self.now();
                if orders.is_empty() || now.since(self.asked.next_closed) >= 0 {
                    self.asked.next_closed = now.plus(self.around.pacing.ask_closed_ms);
                    let since = now.plus(-self.around.pacing.orders.told_ms);
                    orders.extend(self.around.store.closed_orders(since).unwrap_or_default());
                }
                if !orders.is_empty() {
                    self.asked.turn = self.asked.turn.wrapping_add(1);
                    let order = orders.swap_remove(self.asked.turn % orders.len());
                    self.put(order);
                }
            }
            Err(fault) => tracing::error!(code = fault.code(), "orders could not be read"),
        }
    }

    /// Asks what the rules want to know of an order now.
    fn put(&mut self, order: Order) {
        match turn(&order, self.now(), &self.around.pacing.orders) {
            Turn::Place => self.ask(Errand::Place(order)),
            Turn::Query => self.ask(Errand::Query(order)),
            Turn::Close => self.ask(Errand::Close(order)),
            Turn::Leave => {}
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
                let newly_closed = answer.state == OrderState::Closed && asked.state != OrderState::Closed;
                let given_up = newly_closed && self.asked.closing.remove(&asked.id);
                let voucher_refused = newly_closed && !given_up && asked.channel == Channel::Voucher;
                if voucher_refused {
                    self.audit("voucher_refused", &asked.enrolment, &asked.id)?;
                } else if newly_closed {
                    self.tell_unpaid(&answer)?;
                }
                // An echo of a payment whose money went back.
                if answer.state == OrderState::Paid && given_back(&answer.id, &self.around.store.refunds()?) {
                    return Ok(());
                }
                // Nobody signed in, or between two sessions: the rules have no say, the money has.
                if self.operator.is_none() || self.setup.is_none() {
                    return self.settle_elsewhere(&answer);
                }
                let outcome = match self.input(Input::OrderAnswered(answer.clone())) {
                    Err(Trouble::Refusal(Refusal::Stale)) => self.settle_elsewhere(&answer),
                    other => {
                        // The answer clears what its question met, not money to be given back.
                        if on_screen && self.notice.as_ref().is_none_or(|n| n.code != PAID_TWICE) {
                            self.notice = None;
                        }
                        other
                    }
                };
                if voucher_refused {
                    let args = [("enrolment".to_string(), asked.enrolment.clone())];
                    self.say(Level::Warn, VOUCHER_REFUSED, args.into());
                }
                outcome
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

    /// A photo is held for an order that was closed unpaid: somebody has to choose another way.
    fn tell_unpaid(&mut self, order: &Order) -> Result<(), Trouble> {
        let held = self.around.store.photo_without_payment()?;
        if held.iter().any(|photo| photo.enrolment == order.enrolment) {
            let args = [("order".to_string(), order.id.clone())];
            self.say(Level::Warn, HELD_UNPAID, args.into());
        }
        Ok(())
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
