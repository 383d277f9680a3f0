//! What the store is given when a roster file was agreed to.

use domain::Moment;
use domain::audit::AuditEvent;
use domain::roster::{Difference, GoneChoice, ImportCounts, ImportRecord, RosterImport};
use roster::{Plan, RowProblem};
use std::collections::HashSet;

/// Where a roster came from.
pub struct Source {
    /// Name of the file without its folder.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Id of the operator.
    pub by: String,
    /// Now.
    pub at: Moment,
}

/// What the store is given of a difference that somebody agreed to.
pub fn import_of(
    difference: &Difference,
    left_out: u32,
    plan: &Plan,
    session: &str,
    school: &str,
    choice: GoneChoice,
    source: Source,
) -> RosterImport {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let changed = difference.changed.iter().map(|(row, _)| row);
    RosterImport {
        record: ImportRecord {
            id: uuid::Uuid::now_v7().to_string(),
            session: session.to_string(),
            at: source.at,
            by: source.by,
            file_name: source.file_name,
            sha256: source.sha256,
            counts: ImportCounts {
                new: count(difference.new.len()),
                changed: count(difference.changed.len()),
                unchanged: count(difference.unchanged.len()),
                gone: count(difference.gone.len()),
                conflicts: count(difference.conflicts.len()),
                left_out,
                ..ImportCounts::default()
            },
        },
        rows: difference.new.iter().chain(changed).cloned().collect(),
        unchanged: difference.unchanged.clone(),
        gone: difference.gone.iter().map(|gone| gone.row.id.clone()).collect(),
        choice,
        school: school.to_string(),
        headings: plan.learned(),
    }
}

/// The line of the audit trail for an import: ids, a hash and counts.
pub fn audit_line(import: &RosterImport) -> AuditEvent {
    let (record, counts) = (&import.record, &import.record.counts);
    let detail = format!(
        "{} sha256 {} new {} changed {} unchanged {} gone {} {:?} conflicts {} left out {}",
        record.id,
        record.sha256,
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.gone,
        import.choice,
        counts.conflicts,
        counts.left_out
    );
    AuditEvent {
        at: record.at,
        operator: record.by.clone(),
        what: "roster_imported".to_string(),
        subject: record.session.clone(),
        detail,
    }
}

/// Rows with at least one problem.
pub fn bad_rows(problems: &[RowProblem]) -> u32 {
    let rows: HashSet<_> = problems
        .iter()
        .map(|problem| (&problem.sheet, problem.row))
        .collect();
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}
