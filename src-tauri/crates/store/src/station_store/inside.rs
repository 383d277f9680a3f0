//! What is asked of a store beside its trait, and what its other parts reach of it.

use super::StationStore;
use crate::database::Database;
use crate::packet_folder::PacketFolder;
use crate::trouble::Trouble;
use crate::{audit, enrolments};
use domain::enrolment::Enrolment;
use domain::port::StoreFault;
use rusqlite::Transaction;
use std::sync::{MutexGuard, PoisonError};

/// So many rows of a roster are merged with more memory.
const MANY: usize = 5_000;

impl StationStore {
    /// [`domain::port::Store::merge_roster`] that says now and then how many of the rows are done. It is one transaction: all
    /// of them are kept at its end, or none.
    pub fn merge_roster_telling(
        &self,
        session: &str,
        rows: &[Enrolment],
        told: &mut dyn FnMut(usize),
    ) -> Result<(), StoreFault> {
        self.write_many(rows.len(), |t| enrolments::merge(t, session, rows, told))
    }

    /// One transaction that may change many rows.
    pub(super) fn write_many<T>(
        &self,
        rows: usize,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        if rows < MANY {
            return self.database.write(work);
        }
        // Pages that change again and again are kept at hand meanwhile, and no longer.
        let hold = |kibibytes: i64| {
            self.database.apart(|connection| {
                connection.pragma_update(None, "cache_size", -kibibytes)?;
                Ok(connection.execute_batch("PRAGMA shrink_memory")?)
            })
        };
        hold(64 << 10)?;
        let written = self.database.write(work);
        hold(2 << 10)?;
        written
    }

    /// Follows the audit trail's chain of hashes from its first line: the number of lines, or, when a line
    /// was changed or cut out, the number of the first one that does not fit (from 1).
    pub fn check_audit(&self) -> Result<Result<u64, u64>, StoreFault> {
        self.database.read(|t| audit::follow(t))
    }

    /// The database, for what stands in other files.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// The packet files, for what stands in other files.
    pub(crate) fn packet_folder(&self) -> &PacketFolder {
        &self.packets
    }

    /// No packet becomes durable while this is held.
    pub(crate) fn nothing_enters(&self) -> MutexGuard<'_, ()> {
        self.enqueuing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What trouble with the files means for the station.
    pub(crate) fn settle(&self, trouble: Trouble) -> StoreFault {
        trouble.settle(&self.folder)
    }
}
