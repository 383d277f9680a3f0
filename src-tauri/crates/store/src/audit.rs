//! The audit trail: append-only, each line sealed to the one before it by a hash.

use crate::trouble::Trouble;
use domain::audit::AuditEvent;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Adds one line.
pub(crate) fn append(connection: &Connection, event: &AuditEvent) -> Result<(), Trouble> {
    let previous: Option<Vec<u8>> = connection
        .prepare_cached("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let hash = link(previous.as_deref().unwrap_or(&[0; 32]), event);
    connection
        .prepare_cached(
            "INSERT INTO audit (at, operator, what, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            event.at.0,
            event.operator,
            event.what,
            event.subject,
            event.detail,
            hash
        ])?;
    Ok(())
}

/// True when a line says this already, whenever and whoever wrote it. Reads the whole trail: for rare
/// events only.
pub(crate) fn has(connection: &Connection, event: &AuditEvent) -> Result<bool, Trouble> {
    let sql = "SELECT EXISTS (SELECT 1 FROM audit WHERE what = ? AND subject = ? AND detail = ?)";
    let said = params![event.what, event.subject, event.detail];
    Ok(connection.query_row(sql, said, |row| row.get(0))?)
}

/// Follows the chain from the first line; the number of lines, or the number of the first line that does
/// not fit (from 1).
pub(crate) fn follow(connection: &Connection) -> Result<Result<u64, u64>, Trouble> {
    let mut statement = connection
        .prepare("SELECT at, operator, what, subject, detail, hash, seq FROM audit ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut previous = vec![0; 32];
    let mut count = 0u64;
    while let Some(row) = rows.next()? {
        count += 1;
        let event = AuditEvent {
            at: domain::Moment(row.get(0)?),
            operator: row.get(1)?,
            what: row.get(2)?,
            subject: row.get(3)?,
            detail: row.get(4)?,
        };
        let stored: Vec<u8> = row.get(5)?;
        // A line that was cut out leaves a gap in the numbers as well as in the chain.
        if row.get::<_, i64>(6)? != count as i64 || stored != link(&previous, &event) {
            return Ok(Err(count));
        }
        previous = stored;
    }
    Ok(Ok(count))
}

/// SHA-256 over the previous hash and the fields, each led by its length, so that no two lines can be
/// written as the same bytes.
fn link(previous: &[u8], event: &AuditEvent) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(previous);
    digest.update(event.at.0.to_le_bytes());
    for field in [&event.operator, &event.what, &event.subject, &event.detail] {
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().to_vec()
}
