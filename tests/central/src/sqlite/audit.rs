//! The server's audit trail: what who did to which id, in the same transaction as the deed.

use crate::caller::Caller;
use crate::ledger::AuditLine;
use rusqlite::{Connection, params};

/// Writes one line. `subject` is an id, never a name.
pub(super) fn record(
    connection: &Connection,
    what: &str,
    subject: &str,
    by: &Caller,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO audit (at, what, subject, who) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![super::now(), what, subject, by.to_string()])?;
    Ok(())
}

/// The last lines, newest first.
pub(super) fn last(connection: &Connection, most: u32) -> rusqlite::Result<Vec<AuditLine>> {
    let mut statement =
        connection.prepare("SELECT at, who, what, subject FROM audit ORDER BY seq DESC LIMIT ?1")?;
    let lines = statement.query_map([most], |row| {
        Ok(AuditLine {
            at: row.get(0)?,
            who: row.get(1)?,
            what: row.get(2)?,
            subject: row.get(3)?,
        })
    })?;
    lines.collect()
}
