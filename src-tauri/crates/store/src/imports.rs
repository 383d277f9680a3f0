//! Rosters that come as files: what was imported, and what a school's headings mean.

use crate::enrolments;
use crate::search;
use crate::search_keys::Findable;
use crate::trouble::Trouble;
use crate::words::{read_record, record};
use crate::{audit, changes};
use domain::audit::AuditEvent;
use domain::enrolment::Enrolment;
use domain::roster::{
    GoneChoice, ImportCounts, ImportRecord, KeptRow, LearnedHeadings, RosterField, RosterImport,
};
use rusqlite::{Connection, ErrorCode, params};
use std::collections::{HashMap, HashSet};

/// What the headings of a school were chosen to mean. A word that this version does not know is forgotten.
pub(crate) fn learned(connection: &Connection, school: &str) -> Result<LearnedHeadings, Trouble> {
    let mut statement =
        connection.prepare_cached("SELECT heading, field FROM roster_heading WHERE school = ?")?;
    let rows = statement.query_map([school], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
    })?;
    let mut learned = LearnedHeadings::new();
    for row in rows {
        let (heading, word) = row?;
        match word.map(|word| RosterField::of_word(&word)) {
            None => learned.insert(heading, None),
            Some(Some(field)) => learned.insert(heading, Some(field)),
            Some(None) => None,
        };
    }
    Ok(learned)
}

/// What hangs on an enrolment so that it cannot go.
const BOUND: &str = "SELECT enrolment FROM packet UNION SELECT enrolment FROM fee_order
    UNION SELECT enrolment FROM settled_fee UNION SELECT enrolment FROM known_exception";

/// All rows of a session.
pub(crate) fn kept(connection: &Connection, session: &str) -> Result<Vec<KeptRow>, Trouble> {
    let ids = |sql: &str| -> Result<HashSet<String>, Trouble> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let (bound, imported) = (ids(BOUND)?, ids("SELECT enrolment FROM imported_row")?);
    let mut listed: HashMap<String, String> = connection
        .prepare("SELECT enrolment, roster_id FROM settled_walk_in")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let rows = enrolments::of_session(connection, session)?;
    Ok(rows
        .into_iter()
        .map(|mut row| {
            let bound = bound.contains(&row.id);
            // A file knows a settled walk-in by the roster's id.
            if let Some(id) = listed.remove(&row.id) {
                row.id = id;
            }
            KeptRow {
                imported: imported.contains(&row.id),
                bound,
                row,
            }
        })
        .collect())
}

/// Takes a file's rows; one transaction around it keeps all of it or nothing.
pub(crate) fn apply(
    connection: &Connection,
    import: &RosterImport,
    event: &AuditEvent,
    told: &mut dyn FnMut(usize),
) -> Result<ImportCounts, Trouble> {
    let session = &import.record.session;
    enrolments::merge(connection, session, &import.rows, told)?;
    let (mut removed, mut marked) = (0, 0);
    for id in &import.gone {
        let went = import.choice == GoneChoice::Remove && remove(connection, session, id)?;
        removed += u32::from(went);
        if !went && import.choice != GoneChoice::Keep {
            marked += changes::mark_removed(connection, session, id)?;
        }
    }
    let counts = ImportCounts {
        removed,
        marked,
        ..import.record.counts
    };
    let kept = ImportRecord {
        counts,
        ..import.record.clone()
    };
    connection.execute(
        "INSERT INTO roster_import (id, session, record) VALUES (?, ?, ?)",
        params![kept.id, session, record(&kept)?],
    )?;
    let seq = connection.last_insert_rowid();
    let mut note = connection.prepare_cached(
        "INSERT INTO imported_row (enrolment, import) VALUES (?1, ?2)
         ON CONFLICT (enrolment) DO UPDATE SET import = excluded.import",
    )?;
    let rows = import.rows.iter().map(|row| &row.id);
    let mut ids: Vec<&String> = rows.chain(&import.unchanged).collect();
    // The table lies in the order of the ids.
    ids.sort_unstable();
    for id in ids {
        note.execute(params![id, seq])?;
    }
    for (heading, field) in &import.headings {
        connection.execute(
            "INSERT INTO roster_heading (school, heading, field) VALUES (?1, ?2, ?3)
             ON CONFLICT (school, heading) DO UPDATE SET field = excluded.field",
            params![import.school, heading, field.map(RosterField::word)],
        )?;
    }
    audit::append(connection, event)?;
    Ok(counts)
}

/// Removes a row on which nothing hangs; false when something does.
pub(crate) fn remove(connection: &Connection, session: &str, id: &str) -> Result<bool, Trouble> {
    let Some(row) = enrolments::by_id(connection, id)? else {
        return Ok(false);
    };
    if row.session != *session || !is_free(connection, &row)? {
        return Ok(false);
    }
    let position: i64 = connection.query_row("SELECT position FROM enrolment WHERE id = ?", [id], |row| {
        row.get(0)
    })?;
    match connection.execute("DELETE FROM enrolment WHERE id = ?", [id]) {
        Ok(_) => {}
        // Another table names it: whatever that is, the row stays.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    search::forget(connection, session, position, Findable::from(&row))?;
    connection.execute("DELETE FROM imported_row WHERE enrolment = ?", [id])?;
    Ok(true)
}

fn is_free(connection: &Connection, row: &Enrolment) -> Result<bool, Trouble> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM ({BOUND}) WHERE enrolment = ?)");
    let unbound: bool = connection
        .prepare_cached(&sql)?
        .query_row([&row.id], |row| row.get(0))?;
    let to_capture = row.state == domain::enrolment::EnrolmentState::ToCapture;
    Ok(unbound && to_capture && !row.provisional && row.code.is_none())
}

/// The imports of a session, newest first.
pub(crate) fn imports(connection: &Connection, session: &str) -> Result<Vec<ImportRecord>, Trouble> {
    let mut statement =
        connection.prepare_cached("SELECT record FROM roster_import WHERE session = ? ORDER BY seq DESC")?;
    let rows = statement.query_map([session], |row| row.get::<_, String>(0))?;
    rows.map(|row| read_record(&row?)).collect()
}
