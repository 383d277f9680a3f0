//! Known exceptions of people, each granted by a supervisor.

use crate::audit;
use crate::trouble::Trouble;
use crate::words::{variant, word};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::exception::KnownException;
use rusqlite::{Connection, params};

/// Keeps an exception with its audit line; the same kind once more replaces the first.
pub(crate) fn grant(
    connection: &Connection,
    enrolment: &str,
    exception: &KnownException,
    event: &AuditEvent,
) -> Result<(), Trouble> {
    connection
        .prepare_cached(
            "INSERT INTO known_exception (enrolment, kind, reason, supervisor, at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (enrolment, kind) DO UPDATE SET reason = excluded.reason,
                 supervisor = excluded.supervisor, at = excluded.at",
        )?
        .execute(params![
            enrolment,
            word(&exception.kind)?,
            exception.reason,
            exception.supervisor,
            exception.at.0
        ])?;
    audit::append(connection, event)
}

/// A person's exceptions in the order in which kinds are offered.
pub(crate) fn of(connection: &Connection, enrolment: &str) -> Result<Vec<KnownException>, Trouble> {
    let mut statement = connection
        .prepare_cached("SELECT kind, reason, supervisor, at FROM known_exception WHERE enrolment = ?")?;
    let rows = statement
        .query_map([enrolment], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<Vec<(_, String, String, i64)>, _>>()?;
    let mut known = rows
        .into_iter()
        .map(|(kind, reason, supervisor, at)| {
            Ok(KnownException {
                kind: variant(kind)?,
                reason,
                supervisor,
                at: Moment(at),
            })
        })
        .collect::<Result<Vec<_>, Trouble>>()?;
    known.sort_by_key(|exception| exception.kind);
    Ok(known)
}
