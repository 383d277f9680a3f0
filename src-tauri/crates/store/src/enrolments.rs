//! Roster rows and walk-ins: merging, listing, finding.

use crate::search_keys::{escaped, key, readings};
use crate::trouble::Trouble;
use crate::words::{variant, word};
use domain::enrolment::{Enrolment, Lookup};
use domain::port::ClassTally;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const COLUMNS: &str = "SELECT id, session, name, document_number, school, class_name, student_number, ticket,
    prepaid, not_eligible, provisional, state FROM enrolment";

/// Adds new rows behind those already known and changes known ones by id.
pub(crate) fn merge(connection: &Connection, session: &str, rows: &[Enrolment]) -> Result<(), Trouble> {
    for row in rows {
        if row.session != session {
            return Err(Trouble::Other(format!(
                "enrolment {} belongs to another session",
                row.id
            )));
        }
        // A row that is kept already keeps its state; a provisional one is not touched at all.
        put(connection, row, false)?;
    }
    Ok(())
}

/// Adds or changes a walk-in's record.
pub(crate) fn keep_provisional(connection: &Connection, row: &Enrolment) -> Result<(), Trouble> {
    if !row.provisional {
        return Err(Trouble::Other(format!("enrolment {} is not provisional", row.id)));
    }
    put(connection, row, true)
}

fn put(connection: &Connection, row: &Enrolment, provisional: bool) -> Result<(), Trouble> {
    let (pinyin, initials) = readings(row.name.as_str());
    let number = row.document_number.as_ref().map(|n| n.as_str());
    connection
        .prepare_cached(
            "INSERT INTO enrolment (id, session, position, name, document_number, school, class_name,
                 student_number, ticket, prepaid, not_eligible, provisional, state,
                 name_key, number_key, student_key, ticket_key, pinyin, initials)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM enrolment), ?3, ?4, ?5, ?6, ?7, ?8,
                 ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, document_number = excluded.document_number,
                 school = excluded.school, class_name = excluded.class_name,
                 student_number = excluded.student_number, ticket = excluded.ticket,
                 prepaid = excluded.prepaid, not_eligible = excluded.not_eligible,
                 name_key = excluded.name_key, number_key = excluded.number_key,
                 student_key = excluded.student_key, ticket_key = excluded.ticket_key,
                 pinyin = excluded.pinyin, initials = excluded.initials
             WHERE session = excluded.session AND provisional = excluded.provisional",
        )?
        .execute(params![
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
            key(&row.student_number),
            key(&row.ticket),
            pinyin,
            initials,
        ])?;
    match by_id(connection, &row.id)? {
        Some(kept) if kept.session != row.session => Err(Trouble::Other(format!(
            "enrolment {} is known in another session",
            row.id
        ))),
        Some(kept) if provisional && !kept.provisional => {
            Err(Trouble::Other(format!("enrolment {} is on the roster", row.id)))
        }
        _ => Ok(()),
    }
}

/// Classes with their counts in the order in which their first row was seen.
pub(crate) fn classes(connection: &Connection, session: &str) -> Result<Vec<ClassTally>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT class_name, count(*), sum(state IN ('captured', 'approved')), sum(state = 'retake')
         FROM enrolment WHERE session = ? GROUP BY class_name ORDER BY min(position)",
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

/// People by ticket, number, name or pinyin, the closest match first. A text of nothing but spaces
/// finds nobody.
pub(crate) fn search(
    connection: &Connection,
    session: &str,
    text: &str,
    limit: u32,
) -> Result<Vec<Enrolment>, Trouble> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let pattern = escaped(&wanted);
    // Two letters inside a reading stand in nearly every name; a part of one is looked for from three on.
    let inside = if wanted.chars().count() >= 3 {
        format!("%{pattern}%")
    } else {
        String::new()
    };
    let sql = format!(
        "{COLUMNS} WHERE session = ?1 AND (ticket_key = ?2 OR number_key LIKE ?4 ESCAPE '\\'
             OR student_key LIKE ?4 ESCAPE '\\' OR name_key LIKE ?4 ESCAPE '\\'
             OR initials LIKE ?5 ESCAPE '\\' OR pinyin LIKE ?5 ESCAPE '\\' OR pinyin LIKE ?6 ESCAPE '\\')
         ORDER BY CASE
             WHEN ticket_key = ?2 OR number_key = ?2 OR student_key = ?2 OR name_key = ?2 THEN 0
             WHEN name_key LIKE ?3 ESCAPE '\\' OR student_key LIKE ?3 ESCAPE '\\' THEN 1
             WHEN initials LIKE ?5 ESCAPE '\\' OR pinyin LIKE ?5 ESCAPE '\\' THEN 2
             ELSE 3 END, position LIMIT ?7"
    );
    let (front, part, reading) = (
        format!("{pattern}%"),
        format!("%{pattern}%"),
        format!("% {pattern}%"),
    );
    list(
        connection,
        &sql,
        params![session, wanted, front, part, reading, inside, limit],
    )
}

/// One enrolment.
pub(crate) fn by_id(connection: &Connection, id: &str) -> Result<Option<Enrolment>, Trouble> {
    let sql = format!("{COLUMNS} WHERE id = ?");
    let row = connection
        .prepare_cached(&sql)?
        .query_row([id], read)
        .optional()?;
    row.map(finish).transpose()
}

/// First by number, then by name; names are compared without spaces and dots.
pub(crate) fn look_up(
    connection: &Connection,
    session: &str,
    name: &str,
    number: &str,
) -> Result<Lookup, Trouble> {
    let (name, number) = (key(name), key(number));
    if !number.is_empty() {
        let sql = format!("{COLUMNS} WHERE session = ? AND number_key = ? ORDER BY position");
        let mut found = list(connection, &sql, (session, &number))?;
        match found.len() {
            0 => {}
            1 => return Ok(Lookup::ByNumber(found.remove(0))),
            _ => return Ok(Lookup::Several(found)),
        }
    }
    let sql = format!("{COLUMNS} WHERE session = ? AND name_key = ? AND name_key <> '' ORDER BY position");
    let found = list(connection, &sql, (session, &name))?;
    Ok(if found.is_empty() {
        Lookup::Missing
    } else {
        Lookup::ByName(found)
    })
}

fn list(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Enrolment>, Trouble> {
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
    };
    Ok((enrolment, row.get(11)?))
}

fn finish((mut enrolment, state): (Enrolment, String)) -> Result<Enrolment, Trouble> {
    enrolment.state = variant(state)?;
    Ok(enrolment)
}
