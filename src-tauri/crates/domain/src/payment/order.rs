//! What an answer changes of an order, and which orders are still worth a question.

use super::{Order, OrderState};
use crate::moment::Moment;

impl Order {
    /// It may still be paid: no other way to pay opens and no new order is made, or the sitter could pay twice.
    pub const fn open(&self) -> bool {
        matches!(self.state, OrderState::Unknown | OrderState::NotPaid)
    }

    /// Enrolment and amount are frozen: an answer that differs in them is about something else.
    pub fn same_as(&self, other: &Self) -> bool {
        self.id == other.id && self.enrolment == other.enrolment && self.amount_fen == other.amount_fen
    }

    /// The order after an answer about it; a code once known stays known.
    #[must_use]
    pub fn after(&self, answer: Self) -> Self {
        let same_code = answer.code_url.is_none() || answer.code_url == self.code_url;
        let ends = if same_code { self.expires_at } else { None };
        Self {
            state: self.state.after(answer.state),
            code_url: answer.code_url.or_else(|| self.code_url.clone()),
            expires_at: ends.or(answer.expires_at),
            channel: self.channel,
            voucher: self.voucher.clone(),
            at: self.at,
            ..answer
        }
    }

    /// When it could be paid last, as far as that is known. An order may be placed long after it was written down.
    fn payable_until(&self) -> Moment {
        self.expires_at.unwrap_or(self.at)
    }

    /// Its code can be paid no more. Each answer tells how long a code lasts; without one it is counted from the order.
    fn over(&self, now: Moment, pacing: &Pacing) -> bool {
        self.expires_at.map_or_else(
            || now.since(self.at) >= pacing.lasts_ms,
            |end| now.since(end) >= 0,
        )
    }
}

impl OrderState {
    /// What is known after an answer. Answers overtake each other: a paid order stays paid, and a closed one stays
    /// closed unless it turns out to have been paid.
    #[must_use]
    pub const fn after(self, answer: Self) -> Self {
        match (self, answer) {
            (Self::Paid, _) | (_, Self::Paid) => Self::Paid,
            (Self::Closed, _) => Self::Closed,
            (_, answer) => answer,
        }
    }
}

/// When orders are given up, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pacing {
    /// Age at which an unpaid order is asked about a last time and closed, where no answer told when its code ends.
    pub lasts_ms: i64,
    /// How long a closed order is still asked about after the end of its code, or after it was written down where no
    /// code was given: so long a provider tells of a payment.
    pub told_ms: i64,
}

/// What to do about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Place it again under its number: it may never have arrived.
    Place,
    /// Ask how it stands.
    Query,
    /// Its time is over: have it closed; the answer says whether it was paid after all.
    Close,
    /// Nothing more.
    Leave,
}

/// What to do about an order now. An order that never got an answer may never have arrived: placing it again finds it
/// or makes it, under the same number, however long the network was away. A code is given up when its time is over.
pub fn turn(order: &Order, now: Moment, pacing: &Pacing) -> Turn {
    match order.state {
        OrderState::Unknown if order.code_url.is_none() => Turn::Place,
        OrderState::Unknown | OrderState::NotPaid if order.over(now, pacing) => Turn::Close,
        OrderState::Unknown | OrderState::NotPaid | OrderState::Paid => Turn::Query,
        OrderState::Closed if now.since(order.payable_until()) < pacing.told_ms => Turn::Query,
        OrderState::Closed => Turn::Leave,
    }
}
