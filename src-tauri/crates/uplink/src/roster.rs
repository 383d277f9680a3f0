//! Reading a roster row by row: what cannot be used is named, never dropped without a word.

use crate::message::Roster;
use domain::Personal;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::identity::resident_id::ResidentId;
use domain::port::RosterBatch;
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: Personal<String>,
    document_number: Option<Personal<String>>,
    school: String,
    class_name: String,
    student_number: String,
    ticket: String,
    prepaid: bool,
    eligible: bool,
    reason: Option<String>,
}

/// Every code a row of a roster can be refused with; the screens have a message for each.
pub const ROSTER_CODES: [&str; 5] = ["unreadable", "no_id", "duplicate", "name", "document_number"];

/// Sorts the entries into rows and problems. A problem reads `row: code`, rows counted from 1, with one of
/// [`ROSTER_CODES`].
pub(crate) fn read(roster: Roster, today: Date) -> RosterBatch {
    let mut batch = RosterBatch::default();
    let mut ids = HashSet::new();
    for (index, entry) in roster.entries.into_iter().enumerate() {
        let row = serde_json::from_value::<Entry>(entry).map_err(|_| "unreadable");
        let row = row.and_then(|entry| check(entry, &roster.session, today, &mut ids));
        match row {
            Ok(row) => batch.rows.push(row),
            Err(code) => batch.problems.push(format!("{}: {code}", index + 1)),
        }
    }
    batch
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
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err("name");
    }
    let document_number = match entry.document_number {
        Some(number) => {
            let number = ResidentId::parse(number.as_str(), today).map_err(|_| "document_number")?;
            Some(number.as_str().to_owned().into())
        }
        None => None,
    };
    if !ids.insert(entry.id.clone()) {
        return Err("duplicate");
    }
    let reason = entry.reason.filter(|reason| !reason.is_empty());
    Ok(Enrolment {
        name: name.to_owned().into(),
        // The same form as a roster file's, so that both name one row; the server's ids are unique in a
        // session only.
        id: format!("{session}:{}", entry.id),
        session: session.to_owned(),
        document_number,
        school: entry.school,
        class_name: entry.class_name,
        student_number: entry.student_number,
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
        ];
        let roster = Roster {
            session: "s".into(),
            _version: String::new(),
            entries,
        };
        let batch = read(roster, Date::new(2026, 11, 24).unwrap());
        assert_eq!(batch.rows.len(), 2);
        assert_eq!(batch.rows[0].name.as_str(), "陈思涵");
        assert_eq!(
            batch.rows[0].document_number.as_ref().unwrap().as_str(),
            "11010519491231002X"
        );
        assert_eq!(batch.rows[0].not_eligible.as_deref(), Some("毕业资格尚未审核"));
        let problems = [
            "2: unreadable",
            "3: name",
            "4: name",
            "5: document_number",
            "6: duplicate",
            "7: unreadable",
            "8: no_id",
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
