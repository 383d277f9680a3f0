//! What new evidence of a payment means beside what is written down.

use super::{PaymentMethod, Refund, RefundState, SettledFee};

/// What a payment is beside those that are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// The first: it settles the fee.
    First,
    /// The one that settled the fee, told once more.
    Same,
    /// Another one: the fee was paid twice, and this money is owed back.
    Second,
    /// It was given back or is on its way back: it settles nothing.
    GivenBack,
}

impl SettledFee {
    /// The order that was paid, for a fee paid by one; a voucher pays one, too.
    pub fn order(&self) -> Option<&str> {
        matches!(
            self.method,
            PaymentMethod::Order | PaymentMethod::AtSync | PaymentMethod::Voucher
        )
        .then_some(self.proof.as_str())
    }

    /// What this payment is known by beside the enrolment's others: the order's number, else when it was taken.
    pub fn known_by(&self) -> String {
        self.order()
            .map_or_else(|| self.at().0.to_string(), str::to_owned)
    }

    /// The same payment, told once more.
    pub fn same_as(&self, other: &Self) -> bool {
        self.method == other.method && self.proof == other.proof
    }
}

/// True when the money of this order was given back or is on its way back: an echo of its payment settles nothing.
pub fn given_back(order: &str, refunds: &[Refund]) -> bool {
    let of = |r: &Refund| r.order.as_deref() == Some(order) && r.state != RefundState::Refused;
    refunds.iter().any(of)
}

/// Tells a payment from its echo, from a second one, and from one that was given back.
pub fn meet(first: Option<&SettledFee>, fee: &SettledFee, refunds: &[Refund]) -> Met {
    match first {
        Some(first) if first.same_as(fee) => Met::Same,
        _ if fee.order().is_some_and(|order| given_back(order, refunds)) => Met::GivenBack,
        Some(_) => Met::Second,
        None => Met::First,
    }
}
