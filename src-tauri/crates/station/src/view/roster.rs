//! The page of a roster file.

use crate::clerk::{Checked, Opened};
use crate::contract::{
    LastImport, RosterBecomes, RosterChecked, RosterColumn, RosterColumns, RosterDifference, RosterEncoding,
    RosterPlace, RosterScreen, RosterSheet, RosterStage,
};
use crate::desk::{Desk, RosterFile, Stage};
use domain::enrolment::Enrolment;
use domain::roster::{ConflictKind, RosterField};
use roster::{Confidence, RowProblem, TextEncoding};

/// Places and people listed.
const MOST_LISTED: usize = 200;
/// Columns shown.
const MOST_COLUMNS: usize = 60;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Desk {
    pub(super) fn roster_screen(&self) -> RosterScreen {
        let file = &self.roster_file;
        let few = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let stage = match (&file.stage, &file.opened) {
            (Stage::Working { what, done, total }, _) => RosterStage::Working {
                what: (*what).to_string(),
                done: few(*done),
                total: few(*total),
            },
            (Stage::Columns, Some(opened)) => RosterStage::Columns(columns(opened, file.shown)),
            (Stage::Checked(found), _) => RosterStage::Checked(Box::new(checked(found, file))),
            (Stage::Applied(counts), _) => RosterStage::Applied { counts: *counts },
            (Stage::Choosing | Stage::Columns, _) => RosterStage::Choosing,
        };
        RosterScreen {
            path: file.path.clone(),
            fault: file.fault.map(str::to_string),
            last: file.last.as_ref().map(|record| {
                let by = self
                    .operators()
                    .into_iter()
                    .find(|operator| operator.id == record.by);
                LastImport {
                    file_name: record.file_name.clone(),
                    at: record.at,
                    by: by.map_or_else(|| record.by.clone(), |operator| operator.name),
                    counts: record.counts,
                }
            }),
            stage,
        }
    }
}

fn columns(opened: &Opened, shown: usize) -> RosterColumns {
    let plan = &opened.plan;
    let sheet = |sheet: &roster::SheetPlan| RosterSheet {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        used: sheet.used,
        rows: sheet.rows,
        hidden_rows: sheet.hidden_rows,
        deleted: sheet.deleted,
    };
    let column = |column: &roster::ColumnPlan| RosterColumn {
        letters: column.letters.clone(),
        heading: column.heading.clone(),
        field: column.field,
        confidence: confidence(column.confidence).to_string(),
        sample: column.sample.clone(),
    };
    let columns = plan
        .sheets
        .get(shown)
        .map(|sheet| sheet.columns.as_slice())
        .unwrap_or_default();
    RosterColumns {
        kind: opened.kind.to_string(),
        encoding: opened.encoding.map(|told| RosterEncoding {
            encoding: told.encoding.word().to_string(),
            declared: told.declared.map(|declared| declared.word().to_string()),
            sure: told.sure,
            choices: TextEncoding::ALL
                .iter()
                .map(|encoding| encoding.word().to_string())
                .collect(),
        }),
        sheets: plan.sheets.iter().map(sheet).collect(),
        shown: count(shown),
        columns: columns.iter().take(MOST_COLUMNS).map(column).collect(),
        missing: plan
            .missing()
            .iter()
            .map(|missing| missing.code().to_string())
            .collect(),
        hidden_rows: plan.hidden_rows,
        fields: RosterField::ALL.to_vec(),
    }
}

const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Chosen => "chosen",
        Confidence::Learned => "learned",
        Confidence::Listed => "listed",
        Confidence::Likely => "likely",
        Confidence::Unknown => "unknown",
    }
}

fn checked(found: &Checked, file: &RosterFile) -> RosterChecked {
    let (roster, difference) = (&found.roster, &found.difference);
    let places = |problems: &[RowProblem]| problems.iter().take(MOST_LISTED).map(place).collect();
    let conflicts = difference
        .conflicts
        .iter()
        .map(|conflict| person(&conflict.kept, RosterBecomes::Conflict, &[], Some(conflict.kind)));
    let gone = difference
        .gone
        .iter()
        .map(|gone| person(&gone.row, RosterBecomes::Gone, &[], None));
    let changed = difference
        .changed
        .iter()
        .map(|(row, fields)| person(row, RosterBecomes::Changed, fields, None));
    let new = difference
        .new
        .iter()
        .map(|row| person(row, RosterBecomes::New, &[], None));
    RosterChecked {
        good: count(roster.rows.len()),
        left_out: found.left_out,
        problems: places(&roster.problems),
        problems_total: count(roster.problems.len()),
        warnings: places(&roster.warnings),
        warnings_total: count(roster.warnings.len()),
        new: count(difference.new.len()),
        changed: count(difference.changed.len()),
        unchanged: count(difference.unchanged.len()),
        gone: count(difference.gone.len()),
        gone_bound: count(difference.gone.iter().filter(|gone| gone.bound).count()),
        conflicts: count(difference.conflicts.len()),
        differences: conflicts
            .chain(gone)
            .chain(changed)
            .chain(new)
            .take(MOST_LISTED)
            .collect(),
        choice: file.choice,
        saved: file.saved.clone(),
    }
}

fn place(problem: &RowProblem) -> RosterPlace {
    RosterPlace {
        sheet: problem.sheet.clone(),
        row: problem.row,
        letters: problem.letters.clone(),
        heading: problem.column.clone(),
        code: problem.code.code().to_string(),
    }
}

fn person(
    row: &Enrolment,
    becomes: RosterBecomes,
    fields: &[RosterField],
    conflict: Option<ConflictKind>,
) -> RosterDifference {
    let number = if row.student_number.is_empty() {
        &row.exam_number
    } else {
        &row.student_number
    };
    RosterDifference {
        becomes,
        name: row.name.reveal().clone(),
        class_name: row.class_name.clone(),
        number: number.clone(),
        fields: fields.to_vec(),
        conflict,
    }
}
