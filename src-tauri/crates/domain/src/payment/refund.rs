//! Money given back.
//!
//! A refund is one supervisor's decision about one payment, with a reason. A payment is given back once, whole. Cash
//! is handed over at once; an order's money is on its way until the central server says that it arrived; a voucher is good again then. From the
//! decision on, the fee counts as settled only where a photo was taken: a supervisor's free photo is a decision, and its
//! retakes stay free. Without a photo the fee is due again. A refund the provider refuses leaves the payment as it was.

use super::{PaymentMethod, Refund, RefundState, SettledFee};
use crate::audit::AuditEvent;
use crate::session::{Refusal, Rules, SupervisorApproval, checked_reason};

/// The payment to give back first: money that came in twice before the money that settles the fee. `paid` holds the
/// settling one first. `None` when nothing is left to give back.
pub fn owed<'a>(paid: &'a [SettledFee], earlier: &[Refund]) -> Option<&'a SettledFee> {
    paid.iter().rev().find(|fee| refundable(fee, earlier))
}

fn refundable(fee: &SettledFee, earlier: &[Refund]) -> bool {
    let money = match fee.method() {
        PaymentMethod::Order | PaymentMethod::AtSync | PaymentMethod::Voucher | PaymentMethod::Cash => {
            fee.amount_fen() > 0
        }
        PaymentMethod::Prepaid | PaymentMethod::Exempt => false,
    };
    let of_it = |r: &&Refund| {
        r.method == fee.method()
            && r.order.as_deref() == fee.order()
            // Cash has no number: what was paid after a refund is another payment.
            && (r.order.is_some() || r.at >= fee.at())
            && r.state != RefundState::Refused
    };
    money && !earlier.iter().any(|r| of_it(&r))
}

/// Decides that the money of `fee` is given back, under a number of its own.
pub fn decide(
    number: String,
    enrolment: &str,
    fee: &SettledFee,
    earlier: &[Refund],
    reason: &str,
    approval: &SupervisorApproval,
    rules: &Rules<'_>,
) -> Result<(Refund, AuditEvent), Refusal> {
    if !refundable(fee, earlier) {
        return Err(Refusal::NothingToRefund);
    }
    let reason = checked_reason(reason)?;
    let by_order = fee.order().is_some();
    let refund = Refund {
        id: number,
        enrolment: enrolment.to_string(),
        method: fee.method(),
        order: fee.order().map(str::to_string),
        amount_fen: fee.amount_fen(),
        reason: reason.clone(),
        supervisor: approval.supervisor().to_string(),
        operator: rules.operator.id.clone(),
        state: if by_order {
            RefundState::Unknown
        } else {
            RefundState::Done
        },
        at: rules.now,
    };
    let detail = format!("{} {} fen: {reason}", refund.id, refund.amount_fen);
    let line = rules.approved("fee_refunded", enrolment, &detail, approval);
    Ok((refund, line))
}

impl RefundState {
    /// What is known after an answer: money that is back stays back.
    #[must_use]
    pub const fn after(self, answer: Self) -> Self {
        match (self, answer) {
            (Self::Done, _) | (_, Self::Done) => Self::Done,
            (Self::Refused, _) => Self::Refused,
            (Self::Unknown, answer) => answer,
        }
    }
}
