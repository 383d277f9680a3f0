//! Roster rows and walk-ins: merging, listing, finding.

use crate::search::{self, Incoming};
use crate::search_keys::Findable;
use crate::trouble::Trouble;
use crate::walk_ins;
use crate::words::{variant, word};
use domain::enrolment::Enrolment;
use domain::enrolment::readings::key;
use domain::port::ClassTally;
use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, params};

pub(crate) const COLUMNS: &str =
    "SELECT id, session, name, document_number, school, class_name, student_number, ticket,
    prepaid, not_eligible, provisional, state, exam_number, code FROM enrolment";

/// Rows between two words of progress.
const ROWS_A_WORD: usize = 1_000;

/// Adds new rows behind those already known and changes known ones by id. Says now and then how many of the
/// rows are done.
pub(crate) fn merge(
    connection: &Connection,
    session: &str,
    rows: &[Enrolment],
    told: &mut dyn FnMut(usize),
) -> Result<(), Trouble> {
    let mut keys = Incoming::default();
    for (done, row) in rows.iter().enumerate() {
        if row.session != session {
            return Err(Trouble::Other(format!(
                "enrolment {} belongs to another session",
                row.id
            )));
        }
        // A row that is kept already keeps its state; a provisional one is not touched at all.
        put(connection, row, false, &mut keys)?;
        if done.is_multiple_of(ROWS_A_WORD) {
            told(done);
        }
    }
    keys.write(connection)?;
    told(rows.len());
    Ok(())
}

/// Adds or changes a walk-in's record.
pub(crate) fn keep_provisional(connection: &Connection, row: &Enrolment) -> Result<(), Trouble> {
    if !row.provisional {
        return Err(Trouble::Other(format!("enrolment {} is not provisional", row.id)));
    }
    let mut keys = Incoming::default();
    put(connection, row, true, &mut keys)?;
    keys.write(connection)
}

fn put(
    connection: &Connection,
    row: &Enrolment,
    provisional: bool,
    keys: &mut Incoming,
) -> Result<(), Trouble> {
    let kept = by_id(connection, &row.id)?;
    if kept.is_none()
        && let Some(id) = walk_ins::kept_as(connection, &row.id)?
    {
        // A walk-in that was settled: the person is here already, under the walk-in's id.
        let row = Enrolment { id, ..row.clone() };
        return put(connection, &row, provisional, keys);
    }
    match kept {
        None => {
            let position = insert(connection, row, provisional)?;
            keys.take(connection, &row.session, position, Findable::from(row))
        }
        Some(kept) if kept.session != row.session => Err(Trouble::Other(format!(
            "enrolment {} is known in another session",
            row.id
        ))),
        Some(kept) if provisional && !kept.provisional => {
            Err(Trouble::Other(format!("enrolment {} is on the roster", row.id)))
        }
        Some(kept) if kept.provisional != provisional || is_same(&kept, row) => Ok(()),
        Some(kept) => {
            let position = update(connection, row)?;
            let (before, after) = (Findable::from(&kept), Findable::from(row));
            search::change(connection, &row.session, position, before, after)
        }
    }
}

/// True when a row says nothing new; its state is none of the roster's business.
fn is_same(kept: &Enrolment, row: &Enrolment) -> bool {
    let told = Enrolment {
        state: kept.state,
        provisional: kept.provisional,
        ..row.clone()
    };
    *kept == told
}

/// Adds a row behind all others; gives its position.
fn insert(connection: &Connection, row: &Enrolment, provisional: bool) -> Result<i64, Trouble> {
    let number = row.document_number.as_ref().map(|n| n.as_str());
    Ok(connection
        .prepare_cached(
            "INSERT INTO enrolment (id, session, position, name, document_number, school, class_name,
                 student_number, ticket, prepaid, not_eligible, provisional, state, name_key, number_key,
                 exam_number, code)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM enrolment), ?3, ?4, ?5, ?6, ?7, ?8,
                 ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING position",
        )?
        .query_row(
            params![
                row.id,
                row.session,
                row.name.as_str(),
                number,
                row.school,
                row.class_name,
                row.student_number,
                row.ticket,
                row.prepaid,
                row.not_eligible,
                provisional,
                word(&row.state)?,
                key(row.name.as_str()),
                number.map(key).unwrap_or_default(),
                row.exam_number,
                row.code,
            ],
            |row| row.get(0),
        )?)
}

/// Changes a row by its id, all but its state; gives its position.
pub(crate) fn update(connection: &Connection, row: &Enrolment) -> Result<i64, Trouble> {
    let number = row.document_number.as_ref().map(|n| n.as_str());
    Ok(connection
        .prepare_cached(
            "UPDATE enrolment SET name = ?2, document_number = ?3, school = ?4, class_name = ?5,
                 student_number = ?6, ticket = ?7, prepaid = ?8, not_eligible = ?9, name_key = ?10,
                 number_key = ?11, exam_number = ?12, code = coalesce(?13, code)
             WHERE id = ?1 RETURNING position",
        )?
        .query_row(
            params![
                row.id,
                row.name.as_str(),
                number,
                row.school,
                row.class_name,
                row.student_number,
                row.ticket,
                row.prepaid,
                row.not_eligible,
                key(row.name.as_str()),
                number.map(key).unwrap_or_default(),
                row.exam_number,
                row.code,
            ],
            |row| row.get(0),
        )?)
}

/// Classes with their counts in the order in which their first row was seen.
pub(crate) fn classes(connection: &Connection, session: &str) -> Result<Vec<ClassTally>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT class_name, total, captured, retake FROM class_tally WHERE session = ? ORDER BY first",
    )?;
    let tally = |row: &Row<'_>| {
        Ok(ClassTally {
            name: row.get(0)?,
            total: row.get(1)?,
            captured: row.get(2)?,
            retake: row.get(3)?,
        })
    };
    Ok(statement.query_map([session], tally)?.collect::<Result<_, _>>()?)
}

/// People of a class in the order in which they were first seen.
pub(crate) fn people(connection: &Connection, session: &str, class: &str) -> Result<Vec<Enrolment>, Trouble> {
    let sql = format!("{COLUMNS} WHERE session = ? AND class_name = ? ORDER BY position");
    list(connection, &sql, (session, class))
}

/// Everybody of a session in the order in which they were first seen.
pub(crate) fn of_session(connection: &Connection, session: &str) -> Result<Vec<Enrolment>, Trouble> {
    // The classes' index has them by class; no other holds the session alone.
    list(
        connection,
        &format!("{COLUMNS} WHERE session = ? ORDER BY position"),
        [session],
    )
}

/// The enrolment at a position.
pub(crate) fn at(connection: &Connection, position: i64) -> Result<Option<Enrolment>, Trouble> {
    one(connection, &format!("{COLUMNS} WHERE position = ?"), position)
}

/// One enrolment.
pub(crate) fn by_id(connection: &Connection, id: &str) -> Result<Option<Enrolment>, Trouble> {
    one(connection, &format!("{COLUMNS} WHERE id = ?"), id)
}

fn one(connection: &Connection, sql: &str, key: impl ToSql) -> Result<Option<Enrolment>, Trouble> {
    let row = connection
        .prepare_cached(sql)?
        .query_row([key], read)
        .optional()?;
    row.map(finish).transpose()
}

/// All rows of a question that begins with [`COLUMNS`].
pub(crate) fn list(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Enrolment>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map(params, read)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(finish).collect()
}

/// A row whose state is still a word.
fn read(row: &Row<'_>) -> rusqlite::Result<(Enrolment, String)> {
    let enrolment = Enrolment {
        id: row.get(0)?,
        session: row.get(1)?,
        name: row.get::<_, String>(2)?.into(),
        document_number: row.get::<_, Option<String>>(3)?.map(Into::into),
        school: row.get(4)?,
        class_name: row.get(5)?,
        student_number: row.get(6)?,
        ticket: row.get(7)?,
        prepaid: row.get(8)?,
        not_eligible: row.get(9)?,
        provisional: row.get(10)?,
        state: domain::enrolment::EnrolmentState::ToCapture,
        exam_number: row.get(12)?,
        code: row.get(13)?,
    };
    Ok((enrolment, row.get(11)?))
}

fn finish((mut enrolment, state): (Enrolment, String)) -> Result<Enrolment, Trouble> {
    enrolment.state = variant(state)?;
    Ok(enrolment)
}
