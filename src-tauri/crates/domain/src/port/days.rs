//! What is kept of days: sheets that were signed, receipts.

use super::StoreFault;
use crate::audit::AuditEvent;
use crate::day::{DayFacts, Receipt, SignedSheet};
use crate::moment::Moment;

/// What is kept of days: a part of [`Store`](super::Store).
pub trait Days {
    /// Everything since the sheet signed last, up to `until`.
    fn day_facts(&self, until: Moment) -> Result<DayFacts, StoreFault>;
    /// Keeps a signed sheet and its audit line in one transaction; gives it with its number. Refused when another one was
    /// signed since its facts were read.
    fn sign_day(&self, sheet: SignedSheet, audit: &AuditEvent) -> Result<SignedSheet, StoreFault>;
    /// The sheets signed, newest first, at most `limit`.
    fn signed_days(&self, limit: u32) -> Result<Vec<SignedSheet>, StoreFault>;
    /// The receipt of a settled fee: numbered at the first time, counted as a reprint after that, with its audit line in
    /// the same transaction. `None` while the fee is not settled.
    fn receipt(&self, enrolment: &str, audit: &AuditEvent) -> Result<Option<Receipt>, StoreFault>;
}
