//! Session set-ups, and the few settings of the store itself.

use crate::trouble::Trouble;
use crate::words::{read_record, record};
use domain::setup::SessionSetup;
use rusqlite::{Connection, OptionalExtension, params};

/// Name of the setting that pauses sending.
pub(crate) const PAUSED: &str = "paused";
/// Name of the setting that holds the cursor of the last change. (Stations of the first schema counted verdicts
/// alone under another name; they begin the list of changes anew.)
pub(crate) const CURSOR: &str = "change_cursor";

/// The newest version of each set-up.
pub(crate) fn newest(connection: &Connection) -> Result<Vec<SessionSetup>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT record FROM setup AS one
         WHERE version = (SELECT max(version) FROM setup WHERE session = one.session) ORDER BY session",
    )?;
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|text| read_record(text)).collect()
}

/// Of the newest version of each set-up, the one added last; a known version written again stays where
/// it was.
pub(crate) fn last_added(connection: &Connection) -> Result<Option<SessionSetup>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT record FROM setup AS one
         WHERE version = (SELECT max(version) FROM setup WHERE session = one.session)
         ORDER BY rowid DESC LIMIT 1",
    )?;
    let record: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    record.map(|text| read_record(&text)).transpose()
}

/// Adds a set-up or replaces the same version of it.
pub(crate) fn keep(connection: &Connection, setup: &SessionSetup) -> Result<(), Trouble> {
    connection.execute(
        "INSERT INTO setup (session, version, record) VALUES (?, ?, ?)
         ON CONFLICT (session, version) DO UPDATE SET record = excluded.record",
        params![setup.id, setup.version, record(setup)?],
    )?;
    Ok(())
}

/// A setting; 0 until it was set.
pub(crate) fn setting(connection: &Connection, name: &str) -> Result<i64, Trouble> {
    let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?")?;
    Ok(statement
        .query_row([name], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// Changes a setting.
pub(crate) fn set(connection: &Connection, name: &str, value: i64) -> Result<(), Trouble> {
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}
