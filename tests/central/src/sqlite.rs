//! The ledger in one SQLite file: one connection, one user at a time.

mod audit;
mod changes;
mod orders;
mod packets;
mod people;
mod reviews;
mod school;
mod stations;
mod twins;
mod uploads;

use crate::refusal::Refusal;
use anyhow::bail;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The steps to today's schema. A step that was once released stays as it is; new ones go behind it.
static STEPS: [M<'_>; 5] = [
    M::up(include_str!("sqlite/schema_1.sql")),
    M::up(include_str!("sqlite/schema_2.sql")),
    M::up(include_str!("sqlite/schema_3.sql")),
    M::up(include_str!("sqlite/schema_4.sql")),
    M::up(include_str!("sqlite/schema_5.sql")),
];

/// The ledger in one SQLite file.
pub struct Sqlite(Mutex<Connection>);

impl Sqlite {
    /// Opens or makes the database; every commit is durable before it returns.
    ///
    /// # Errors
    /// A database of a newer schema is refused and left as it is.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let steps = Migrations::from_slice(&STEPS);
        let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = STEPS.len();
        if usize::try_from(found).is_ok_and(|found| found > known) {
            bail!("the database has schema {found}, this server knows {known}: use the newer server");
        }
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        steps.to_latest(&mut connection)?;
        connection.execute_batch("PRAGMA foreign_keys = ON;")?;
        Ok(Self(Mutex::new(connection)))
    }

    /// The connection, one user at a time. A panic of another user leaves no half transaction behind: SQLite rolls
    /// it back when the guard of the transaction is dropped.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs work in one transaction; a refusal undoes it.
    fn transact<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{ChangeLedger, PacketLedger, ReviewLedger};

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("central.sqlite");
        let newer = format!("PRAGMA user_version = {}", STEPS.len() + 1);
        let database = Sqlite::open(&path).unwrap();
        database.connection().execute_batch(&newer).unwrap();
        drop(database);
        let before = std::fs::read(&path).unwrap();
        assert!(Sqlite::open(&path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_database_of_the_first_schema_keeps_all_it_held() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("central.sqlite");
        let first = Connection::open(&path).unwrap();
        first.execute_batch(include_str!("sqlite/schema_1.sql")).unwrap();
        first
            .execute_batch(include_str!("sqlite/test_first.sql"))
            .unwrap();
        first.execute_batch("PRAGMA user_version = 1").unwrap();
        drop(first);

        let database = Sqlite::open(&path).unwrap();
        let held = database.packets().unwrap();
        let states: Vec<_> = held.iter().map(|p| (p.id.as_str(), p.state.as_str())).collect();
        assert_eq!(
            states,
            [
                ("a", "superseded"),
                ("b", "superseded"),
                ("c", "pending"),
                ("d", "approved")
            ]
        );
        let roots = |id: &str| -> String {
            let connection = database.connection();
            connection
                .query_row("SELECT root FROM packet WHERE id = ?1", [id], |row| row.get(0))
                .unwrap()
        };
        assert_eq!(["a", "b", "c", "d"].map(roots), ["a", "a", "a", "d"]);
        let told = database.changes(0, 1 << 20).unwrap();
        let told: Vec<_> = told
            .changes
            .iter()
            .map(|c| {
                (
                    c["kind"].as_str().unwrap(),
                    c["packet"].as_str().unwrap(),
                    c["state"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(told, [("verdict", "a", "rejected"), ("verdict", "d", "approved")]);
        assert_eq!(database.verdicts(0, 9).unwrap().len(), 2);
        assert_eq!(database.audit(9).unwrap()[0].what, "packet_kept");
    }
}
