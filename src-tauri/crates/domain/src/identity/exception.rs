//! What a supervisor decides when a document does not say enough.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a supervisor has to decide who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdentityException {
    /// No document at hand.
    NoDocument,
    /// The name on the document is newer or older than that on the roster.
    NameChanged,
    /// A twin or a double is on the roster: which of them it is was asked.
    Twin,
    /// A disability or an injury keeps the person from the usual way of showing who it is.
    Disability,
    /// The document's validity is over.
    Expired,
}

impl IdentityException {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::NoDocument,
        Self::NameChanged,
        Self::Twin,
        Self::Disability,
        Self::Expired,
    ];

    /// The code under which the UI has the words (`identity_exception.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoDocument => "no_document",
            Self::NameChanged => "name_changed",
            Self::Twin => "twin",
            Self::Disability => "disability",
            Self::Expired => "expired",
        }
    }

    /// The identity stands without a number, and without the card's pictures.
    pub const fn eases_document(self) -> bool {
        matches!(self, Self::NoDocument)
    }

    /// The card need not be photographed: there is none, or the person cannot hand it over in the usual way.
    pub const fn eases_card_photograph(self) -> bool {
        matches!(self, Self::NoDocument | Self::Disability)
    }

    /// Document and roster may have different names.
    pub const fn eases_name(self) -> bool {
        matches!(self, Self::NameChanged)
    }

    /// The document may be past its last day.
    pub const fn eases_expiry(self) -> bool {
        matches!(self, Self::Expired)
    }

    /// Another record has to be looked at before.
    pub const fn needs_other(self) -> bool {
        matches!(self, Self::Twin)
    }
}

/// A supervisor's decision on who somebody is, made with the PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityDecision {
    /// What was in the way.
    pub why: IdentityException,
    /// Why it is decided so, in the supervisor's words; at least six characters. Goes into the packet, never into the
    /// audit trail.
    pub reason: String,
    /// Id of the supervisor.
    pub supervisor: String,
    /// When.
    pub at: Moment,
    /// Id of the enrolment that was looked at beside, for a twin.
    pub other: Option<String>,
}
