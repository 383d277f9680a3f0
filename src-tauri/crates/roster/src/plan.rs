//! Which column of a file means what: proposed, looked at, changed, agreed to.

use crate::fault::letters;
use crate::headings::{Headings, enough, plain};
use crate::table::{Cell, Table};
use domain::identity::date::Date;
use domain::identity::{DocumentKind, DocumentNumber};
use domain::roster::{LearnedHeadings, RosterField};
use serde::Serialize;

/// Rows shown of each column.
const SAMPLE_ROWS: usize = 5;
/// Characters shown of a cell.
const SAMPLE_CHARACTERS: usize = 40;
/// Rows whose content is looked at.
const ROWS_LOOKED_AT: usize = 50;

/// Why a column is taken to mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Somebody chose it just now.
    Chosen,
    /// This school's heading was given this meaning before.
    Learned,
    /// The heading is on the list.
    Listed,
    /// The heading holds one of the list, or the cells look so: a proposal that a person must look at.
    Likely,
    /// Nothing is known.
    Unknown,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnPlan {
    /// Which, from 0.
    pub column: u32,
    /// As a spreadsheet names it.
    pub letters: String,
    /// Its heading as the file writes it; may be empty.
    pub heading: String,
    /// What it means; `None`: nothing.
    pub field: Option<RosterField>,
    /// Why.
    pub confidence: Confidence,
    /// Its first cells as they would be shown, one for each of the first rows.
    pub sample: Vec<String>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetPlan {
    /// Its name; empty for files that have none.
    pub name: String,
    /// The workbook hides it.
    pub hidden: bool,
    /// Its rows are read.
    pub used: bool,
    /// Rows below the headings.
    pub rows: u32,
    /// Of them hidden ones.
    pub hidden_rows: u32,
    /// Records that the file says are deleted; never read.
    pub deleted: u32,
    /// Number of the first row below the headings, as a spreadsheet counts.
    pub first_row: u32,
    /// Its columns from left to right.
    pub columns: Vec<ColumnPlan>,
    /// Index of that row.
    #[serde(skip)]
    pub(crate) first: usize,
}

/// What is to be read of a file, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The sheets in the file's order.
    pub sheets: Vec<SheetPlan>,
    /// Rows that the spreadsheet hides are read as well.
    pub hidden_rows: bool,
}

/// What a plan lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No sheet is used.
    Sheet,
    /// A used sheet has no column for the name.
    Name,
    /// A used sheet has no column for any number that tells people apart.
    Number,
}

impl Missing {
    /// The code of the message.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Name => "name",
            Self::Number => "number",
        }
    }
}

impl SheetPlan {
    pub(crate) fn of(table: &Table, list: &Headings, learned: &LearnedHeadings) -> Self {
        let known = |heading: &str| match learned.get(&plain(heading)) {
            Some(field) => *field,
            None => list.field(heading),
        };
        let found = list.find(table, &known);
        let (usable, head) = match found {
            Some(head) => (true, head),
            None => (false, list.first_of_text(table)),
        };
        let below = table.rows.get(head.first_row..).unwrap_or_default();
        let mut columns: Vec<u32> = head.headings.iter().map(|(at, _)| *at).collect();
        for row in below.iter().take(ROWS_LOOKED_AT) {
            columns.extend(row.cells.iter().map(|(at, _)| *at));
        }
        columns.sort_unstable();
        columns.dedup();
        let mut columns: Vec<ColumnPlan> = columns
            .into_iter()
            .map(|column| {
                let heading = head.headings.iter().find(|(at, _)| *at == column);
                let heading = heading.map(|(_, text)| text.clone()).unwrap_or_default();
                let cells = || {
                    below
                        .iter()
                        .take(ROWS_LOOKED_AT)
                        .filter_map(move |row| row.cell(column))
                };
                let (field, confidence) = match (learned.get(&plain(&heading)), list.field(&heading)) {
                    (Some(field), _) if !heading.is_empty() => (*field, Confidence::Learned),
                    (_, Some(field)) => (Some(field), Confidence::Listed),
                    _ => match list.alike(&heading).or_else(|| looks_like(cells())) {
                        Some(field) => (Some(field), Confidence::Likely),
                        None => (None, Confidence::Unknown),
                    },
                };
                let sample = below
                    .iter()
                    .take(SAMPLE_ROWS)
                    .map(|row| shown(row.cell(column)))
                    .collect();
                ColumnPlan {
                    column,
                    letters: letters(column),
                    heading,
                    field,
                    confidence,
                    sample,
                }
            })
            .collect();
        // A proposal is one only where nothing better has the field.
        let sure: Vec<_> = columns
            .iter()
            .filter(|c| c.confidence != Confidence::Likely)
            .filter_map(|c| c.field)
            .collect();
        let mut taken = sure;
        for column in columns.iter_mut().filter(|c| c.confidence == Confidence::Likely) {
            match column.field {
                Some(field) if field == RosterField::NotKept || !taken.contains(&field) => taken.push(field),
                _ => (column.field, column.confidence) = (None, Confidence::Unknown),
            }
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            name: table.sheet.clone(),
            hidden: table.hidden,
            used: usable && !table.hidden,
            rows: count(below.len()),
            hidden_rows: count(below.iter().filter(|row| row.hidden).count()),
            deleted: table.deleted,
            first_row: below.first().map_or(0, |row| row.number),
            columns,
            first: head.first_row,
        }
    }

    /// The columns that mean `field`, in the file's order, with their headings.
    pub(crate) fn of_field(&self, field: RosterField) -> impl Iterator<Item = (u32, &str)> {
        let columns = self
            .columns
            .iter()
            .filter(move |column| column.field == Some(field));
        columns.map(|column| (column.column, column.heading.as_str()))
    }

    fn has(&self, field: RosterField) -> bool {
        self.of_field(field).next().is_some()
    }
}

impl Plan {
    /// Gives a column a meaning, or none; false when there is no such column. `letters` as a spreadsheet names it.
    pub fn assign(&mut self, sheet: usize, letters: &str, field: Option<RosterField>) -> bool {
        let columns = self.sheets.get_mut(sheet).map(|sheet| &mut sheet.columns);
        let column = columns.and_then(|c| c.iter_mut().find(|c| c.letters.eq_ignore_ascii_case(letters)));
        let Some(column) = column else { return false };
        (column.field, column.confidence) = (field, Confidence::Chosen);
        true
    }

    /// Uses a sheet or leaves it; false when there is no such sheet.
    pub fn use_sheet(&mut self, sheet: usize, used: bool) -> bool {
        let Some(sheet) = self.sheets.get_mut(sheet) else {
            return false;
        };
        sheet.used = used;
        true
    }

    /// Forgets proposals that nobody looked at.
    pub fn only_sure(&mut self) {
        let columns = self.sheets.iter_mut().flat_map(|sheet| &mut sheet.columns);
        for column in columns.filter(|column| column.confidence == Confidence::Likely) {
            (column.field, column.confidence) = (None, Confidence::Unknown);
        }
    }

    /// What is lacking before anything can be read.
    pub fn missing(&self) -> Vec<Missing> {
        let used = || self.sheets.iter().filter(|sheet| sheet.used);
        let mut missing = vec![];
        if used().next().is_none() {
            missing.push(Missing::Sheet);
        }
        if used().any(|sheet| !sheet.has(RosterField::Name)) {
            missing.push(Missing::Name);
        }
        if used().any(|sheet| !enough(|field| field == RosterField::Name || sheet.has(field))) {
            missing.push(Missing::Number);
        }
        missing
    }

    /// What the headings of the used sheets mean, to be asked for the next time. Only what the list does not say by
    /// itself.
    pub fn learned(&self) -> LearnedHeadings {
        let used = self.sheets.iter().filter(|sheet| sheet.used);
        let columns = used.flat_map(|sheet| &sheet.columns);
        columns
            .filter(|column| !plain(&column.heading).is_empty())
            .filter(|column| !matches!(column.confidence, Confidence::Listed | Confidence::Unknown))
            .map(|column| (plain(&column.heading), column.field))
            .collect()
    }
}

/// What is in a column without a heading that anybody knows.
fn looks_like<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<RosterField> {
    let far = Date::new(9999, 12, 31)?;
    let (mut all, mut numbers) = (0, 0);
    for cell in cells {
        all += 1;
        if let Cell::Text(text) = cell {
            numbers +=
                usize::from(DocumentNumber::parse_as(DocumentKind::ResidentId, text.trim(), far).is_ok());
        }
    }
    (all > 0 && numbers * 2 > all).then_some(RosterField::DocumentNumber)
}

/// A cell as a preview shows it.
fn shown(cell: Option<&Cell>) -> String {
    match cell {
        None => String::new(),
        Some(Cell::Text(text)) => text
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(SAMPLE_CHARACTERS)
            .collect(),
        Some(Cell::Number(number)) => format!("{number}"),
        Some(Cell::Truth(truth)) => truth.to_string(),
        Some(Cell::Error) => "#".to_string(),
        Some(Cell::Uncalculated) => "=".to_string(),
        Some(Cell::Cut | Cell::Undecodable) => "\u{fffd}".to_string(),
        Some(Cell::Elsewhere) => "…".to_string(),
    }
}
