//! Not due: a supervisor says why.

use super::{PaymentMethod, Proven, SettledFee};
use crate::session::{Refusal, Rules, SupervisorApproval, checked_reason};

pub(super) fn granted(
    reason: &str,
    approval: &SupervisorApproval,
    enrolment: &str,
    rules: &Rules<'_>,
) -> Result<Proven, Refusal> {
    let reason = checked_reason(reason)?;
    let audit = rules.approved("fee_exempted", enrolment, &reason, approval);
    let proof = format!("{}: {reason}", approval.supervisor());
    let fee = SettledFee::new(PaymentMethod::Exempt, 0, proof, rules.operator, rules.now);
    Ok(Proven { fee, audit })
}
