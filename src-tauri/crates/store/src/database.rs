//! The database: the one place that opens it, its migrations, its writer and its reader.

use crate::trouble::Trouble;
use crate::{private, search};
use domain::port::StoreFault;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, ffi};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One step from one schema to the next.
struct Migration {
    sql: &'static str,
    /// What SQL cannot do, in the same transaction, after it.
    then: fn(&Connection) -> Result<(), Trouble>,
}

impl Migration {
    const fn sql(sql: &'static str) -> Self {
        Self {
            sql,
            then: |_| Ok(()),
        }
    }
}

/// The steps from an empty database to today's; never edited once released, only added to.
const MIGRATIONS: [Migration; 15] = [
    Migration::sql(include_str!("migrations/0001_first.sql")),
    Migration::sql(include_str!("migrations/0002_exceptions.sql")),
    Migration::sql(include_str!("migrations/0003_cameras.sql")),
    Migration {
        sql: include_str!("migrations/0004_search.sql"),
        then: search::fill,
    },
    Migration::sql(include_str!("migrations/0005_queue.sql")),
    Migration::sql(include_str!("migrations/0006_enrolment.sql")),
    Migration::sql(include_str!("migrations/0007_roster.sql")),
    Migration::sql(include_str!("migrations/0008_refund.sql")),
    Migration::sql(include_str!("migrations/0009_payment.sql")),
    Migration::sql(include_str!("migrations/0010_day.sql")),
    Migration::sql(include_str!("migrations/0011_line.sql")),
    Migration::sql(include_str!("migrations/0012_code.sql")),
    Migration::sql(include_str!("migrations/0013_voucher.sql")),
    Migration {
        sql: include_str!("migrations/0014_matching.sql"),
        then: search::fill_exam_numbers,
    },
    Migration::sql(include_str!("migrations/0015_taking_once.sql")),
];

/// The key of the database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Key {
    /// The file is plain: this build carries SQLite without encryption, and the disk's own encryption
    /// is what protects roster data. Packets are sealed to the central server's key in any case.
    None,
}

/// An open database with one writer and one reader.
pub struct Database {
    folder: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl Database {
    /// The newest schema version this program knows.
    pub const VERSION: u32 = MIGRATIONS.len() as u32;

    /// Opens or creates the database at `path` and brings it to today's schema. A database of a newer
    /// version is refused before anything is written to it.
    pub fn open(path: &Path, key: &Key) -> Result<Self, StoreFault> {
        let folder = path.parent().unwrap_or(Path::new(".")).to_path_buf();
        Self::try_open(path, key, &folder).map_err(|trouble| trouble.settle(&folder))
    }

    fn try_open(path: &Path, key: &Key, folder: &Path) -> Result<Self, Trouble> {
        // The one place where the key goes to every connection, before its first statement.
        let Key::None = key;
        refuse_newer(path)?;
        // SQLite gives its journals the permissions of the database; those a crash left have their own.
        private::file(path)?;
        for journal in ["-wal", "-shm"] {
            let mut name = path.as_os_str().to_os_string();
            name.push(journal);
            if Path::new(&name).exists() {
                private::close(Path::new(&name))?;
            }
        }
        let mut writer = Connection::open(path)?;
        prepare(&writer)?;
        log_ahead(&writer)?;
        migrate(&mut writer)?;
        let reader = Connection::open(path)?;
        prepare(&reader)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
        })
    }

    /// Runs `work` in one transaction of the writer; it is committed and fsynced when this returns `Ok`.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        self.try_write(work)
            .map_err(|trouble| trouble.settle(&self.folder))
    }

    /// The same, for a caller to whom it matters how it failed.
    pub(crate) fn try_write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }

    /// Runs `work` on the writer outside any transaction.
    pub(crate) fn apart<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        work(&lock(&self.writer)).map_err(|trouble| trouble.settle(&self.folder))
    }

    /// Runs `work` on the reader, on one snapshot.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        let mut reader = lock(&self.reader);
        let run = |reader: &mut Connection| work(&reader.transaction()?);
        run(&mut reader).map_err(|trouble: Trouble| trouble.settle(&self.folder))
    }
}

/// A panic in another thread rolled its transaction back; the connection is as good as before.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refuse_newer(path: &Path) -> Result<(), Trouble> {
    if !path.exists() {
        return Ok(());
    }
    let read = |flags| {
        version(&Connection::open_with_flags(
            path,
            flags | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?)
    };
    let found = match read(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // A crash left a transaction half written, which SQLite takes back before it reads: that is a write, and
        // the one that whatever version wrote it would begin with.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {
            read(OpenFlags::SQLITE_OPEN_READ_WRITE)
        }
        other => other,
    }?;
    if found > Database::VERSION {
        return Err(StoreFault::Newer {
            found,
            known: Database::VERSION,
        }
        .into());
    }
    Ok(())
}

/// Version of a database's schema.
pub(crate) fn version(connection: &Connection) -> Result<u32, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn prepare(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "full")?;
    // Without this, macOS only asks the disk and does not wait for its platters.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Sorting never leaves personal data in a temporary file; deleted rows are overwritten.
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Switches to the write-ahead log. SQLite gives the answer first and commits the switch after it: whoever stops at
/// the answer does not hear that it failed, and goes on in a mode in which a power cut may take back what was
/// committed.
fn log_ahead(connection: &Connection) -> Result<(), Trouble> {
    let mut statement = connection.prepare("PRAGMA journal_mode = wal")?;
    let mut answers = statement.query([])?;
    let mut mode = String::new();
    while let Some(answer) = answers.next()? {
        mode = answer.get(0)?;
    }
    if mode == "wal" {
        return Ok(());
    }
    let why = ffi::Error::new(ffi::SQLITE_IOERR);
    Err(rusqlite::Error::SqliteFailure(why, Some(format!("the journal stays in mode {mode}"))).into())
}

fn migrate(connection: &mut Connection) -> Result<(), Trouble> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?;
    for (index, step) in MIGRATIONS.iter().enumerate().skip(from as usize) {
        transaction.execute_batch(step.sql)?;
        (step.then)(&transaction)?;
        transaction.pragma_update(None, "user_version", index as u32 + 1)?;
    }
    transaction.commit()?;
    Ok(())
}
