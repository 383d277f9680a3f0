//! What is kept of 采集码: never the payload, only what it is known by.

use super::StoreFault;
use crate::audit::AuditEvent;
use crate::code::{CodeBinding, CodeHolder, CodeId};
use crate::moment::Moment;

/// What is kept of codes: a part of [`Store`](super::Store).
pub trait Codes {
    /// Whose a code is in a session.
    fn code_holder(&self, session: &str, code: &CodeId) -> Result<Option<CodeHolder>, StoreFault>;
    /// A code becomes the one of an enrolment, and the audit line in the same transaction. One that was shown for
    /// somebody whose photo was never stored is taken from there; refused (`Failed`) when another's photo carries it.
    /// The packet that is stored next for the enrolment carries it.
    fn bind_code(&self, binding: &CodeBinding, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// Takes an enrolment's code away again and writes the audit line; one that a stored photo carries stays.
    fn release_code(&self, enrolment: &str, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// Codes of a session that were shown at or after `since`, the newest first, at most `limit`.
    fn codes_shown(&self, session: &str, since: Moment, limit: u32) -> Result<Vec<CodeHolder>, StoreFault>;
}
