//! Faults of the database and the file system, turned into the store's faults.

use crate::private;
use domain::port::StoreFault;
use rusqlite::ErrorCode;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What may go wrong inside; [`Trouble::settle`] says what it means for the station.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The database said no.
    Sql(rusqlite::Error),
    /// The file system said no.
    Io(io::Error),
    /// A record in the database cannot be read.
    Record(serde_json::Error),
    /// Already a fault of the store.
    Fault(StoreFault),
    /// A rule of the store was broken by the caller or by an altered database.
    Other(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Record(error)
    }
}

impl From<StoreFault> for Trouble {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault)
    }
}

impl Trouble {
    /// True when the database may hold after a restart what it refused now: an fsync failed, and what it was for
    /// lies in the log all the same. A full disk is noticed before the log holds all of it.
    pub(crate) fn is_undecided(&self) -> bool {
        matches!(self, Self::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure))
    }

    /// What the station is told. SQLite reports a full disk and a folder that became read-only as plain
    /// IO errors in some places (the shared-memory file of the WAL is one), so the folder itself is asked.
    pub(crate) fn settle(self, folder: &Path) -> StoreFault {
        match self {
            Self::Fault(fault) => fault,
            Self::Io(error) => of_io(&error),
            // The message of a JSON error may quote the record, which holds personal data.
            Self::Record(error) => {
                StoreFault::Failed(format!("a record cannot be read: {:?}", error.classify()))
            }
            Self::Other(what) => StoreFault::Failed(what),
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => StoreFault::Full,
                Some(ErrorCode::ReadOnly) => StoreFault::ReadOnly,
                Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => probe(folder)
                    .err()
                    .map(|e| of_io(&e))
                    .filter(|f| !matches!(f, StoreFault::Failed(_)))
                    .unwrap_or_else(|| StoreFault::Failed(error.to_string())),
                _ => StoreFault::Failed(error.to_string()),
            },
        }
    }
}

/// Writes 64 KiB (more than one page of the WAL and its index) and takes them away again.
fn probe(folder: &Path) -> io::Result<()> {
    let path = folder.join("probe.part");
    let mut options = private::writing();
    let written = options
        .create(true)
        .truncate(true)
        .open(&path)
        .and_then(|mut file| {
            file.write_all(&[0; 65_536])?;
            file.sync_all()
        });
    if path.exists() {
        std::fs::remove_file(&path)?;
    }
    written
}

fn of_io(error: &io::Error) -> StoreFault {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreFault::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StoreFault::ReadOnly,
        _ => StoreFault::Failed(error.to_string()),
    }
}
