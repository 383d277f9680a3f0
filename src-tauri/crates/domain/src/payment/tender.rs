//! Ways to settle a fee at the desk, one file each, behind one list. The order is the central server's to settle.

use super::{Order, OrderState, PaymentMethod, SettledFee, cash, exempt};
use crate::audit::AuditEvent;
use crate::session::{Refusal, Rules, SupervisorApproval};

/// What somebody puts on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tender {
    /// Cash.
    Cash {
        /// Amount handed over, in fen.
        tendered_fen: u32,
    },
    /// A supervisor's word that nothing is due.
    Exempt {
        /// Why.
        reason: String,
        /// Who.
        approval: SupervisorApproval,
    },
}

/// A fee that was settled at the desk, and its line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The evidence.
    pub fee: SettledFee,
    /// The line; it is written in the same transaction.
    pub audit: AuditEvent,
}

impl Tender {
    const fn method(&self) -> PaymentMethod {
        match self {
            Self::Cash { .. } => PaymentMethod::Cash,
            Self::Exempt { .. } => PaymentMethod::Exempt,
        }
    }
}

/// Settles the fee of an enrolment, of the person at the desk as of one whose photo is held. Refused while an order is
/// paid or may still be paid, or the sitter would pay twice.
pub fn settle(
    tender: &Tender,
    enrolment: &str,
    due_fen: u32,
    order: Option<&Order>,
    rules: &Rules<'_>,
) -> Result<Proven, Refusal> {
    if !rules.setup.payment_methods.contains(&tender.method()) {
        return Err(Refusal::MethodClosed);
    }
    if order.is_some_and(|o| o.state != OrderState::Closed) {
        return Err(Refusal::OrderOpen);
    }
    match tender {
        Tender::Cash { tendered_fen } => cash::taken(due_fen, *tendered_fen, enrolment, rules),
        Tender::Exempt { reason, approval } => exempt::granted(reason, approval, enrolment, rules),
    }
}
