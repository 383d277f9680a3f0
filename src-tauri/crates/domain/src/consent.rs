//! Consent of the sitter to the session's user privacy agreement.

use crate::Personal;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The agreement of a session, shown before any identity datum is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Version, e.g. `2026-09`.
    pub version: String,
    /// Title, e.g. 《用户隐私协议》.
    pub title: String,
    /// Full text.
    pub text: String,
    /// SHA-256 of the text's UTF-8 bytes, lower-case hex.
    pub sha256: String,
}

/// What the sitter (or the guardian) agreed to, when, and before whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the agreement.
    pub version: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// When it was ticked.
    pub at: Moment,
    /// Operator who showed it.
    pub operator: String,
    /// Name of the guardian; present whenever the sitter is under 14 (PIPL art. 31).
    pub guardian: Option<Personal<String>>,
}
