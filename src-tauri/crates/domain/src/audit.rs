//! What is written down for later: who did what, when. Carries ids, never personal data.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditEvent {
    /// When.
    pub at: Moment,
    /// Operator id; empty before sign-in.
    pub operator: String,
    /// What happened: `signed_in`, `consent_given`, `identity_verified`, `fee_exempted`, `override`, ….
    pub what: String,
    /// Ids it is about: enrolment, order, packet.
    pub subject: String,
    /// Reason or codes; no personal data.
    pub detail: String,
}
