//! Rosters that come as files: what a column means, and what a new file changes.

use crate::enrolment::{Enrolment, EnrolmentState};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use ts_rs::TS;

/// What a column of a roster means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RosterField {
    /// Name (姓名, XM).
    Name,
    /// Number of the identity document (SFZH).
    DocumentNumber,
    /// Student number (学号, XH).
    StudentNumber,
    /// Candidate number of the entrance examination (考生号, KSH).
    ExamNumber,
    /// Class (班级, BH).
    ClassName,
    /// Major (ZYMC); stands for the class where a row has none.
    Major,
    /// School (YXMC).
    School,
    /// Ticket (号码牌).
    Ticket,
    /// Paid beforehand.
    Prepaid,
    /// May be photographed.
    Eligible,
    /// Why not.
    NotEligibleReason,
    /// Sex (XB): only compared with the document number.
    Sex,
    /// Birth date (CSRQ): only compared with the document number.
    BirthDate,
    /// Known and of no use here: CC, XXXS, MZ and others.
    NotKept,
}

impl RosterField {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::DocumentNumber,
        Self::StudentNumber,
        Self::ExamNumber,
        Self::ClassName,
        Self::Major,
        Self::School,
        Self::Ticket,
        Self::Prepaid,
        Self::Eligible,
        Self::NotEligibleReason,
        Self::Sex,
        Self::BirthDate,
        Self::NotKept,
    ];

    /// The word that stands in files and databases.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::DocumentNumber => "document_number",
            Self::StudentNumber => "student_number",
            Self::ExamNumber => "exam_number",
            Self::ClassName => "class_name",
            Self::Major => "major",
            Self::School => "school",
            Self::Ticket => "ticket",
            Self::Prepaid => "prepaid",
            Self::Eligible => "eligible",
            Self::NotEligibleReason => "not_eligible_reason",
            Self::Sex => "sex",
            Self::BirthDate => "birth_date",
            Self::NotKept => "not_kept",
        }
    }

    /// The field of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }
}

/// What a school's headings were chosen to mean, by their plain form; `None`: no meaning at all.
pub type LearnedHeadings = BTreeMap<String, Option<RosterField>>;

/// A row as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRow {
    /// The row.
    pub row: Enrolment,
    /// An earlier file had it.
    pub imported: bool,
    /// A packet, a fee, an order or a known exception hangs on it: it can be marked but never removed.
    pub bound: bool,
}

impl KeptRow {
    fn is_taken(&self) -> bool {
        self.bound || self.row.state != EnrolmentState::ToCapture
    }
}

/// Why a row of a file is not simply taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Another document number for somebody who has been captured.
    DocumentNumber,
    /// Another name for somebody who has been captured.
    Name,
    /// Another student or candidate number for somebody who has been captured: by that number a new person.
    StudentNumber,
    /// A walk-in has this id; the central server settles that.
    WalkIn,
}

/// One conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What it is.
    pub kind: ConflictKind,
    /// The row that the file would make of it.
    pub row: Enrolment,
    /// The row that is kept.
    pub kept: Enrolment,
}

/// Somebody of an earlier file whom this one does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneRow {
    /// The row that is kept.
    pub row: Enrolment,
    /// It cannot be removed, only marked.
    pub bound: bool,
}

/// What becomes of those whom the new file does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoneChoice {
    /// They stay as they are: a file may hold one class only.
    #[default]
    Keep,
    /// They stay and are marked as no longer on the roster, which keeps them from being captured.
    Mark,
    /// They go where nothing hangs on them, else they are marked.
    Remove,
}

/// What a file changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// People who were not known.
    pub new: Vec<Enrolment>,
    /// People of whom something else is said now, and what.
    pub changed: Vec<(Enrolment, Vec<RosterField>)>,
    /// Ids of people of whom the same is said.
    pub unchanged: Vec<String>,
    /// People of earlier files whom this one does not have.
    pub gone: Vec<GoneRow>,
    /// Rows that are left as they are until somebody decides.
    pub conflicts: Vec<Conflict>,
}

impl Difference {
    /// True when the file says nothing new.
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty() && self.conflicts.is_empty()
    }
}

/// Compares a file's rows with those that are kept. What the file has no column for stays as it is kept.
pub fn difference(kept: &[KeptRow], read: &[Enrolment], fields: &BTreeSet<RosterField>) -> Difference {
    let by_id: HashMap<&str, &KeptRow> = kept.iter().map(|k| (k.row.id.as_str(), k)).collect();
    let in_file: HashSet<&str> = read.iter().map(|row| row.id.as_str()).collect();
    // Somebody captured whose id the file does not have any more.
    let renumbered: HashMap<&str, &KeptRow> = kept
        .iter()
        .filter(|k| k.is_taken() && !in_file.contains(k.row.id.as_str()))
        .filter_map(|k| Some((k.row.document_number.as_ref()?.as_str(), k)))
        .collect();
    let mut found = Difference::default();
    let mut met = HashSet::new();
    for row in read {
        let Some(old) = by_id.get(row.id.as_str()) else {
            let number = row.document_number.as_ref().map(|n| n.as_str());
            match number.and_then(|number| renumbered.get(number)) {
                Some(old) => {
                    met.insert(old.row.id.as_str());
                    found.conflicts.push(Conflict {
                        kind: ConflictKind::StudentNumber,
                        row: row.clone(),
                        kept: old.row.clone(),
                    });
                }
                None => found.new.push(row.clone()),
            }
            continue;
        };
        let merged = merged(&old.row, row, fields);
        let changes = changes(&old.row, &merged);
        let conflict = match () {
            () if old.row.provisional => Some(ConflictKind::WalkIn),
            () if !old.is_taken() => None,
            () if old.row.document_number.is_some() && changes.contains(&RosterField::DocumentNumber) => {
                Some(ConflictKind::DocumentNumber)
            }
            () if changes.contains(&RosterField::Name) => Some(ConflictKind::Name),
            () => None,
        };
        match conflict {
            Some(kind) => found.conflicts.push(Conflict {
                kind,
                row: merged,
                kept: old.row.clone(),
            }),
            None if changes.is_empty() => found.unchanged.push(merged.id),
            None => found.changed.push((merged, changes)),
        }
    }
    let gone = |k: &&KeptRow| {
        let id = k.row.id.as_str();
        k.imported && !k.row.provisional && !in_file.contains(id) && !met.contains(id)
    };
    found.gone = kept
        .iter()
        .filter(gone)
        .map(|k| GoneRow {
            row: k.row.clone(),
            bound: k.is_taken(),
        })
        .collect();
    found
}

/// The kept row with what the file says.
fn merged(old: &Enrolment, new: &Enrolment, fields: &BTreeSet<RosterField>) -> Enrolment {
    let has = |field| fields.contains(&field);
    let mut row = old.clone();
    if has(RosterField::Name) {
        row.name = new.name.clone();
    }
    if has(RosterField::DocumentNumber) {
        row.document_number = new.document_number.clone();
    }
    if has(RosterField::StudentNumber) {
        row.student_number = new.student_number.clone();
    }
    if has(RosterField::ExamNumber) {
        row.exam_number = new.exam_number.clone();
    }
    if has(RosterField::ClassName) || has(RosterField::Major) {
        row.class_name = new.class_name.clone();
    }
    if has(RosterField::School) {
        row.school = new.school.clone();
    }
    if has(RosterField::Ticket) {
        row.ticket = new.ticket.clone();
    }
    if has(RosterField::Prepaid) {
        row.prepaid = new.prepaid;
    }
    // Who is on the file is no longer marked as missing from it.
    row.not_eligible = new.not_eligible.clone();
    row
}

fn changes(old: &Enrolment, new: &Enrolment) -> Vec<RosterField> {
    [
        (RosterField::Name, old.name != new.name),
        (
            RosterField::DocumentNumber,
            old.document_number != new.document_number,
        ),
        (
            RosterField::StudentNumber,
            old.student_number != new.student_number,
        ),
        (RosterField::ExamNumber, old.exam_number != new.exam_number),
        (RosterField::ClassName, old.class_name != new.class_name),
        (RosterField::School, old.school != new.school),
        (RosterField::Ticket, old.ticket != new.ticket),
        (RosterField::Prepaid, old.prepaid != new.prepaid),
        (RosterField::Eligible, old.not_eligible != new.not_eligible),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// What is kept of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRecord {
    /// Its id.
    pub id: String,
    /// The session.
    pub session: String,
    /// When.
    pub at: Moment,
    /// Id of the operator.
    pub by: String,
    /// Name of the file without its folder.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// What came of it.
    pub counts: ImportCounts,
}

/// Rows of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportCounts {
    /// Added.
    pub new: u32,
    /// Changed.
    pub changed: u32,
    /// As they were.
    pub unchanged: u32,
    /// In earlier files, not in this one.
    pub gone: u32,
    /// Of the gone: removed.
    pub removed: u32,
    /// Of the gone: marked.
    pub marked: u32,
    /// Left as they were, because they contradict what was captured.
    pub conflicts: u32,
    /// Rows that could not be read.
    pub left_out: u32,
}

/// A file's rows on their way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterImport {
    /// What is kept of it; `removed` and `marked` are the store's to count.
    pub record: ImportRecord,
    /// Rows to add or change; each replaces the row with its id, all but its state.
    pub rows: Vec<Enrolment>,
    /// Ids of rows that the file has and that stay as they are.
    pub unchanged: Vec<String>,
    /// Ids of those whom the file does not have.
    pub gone: Vec<String>,
    /// What becomes of them.
    pub choice: GoneChoice,
    /// The school whose headings these are.
    pub school: String,
    /// What its headings were chosen to mean.
    pub headings: LearnedHeadings,
}
