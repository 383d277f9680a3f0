//! The page on which a roster file is looked at and taken.

use domain::Moment;
use domain::roster::{ConflictKind, GoneChoice, ImportCounts, RosterField};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A roster on its way from a file into the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RosterScreen {
    /// The file's path as it was chosen or typed; empty before that.
    pub path: String,
    /// Why the file or a plan of it was not read (`roster.<code>`).
    pub fault: Option<String>,
    /// The last file that was taken into this session.
    pub last: Option<LastImport>,
    /// How far it is.
    pub stage: RosterStage,
}

/// How far a roster file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum RosterStage {
    /// No file yet.
    Choosing,
    /// Something is done with its rows: `reading`, `checking` or `applying`.
    Working {
        /// What (`roster_work.<code>`).
        what: String,
        /// Rows done.
        done: u32,
        /// Rows in all; 0 while that is not known.
        total: u32,
    },
    /// What the columns mean, to be looked at and changed.
    Columns(RosterColumns),
    /// What would be taken and what that changes.
    Checked(Box<RosterChecked>),
    /// Kept.
    Applied {
        /// What came of it.
        counts: ImportCounts,
    },
}

/// The last file that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LastImport {
    /// Name of the file.
    pub file_name: String,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// What came of it.
    pub counts: ImportCounts,
}

/// What the columns of a file mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterColumns {
    /// Kind of file (`roster_kind.<code>`): `text`, `xlsx`, `xls`, `dbf`, `one_roster`.
    pub kind: String,
    /// What its texts are read in, where the file leaves a choice.
    pub encoding: Option<RosterEncoding>,
    /// Its sheets; one without a name for files that have none.
    pub sheets: Vec<RosterSheet>,
    /// The sheet whose columns are shown.
    pub shown: u32,
    /// Its columns from left to right; at most 60.
    pub columns: Vec<RosterColumn>,
    /// What is lacking (`roster_missing.<code>`): `sheet`, `name`, `number`.
    pub missing: Vec<String>,
    /// Rows that the spreadsheet hides are read as well.
    pub hidden_rows: bool,
    /// What a column can mean, in the order in which it is offered.
    pub fields: Vec<RosterField>,
}

/// What a file's texts are read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterEncoding {
    /// The encoding (`roster_encoding.<code>`).
    pub encoding: String,
    /// What the file itself says, which may be wrong.
    pub declared: Option<String>,
    /// Nothing else fits, or somebody chose it; otherwise the names must be looked at.
    pub sure: bool,
    /// What can be chosen.
    pub choices: Vec<String>,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterSheet {
    /// Its name.
    pub name: String,
    /// The workbook hides it.
    pub hidden: bool,
    /// Its rows are read.
    pub used: bool,
    /// Rows below the headings.
    pub rows: u32,
    /// Of them hidden ones.
    pub hidden_rows: u32,
    /// Records that the file says are deleted.
    pub deleted: u32,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterColumn {
    /// As a spreadsheet names it.
    pub letters: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// What it means.
    pub field: Option<RosterField>,
    /// Why (`roster_confidence.<code>`): `chosen`, `learned`, `listed`, `likely`, `unknown`.
    pub confidence: String,
    /// Its first cells.
    pub sample: Vec<String>,
}

/// What would be taken and what that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterChecked {
    /// Rows that can be taken.
    pub good: u32,
    /// Rows that cannot.
    pub left_out: u32,
    /// What is wrong with them; at most 200.
    pub problems: Vec<RosterPlace>,
    /// How many there are, also beyond those listed.
    pub problems_total: u32,
    /// What is odd about rows that are taken; at most 200.
    pub warnings: Vec<RosterPlace>,
    /// How many there are.
    pub warnings_total: u32,
    /// People who are new.
    pub new: u32,
    /// People of whom something else is said now.
    pub changed: u32,
    /// People of whom the same is said.
    pub unchanged: u32,
    /// People of earlier files whom this one does not have.
    pub gone: u32,
    /// Of them those who can only be marked.
    pub gone_bound: u32,
    /// Rows left as they are, because they contradict what was captured.
    pub conflicts: u32,
    /// Conflicts first, then the gone, the changed and the new; at most 200.
    pub differences: Vec<RosterDifference>,
    /// What becomes of the gone.
    pub choice: GoneChoice,
    /// Where the list of bad rows was saved.
    pub saved: Option<String>,
}

/// A place in a file and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterPlace {
    /// Name of the sheet; may be empty.
    pub sheet: String,
    /// Row as a spreadsheet counts.
    pub row: u32,
    /// Column as a spreadsheet names it.
    pub letters: String,
    /// Its heading.
    pub heading: String,
    /// What is wrong (`roster.<code>`).
    pub code: String,
}

/// What becomes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RosterBecomes {
    /// Left as it is until somebody decides.
    Conflict,
    /// Not in this file.
    Gone,
    /// Changed.
    Changed,
    /// New.
    New,
}

/// A person of whom a file says something new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterDifference {
    /// What becomes of it.
    pub becomes: RosterBecomes,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Student number, else candidate number.
    pub number: String,
    /// What changes.
    pub fields: Vec<RosterField>,
    /// Why it is a conflict (`roster_conflict.<code>`).
    pub conflict: Option<ConflictKind>,
}

/// A column of a roster file and what it means.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnMeaning {
    /// The sheet's place in the list, from 0.
    pub sheet: u32,
    /// The column as a spreadsheet names it.
    pub letters: String,
    /// What it means.
    pub field: Option<RosterField>,
}
