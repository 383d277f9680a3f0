//! Reading rows of a roster one by one: what cannot be used is named, never dropped without a word.

use crate::text::{is_identifier, is_line};
use domain::Personal;
use domain::change::RosterChange;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::DocumentNumber;
use domain::identity::date::Date;
use serde::Deserialize;
use std::collections::HashSet;

/// Rows in one change at most, and people removed by one.
const MOST_ROWS: usize = 500;
/// Longest name, in characters.
const MOST_NAME: usize = 40;
/// Longest other field, in characters.
const MOST_FIELD: usize = 200;

/// A change of kind `roster`; each entry is read on its own, so that a bad one does not cost the rest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    session: String,
    first_row: u32,
    entries: Vec<serde_json::Value>,
    removed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: Personal<String>,
    document_number: Option<Personal<String>>,
    school: String,
    class_name: String,
    student_number: String,
    #[serde(default)]
    exam_number: String,
    ticket: String,
    prepaid: bool,
    eligible: bool,
    reason: Option<String>,
}

/// Every code a row of a roster can be refused with; the screens have a message for each.
pub const ROSTER_CODES: [&str; 5] = ["unreadable", "no_id", "duplicate", "name", "document_number"];

/// Sorts the entries into rows and problems. A problem reads `row: code`, rows counted from the change's first one,
/// with one of [`ROSTER_CODES`]. `None` when the change itself makes no sense.
pub(crate) fn read(found: Rows, today: Date) -> Option<RosterChange> {
    let most = found.entries.len().max(found.removed.len());
    let removed_named = found.removed.iter().all(|id| is_line(id, MOST_FIELD));
    if !is_identifier(&found.session) || found.first_row == 0 || most > MOST_ROWS || !removed_named {
        return None;
    }
    let count = u32::try_from(found.entries.len()).ok()?;
    found.first_row.checked_add(count)?;
    let mut change = RosterChange {
        first_row: found.first_row,
        count,
        removed: found
            .removed
            .iter()
            .map(|id| row_id(&found.session, id))
            .collect(),
        ..RosterChange::default()
    };
    let mut ids = HashSet::new();
    for (row, entry) in (found.first_row..).zip(found.entries) {
        let entry = serde_json::from_value::<Entry>(entry).map_err(|_| "unreadable");
        match entry.and_then(|entry| check(entry, &found.session, today, &mut ids)) {
            Ok(row) => change.rows.push(row),
            Err(code) => change.problems.push(format!("{row}: {code}")),
        }
    }
    change.session = found.session;
    Some(change)
}

/// One row by itself.
pub(crate) fn row(session: &str, entry: serde_json::Value, today: Date) -> Option<Enrolment> {
    let entry = serde_json::from_value::<Entry>(entry).ok()?;
    check(entry, session, today, &mut HashSet::new()).ok()
}

/// The same form as a roster file's, so that both name one row; the server's ids are unique in a session only.
fn row_id(session: &str, id: &str) -> String {
    format!("{session}:{id}")
}

fn check(
    entry: Entry,
    session: &str,
    today: Date,
    ids: &mut HashSet<String>,
) -> Result<Enrolment, &'static str> {
    let name = entry.name.as_str().trim();
    if entry.id.trim().is_empty() {
        return Err("no_id");
    }
    if name.is_empty() || !is_line(name, MOST_NAME) {
        return Err("name");
    }
    let reason = entry.reason.filter(|reason| !reason.is_empty());
    let others = [
        &entry.id,
        &entry.school,
        &entry.class_name,
        &entry.student_number,
        &entry.exam_number,
        &entry.ticket,
    ];
    if !others
        .into_iter()
        .chain(&reason)
        .all(|text| is_line(text, MOST_FIELD))
    {
        return Err("unreadable");
    }
    let document_number = match entry.document_number {
        Some(number) => {
            let number = DocumentNumber::parse(number.as_str(), today).map_err(|_| "document_number")?;
            Some(number.as_str().to_owned().into())
        }
        None => None,
    };
    if !ids.insert(entry.id.clone()) {
        return Err("duplicate");
    }
    Ok(Enrolment {
        name: name.to_owned().into(),
        id: row_id(session, &entry.id),
        session: session.to_owned(),
        document_number,
        school: entry.school,
        class_name: entry.class_name,
        student_number: entry.student_number,
        exam_number: entry.exam_number,
        code: None,
        ticket: entry.ticket,
        prepaid: entry.prepaid,
        not_eligible: (!entry.eligible).then(|| reason.unwrap_or_else(|| "—".to_owned())),
        provisional: false,
        state: EnrolmentState::ToCapture,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bad_rows_are_named_and_good_ones_stay() {
        let good = |id: &str| {
            json!({"id": id, "name": " 陈思涵 ", "document_number": "11010519491231002x", "school": "s",
                   "class_name": "c", "student_number": id, "ticket": "", "prepaid": false,
                   "eligible": false, "reason": "毕业资格尚未审核"})
        };
        let with = |key: &str, value: serde_json::Value| {
            let mut entry = good("x");
            entry[key] = value;
            entry
        };
        let entries = vec![
            good("1"),
            json!("row"),
            with("name", json!("")),
            with("name", json!("a\u{7}b")),
            with("document_number", json!("110105194912310021")),
            good("1"),
            with("note", json!("unknown key")),
            with("id", json!(" ")),
            with("document_number", json!(null)),
            with("class_name", json!("c".repeat(201))),
        ];
        let rows = Rows {
            session: "s".into(),
            first_row: 41,
            entries,
            removed: vec!["9".into()],
        };
        let batch = read(rows, Date::new(2026, 11, 24).unwrap()).unwrap();
        assert_eq!((batch.first_row, batch.count), (41, 10));
        assert_eq!(batch.removed, ["s:9"]);
        assert_eq!(batch.rows[0].id, "s:1");
        assert_eq!(batch.rows.len(), 2);
        assert_eq!(batch.rows[0].name.as_str(), "陈思涵");
        assert_eq!(
            batch.rows[0].document_number.as_ref().unwrap().as_str(),
            "11010519491231002X"
        );
        assert_eq!(batch.rows[0].not_eligible.as_deref(), Some("毕业资格尚未审核"));
        let problems = [
            "42: unreadable",
            "43: name",
            "44: name",
            "45: document_number",
            "46: duplicate",
            "47: unreadable",
            "48: no_id",
            "50: unreadable",
        ];
        assert_eq!(batch.problems, problems);
        let code = |problem: &str| {
            ROSTER_CODES
                .iter()
                .any(|code| problem.ends_with(&format!(": {code}")))
        };
        assert!(problems.into_iter().all(code));
    }
}
