//! Whose a 采集码 is.

use crate::trouble::Trouble;
use crate::{audit, enrolments};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::code::{CodeBinding, CodeHolder, CodeId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A packet that was taken back carries a code no more.
const COLUMNS: &str = "SELECT code, enrolment, at,
        (SELECT id FROM packet WHERE packet.id = code_binding.packet AND packet.state <> 'withdrawn')
    FROM code_binding";

/// Whose a code is in a session.
pub(crate) fn holder(
    connection: &Connection,
    session: &str,
    code: &CodeId,
) -> Result<Option<CodeHolder>, Trouble> {
    let row = connection
        .prepare_cached(&format!("{COLUMNS} WHERE session = ? AND code = ?"))?
        .query_row([session, code.as_str()], read)
        .optional()?;
    row.map(|row| finish(connection, row)).transpose()
}

/// Those shown since then, the newest first.
pub(crate) fn shown(
    connection: &Connection,
    session: &str,
    since: Moment,
    limit: u32,
) -> Result<Vec<CodeHolder>, Trouble> {
    let sql = format!("{COLUMNS} WHERE session = ? AND at >= ? ORDER BY at DESC, rowid DESC LIMIT ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(params![session, since.0, limit], read)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(|row| finish(connection, row)).collect()
}

/// A code becomes the one of an enrolment.
pub(crate) fn bind(
    connection: &Connection,
    binding: &CodeBinding,
    event: &AuditEvent,
) -> Result<(), Trouble> {
    let code = binding.code.as_str();
    let before = holder(connection, &binding.session, &binding.code)?;
    match before {
        // The same code shown again keeps the packet that carries it.
        Some(before) if before.enrolment.id == binding.enrolment => {
            connection.execute(
                "UPDATE code_binding SET at = ?2 WHERE enrolment = ?1",
                params![binding.enrolment, binding.at.0],
            )?;
        }
        Some(before) if before.packet.is_some() => {
            return Err(Trouble::Other(format!(
                "the code of enrolment {} is carried by another's photo",
                binding.enrolment
            )));
        }
        before => {
            if let Some(before) = before {
                release(connection, &before.enrolment.id)?;
            }
            release(connection, &binding.enrolment)?;
            connection.execute(
                "INSERT INTO code_binding (session, code, enrolment, at) VALUES (?, ?, ?, ?)",
                params![binding.session, code, binding.enrolment, binding.at.0],
            )?;
        }
    }
    connection.execute(
        "UPDATE enrolment SET code = ? WHERE id = ?",
        [code, &binding.enrolment],
    )?;
    audit::append(connection, event)
}

/// An enrolment's code is its no more, unless a stored photo carries it.
pub(crate) fn let_go(connection: &Connection, enrolment: &str, event: &AuditEvent) -> Result<(), Trouble> {
    let carried: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM code_binding JOIN packet ON packet.id = code_binding.packet
                WHERE code_binding.enrolment = ? AND packet.state <> 'withdrawn')",
        )?
        .query_row([enrolment], |row| row.get(0))?;
    if carried {
        return Err(Trouble::Other(format!(
            "the code of enrolment {enrolment} is carried by its photo"
        )));
    }
    release(connection, enrolment)?;
    audit::append(connection, event)
}

fn release(connection: &Connection, enrolment: &str) -> Result<(), Trouble> {
    connection.execute("DELETE FROM code_binding WHERE enrolment = ?", [enrolment])?;
    connection.execute("UPDATE enrolment SET code = NULL WHERE id = ?", [enrolment])?;
    Ok(())
}

/// A photo of an enrolment was stored: it carries the enrolment's code, if one was shown.
pub(crate) fn carried(connection: &Connection, enrolment: &str, packet: &str) -> Result<(), Trouble> {
    connection
        .prepare_cached("UPDATE code_binding SET packet = ?2 WHERE enrolment = ?1")?
        .execute([enrolment, packet])?;
    Ok(())
}

type Bound = (String, String, i64, Option<String>);

fn read(row: &Row<'_>) -> rusqlite::Result<Bound> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn finish(connection: &Connection, (code, enrolment, at, packet): Bound) -> Result<CodeHolder, Trouble> {
    let found = enrolments::by_id(connection, &enrolment)?;
    Ok(CodeHolder {
        code: CodeId::kept(&code).ok_or_else(|| Trouble::Other("a code that is none".to_owned()))?,
        enrolment: found.ok_or_else(|| Trouble::Other(format!("enrolment {enrolment} is not known")))?,
        packet,
        at: Moment(at),
    })
}
