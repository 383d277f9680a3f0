//! The enrolment page.

use super::{PersonRow, QueueRow};
use domain::Moment;
use domain::enrolment::matching::{MatchRule, NameFact, NumberFact};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Candidates and confirmation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EnrolmentScreen {
    /// The look-up runs.
    pub searching: bool,
    /// Records that may be meant.
    pub candidates: Vec<PersonRow>,
    /// Why each of them is shown, in the same order.
    pub matches: Vec<CandidateMatch>,
    /// The one shown for confirmation.
    pub chosen: Option<u32>,
    /// Every candidate is under the sitter's own number or code: several are enrolments of one person.
    pub own: bool,
    /// What was searched for beside the look-up; empty when nothing was.
    pub search: String,
    /// That search found nobody.
    pub search_missed: bool,
    /// The last photo of the chosen record, if it has one here.
    pub last: Option<QueueRow>,
    /// What the central server says of the person.
    pub eligibility: EligibilityView,
    /// The session takes walk-ins, so the person can go on as one.
    pub walk_in_possible: bool,
}

/// What a sitter whom no record fits says of themselves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WalkInTold {
    /// School; empty takes the session's.
    pub school: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
}

/// Why a record is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CandidateMatch {
    /// The strongest link (`match.<code>`).
    pub rule: MatchRule,
    /// What is with its name (`match.name.<code>`).
    pub name: NameFact,
    /// What is with its number (`match.number.<code>`).
    pub number: NumberFact,
    /// False: neither name nor number are the sitter's, so it cannot be confirmed.
    pub theirs: bool,
}

/// What the central server says of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EligibilityView {
    /// Where the question stands.
    pub state: EligibilityState,
    /// Why not, where the server gave a reason; plain text.
    pub reason: String,
    /// When it was asked or answered.
    pub at: Option<Moment>,
}

/// Where the question to the central server stands (`eligibility.<code>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EligibilityState {
    /// No network, no number to ask about, or no answer: only the roster on this machine counts.
    RosterOnly,
    /// Asked; the answer may come.
    Asked,
    /// May be photographed.
    Eligible,
    /// May not.
    NotEligible,
    /// The server does not know the person.
    Unknown,
    /// Another station has a photo that stands.
    CapturedElsewhere,
}
