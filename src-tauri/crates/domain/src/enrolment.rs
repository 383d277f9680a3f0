//! Enrolment records (学籍) and matching.

pub mod matching;
pub mod readings;

use crate::Personal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an enrolment stands at this station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentState {
    /// No photo yet.
    ToCapture,
    /// A photo is stored here or waits for review.
    Captured,
    /// The last photo was rejected; a retake is free.
    Retake,
    /// Approved and locked.
    Approved,
}

/// One row of a roster, or a provisional record of a walk-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Id, unique in its session.
    pub id: String,
    /// Session it belongs to.
    pub session: String,
    /// Name as the school writes it.
    pub name: Personal<String>,
    /// 18-digit document number; may be missing on a roster.
    pub document_number: Option<Personal<String>>,
    /// The school.
    pub school: String,
    /// Class, e.g. `护理 2401 班`.
    pub class_name: String,
    /// Student number (学号).
    pub student_number: String,
    /// Candidate number of the entrance examination (考生号), 14 or 15 digits; empty when the roster has none.
    #[serde(default)]
    pub exam_number: String,
    /// SHA-256 of the 采集码 this enrolment is known by, lower-case hex; none where no code was shown.
    #[serde(default)]
    pub code: Option<String>,
    /// Ticket number (号码牌), three digits, empty when none.
    pub ticket: String,
    /// The school or the sitter paid beforehand.
    pub prepaid: bool,
    /// Why the student may not be photographed; `None` when eligible.
    pub not_eligible: Option<String>,
    /// True for a walk-in the central server settles later.
    pub provisional: bool,
    /// Where it stands.
    pub state: EnrolmentState,
}
