//! The embedded database: one connection, one version of the schema.

use anyhow::bail;
use rusqlite::Connection;
use std::path::Path;

/// Number of the schema below; a database of a newer one is refused untouched.
const VERSION: i64 = 1;

const SCHEMA: &str = "
CREATE TABLE upload (
    id TEXT PRIMARY KEY, length INTEGER NOT NULL, offset INTEGER NOT NULL, metadata TEXT NOT NULL,
    expires_at INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'gone'))
) STRICT;
CREATE TABLE packet (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, received_at TEXT NOT NULL,
    station TEXT NOT NULL, session TEXT NOT NULL, retake_of TEXT, acknowledgement TEXT NOT NULL
) STRICT;
CREATE TABLE verdict (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT, packet TEXT NOT NULL UNIQUE REFERENCES packet (id),
    state TEXT NOT NULL CHECK (state IN ('approved', 'rejected')), reasons TEXT NOT NULL,
    text TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE purchase (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unknown', 'not_paid', 'paid', 'closed')), code_url TEXT,
    created_at TEXT NOT NULL, paid_at TEXT
) STRICT;
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL
) STRICT;
";

/// The embedded database.
pub(crate) struct Database(pub(crate) Connection);

impl Database {
    /// Opens or makes the database; every commit is durable before it returns.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => {
                connection.execute_batch(&format!(
                    "BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"
                ))?;
            }
            VERSION => {}
            newer => {
                bail!("the database has schema {newer}, this server knows {VERSION}: use the newer server")
            }
        }
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )?;
        Ok(Self(connection))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("central.sqlite");
        Database::open(&path)
            .unwrap()
            .0
            .execute_batch("PRAGMA user_version = 2")
            .unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(Database::open(&path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}
