//! The server's audit trail: what happened to which id, in the same transaction as the deed.

use rusqlite::{Connection, params};

/// Writes one line. `subject` is an id, never a name.
pub(crate) fn record(connection: &Connection, what: &str, subject: &str) -> rusqlite::Result<()> {
    let at = jiff::Timestamp::now().to_string();
    connection.execute(
        "INSERT INTO audit (at, what, subject) VALUES (?1, ?2, ?3)",
        params![at, what, subject],
    )?;
    Ok(())
}
