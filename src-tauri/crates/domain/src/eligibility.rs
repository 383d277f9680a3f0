//! Whether somebody may be photographed, as the central server says when there is a network.

use crate::Personal;
use serde::{Deserialize, Serialize};

/// Who is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityQuestion {
    /// The session.
    pub session: String,
    /// The name on the document.
    pub name: Personal<String>,
    /// The document's number.
    pub number: Personal<String>,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Eligibility {
    /// May be photographed.
    Eligible,
    /// May not; why, in the school's words.
    NotEligible {
        /// The reason.
        reason: String,
    },
    /// The server does not know the person.
    Unknown,
    /// Another station photographed the person, and that photo stands.
    CapturedElsewhere,
}
