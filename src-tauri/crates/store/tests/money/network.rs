//! Questions and answers, and what the desk does with them.

use crate::world::{Answer, PACING, World};
use domain::Moment;
use domain::payment::{Order, Refund, RefundState, SettledFee, Turn, given_back, turn};
use domain::session::{Input, Refusal};

impl World<'_> {
    /// A question to the server: it may be lost on the way there, and its answer on the way back, or late, or doubled.
    pub(crate) fn send(&mut self, what: Turn, order: &Order) {
        if !self.provider.honest && self.chance.percent(15) {
            return;
        }
        let answer = match what {
            Turn::Place => Some(self.provider.place(order, &mut self.ledger, &mut self.chance)),
            Turn::Query => self.provider.query(order, &mut self.chance),
            Turn::Close => Some(self.provider.close(order, &mut self.chance)),
            Turn::Leave => return,
        };
        self.reply(Answer::Order(order.clone(), answer.clone()));
        if !self.provider.honest && self.chance.percent(10) {
            self.on_its_way.push(Answer::Order(order.clone(), answer));
        }
    }

    pub(crate) fn reply(&mut self, answer: Answer) {
        match self.chance.below(10) {
            _ if self.provider.honest => self.take(answer),
            0 | 1 => {}
            2..=4 => self.on_its_way.push(answer),
            _ => self.take(answer),
        }
    }

    pub(crate) fn deliver(&mut self) {
        if !self.on_its_way.is_empty() {
            let index = self.chance.below(self.on_its_way.len());
            let answer = self.on_its_way.swap_remove(index);
            self.take(answer);
        }
    }

    /// What the desk does with an answer.
    pub(crate) fn take(&mut self, answer: Answer) {
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

    pub(crate) fn poll(&mut self) {
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

    pub(crate) fn ask_refund(&mut self, asked: &Refund) {
        if !self.provider.honest && self.chance.percent(15) {
            return;
        }
        let answer = self.provider.refund(asked, &mut self.ledger, &mut self.chance);
        self.reply(Answer::Refund(answer));
    }
}
