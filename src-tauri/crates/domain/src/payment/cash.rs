//! Cash, with change.

use super::{PaymentMethod, Proven, SettledFee, change};
use crate::session::{Refusal, Rules};

pub(super) fn taken(
    due_fen: u32,
    tendered_fen: u32,
    enrolment: &str,
    rules: &Rules<'_>,
) -> Result<Proven, Refusal> {
    let back = change(due_fen, tendered_fen).ok_or(Refusal::TooLittle)?;
    let proof = format!("cash {tendered_fen} fen, {back} fen back");
    let audit = rules.event("cash_taken", enrolment, &proof);
    let fee = SettledFee::new(PaymentMethod::Cash, due_fen, proof, rules.operator, rules.now);
    Ok(Proven { fee, audit })
}
