//! The line of a session: a class by filter, who waits, who did not come, who is meant by a number.

use crate::audit;
use crate::enrolments::{COLUMNS, list};
use crate::search;
use crate::trouble::Trouble;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::enrolment::Enrolment;
use domain::enrolment::readings::key;
use domain::line::LineFilter;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// The words of the index `enrolment_line`.
const STANDS: &str =
    "(CASE state WHEN 'to_capture' THEN 'missing' WHEN 'retake' THEN 'retake' ELSE 'captured' END)";

/// The words of the index `enrolment_waiting`.
const WAITS: &str = "state IN ('to_capture', 'retake') AND not_eligible IS NULL AND absent_at IS NULL";

/// Of the rows around a person one in so many lies before them.
const BEFORE: u32 = 4;

/// Found for a number at most, before it is told who is meant.
const MOST_NUMBERED: u32 = 200;

/// At most `limit` people of a class whom the filter shows; where they are more, those around one person.
pub(crate) fn line(
    connection: &Connection,
    session: &str,
    class: &str,
    filter: LineFilter,
    around: Option<&str>,
    limit: u32,
) -> Result<Vec<Enrolment>, Trouble> {
    let under = under(filter);
    let place = match around {
        Some(id) => position(connection, id)?,
        None => None,
    };
    let from = match place {
        None => 0,
        Some(place) => connection
            .prepare_cached(&format!(
                "SELECT coalesce(min(position), 0) FROM (SELECT position FROM enrolment
                 WHERE session = ?1 AND class_name = ?2 {under}AND position <= ?3
                 ORDER BY position DESC LIMIT ?4)"
            ))?
            .query_row(params![session, class, place, limit / BEFORE], |row| row.get(0))?,
    };
    let mut found = list(
        connection,
        &page(&under, ">=", ""),
        params![session, class, from, limit],
    )?;
    let room = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    if room > 0 && from > 0 {
        // The end of the class is near: the room that is left goes to those before.
        let mut before = list(
            connection,
            &page(&under, "<", "DESC"),
            params![session, class, from, room],
        )?;
        before.reverse();
        found = [before, found].concat();
    }
    Ok(found)
}

/// The condition of a filter; nothing for everybody.
fn under(filter: LineFilter) -> String {
    let stands = match filter {
        LineFilter::All => return String::new(),
        LineFilter::Captured => "captured",
        LineFilter::Missing => "missing",
        LineFilter::Retake => "retake",
    };
    format!("AND {STANDS} = '{stands}' ")
}

fn page(under: &str, compared: &str, order: &str) -> String {
    format!(
        "{COLUMNS} WHERE session = ?1 AND class_name = ?2 {under}AND position {compared} ?3
         ORDER BY position {order} LIMIT ?4"
    )
}

fn waiting_in_class() -> String {
    format!(
        "{COLUMNS} WHERE session = ? AND class_name = ? AND position > ? AND {WAITS} ORDER BY position LIMIT ?"
    )
}

/// Who waits for a photo and may have one, behind a person or from the beginning.
pub(crate) fn waiting(
    connection: &Connection,
    session: &str,
    class: Option<&str>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Enrolment>, Trouble> {
    let after = match after {
        Some(id) => position(connection, id)?,
        None => None,
    };
    let after = after.unwrap_or(0);
    match class {
        Some(class) => list(
            connection,
            &waiting_in_class(),
            params![session, class, after, limit],
        ),
        None => list(
            connection,
            &format!("{COLUMNS} WHERE session = ? AND position > ? AND {WAITS} ORDER BY position LIMIT ?"),
            params![session, after, limit],
        ),
    }
}

/// Who waits and did not come, who was called longest ago first.
pub(crate) fn absent(connection: &Connection, session: &str, limit: u32) -> Result<Vec<Enrolment>, Trouble> {
    let sql = format!(
        "{COLUMNS} WHERE session = ? AND absent_at IS NOT NULL AND state IN ('to_capture', 'retake')
             AND not_eligible IS NULL
         ORDER BY absent_at, position LIMIT ?"
    );
    list(connection, &sql, params![session, limit])
}

/// Notes that somebody did not come.
pub(crate) fn note_absent(
    connection: &Connection,
    enrolment: &str,
    at: Moment,
    event: &AuditEvent,
) -> Result<(), Trouble> {
    connection.execute(
        "UPDATE enrolment SET absent_at = ? WHERE id = ?",
        params![at.0, enrolment],
    )?;
    audit::append(connection, event)
}

/// Notes that they came.
pub(crate) fn note_came(connection: &Connection, enrolment: &str) -> Result<(), Trouble> {
    connection.execute("UPDATE enrolment SET absent_at = NULL WHERE id = ?", [enrolment])?;
    Ok(())
}

/// Who may be meant by a number: found by the session's keys, and in the class on screen by the end of a number or a
/// ticket without its zeros, which no key of the session would list completely.
pub(crate) fn numbered(
    connection: &Connection,
    session: &str,
    class: &str,
    text: &str,
) -> Result<Vec<Enrolment>, Trouble> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "{COLUMNS} WHERE session = ?1 AND class_name = ?2
             AND (ticket <> '' AND ltrim(ticket, '0') = ltrim(?3, '0') OR substr(lower(student_number), -length(?3)) = ?3
                 OR substr(lower(exam_number), -length(?3)) = ?3 OR substr(number_key, -length(?3)) = ?3)
         ORDER BY position LIMIT ?4"
    );
    let mut found = list(connection, &sql, params![session, class, wanted, MOST_NUMBERED])?;
    for text in [wanted.clone(), format!("{wanted:0>3}")] {
        found.extend(search::search(connection, session, &text, MOST_NUMBERED)?);
    }
    let mut known = HashSet::new();
    found.retain(|person| known.insert(person.id.clone()));
    Ok(found)
}

/// All records with a document number.
pub(crate) fn of_number(
    connection: &Connection,
    session: &str,
    number: &str,
) -> Result<Vec<Enrolment>, Trouble> {
    let number = key(number);
    let sql = format!(
        "{COLUMNS} WHERE session = ? AND number_key = ? AND number_key <> '' ORDER BY position LIMIT ?"
    );
    list(connection, &sql, params![session, number, MOST_NUMBERED])
}

fn position(connection: &Connection, id: &str) -> Result<Option<i64>, Trouble> {
    Ok(connection
        .prepare_cached("SELECT position FROM enrolment WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{Database, Key};

    fn plan(connection: &Connection, sql: &str) -> String {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // Nothing is bound: the plan does not depend on it.
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>(3));
        let rows = rows.map(Result::unwrap).collect::<Vec<_>>();
        rows.join("; ")
    }

    /// However many people a class has, nothing is sorted and no row is read that is not shown.
    #[test]
    fn everything_of_the_line_comes_from_an_index_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("station.sqlite"), &Key::None).unwrap();
        database
            .read(|t| {
                for filter in LineFilter::ALL {
                    let index = if filter == LineFilter::All {
                        "enrolment_class"
                    } else {
                        "enrolment_line"
                    };
                    for (compared, order) in [(">=", ""), ("<", "DESC")] {
                        let plan = plan(t, &page(&under(filter), compared, order));
                        assert!(
                            plan.contains(index) && !plan.contains("TEMP"),
                            "{filter:?}: {plan}"
                        );
                    }
                }
                let plan = plan(t, &waiting_in_class());
                assert!(
                    plan.contains("enrolment_waiting") && !plan.contains("TEMP"),
                    "{plan}"
                );
                Ok(())
            })
            .unwrap();
    }
}
