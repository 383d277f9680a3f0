//! An upload as the server keeps it: a row with the confirmed offset, and a growing file.

use crate::refusal::Refusal;
use crate::shared::Shared;
use axum::http::StatusCode;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Largest upload, in bytes.
pub(crate) const MAX_SIZE: u64 = packet::MAX_CONTAINER as u64 + (1 << 20);

/// An unfinished upload is dropped after this many seconds without a byte.
const LIFETIME_S: i64 = 24 * 3600;

/// One upload. The offset in the database is the truth: bytes of the file beyond it were never
/// confirmed and are cut off before the next ones come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) id: Uuid,
    pub(crate) length: u64,
    pub(crate) offset: u64,
    pub(crate) metadata: String,
    pub(crate) expires_at: Timestamp,
}

impl Shared {
    pub(crate) fn create_upload(&self, length: u64, metadata: &str) -> Result<Upload, Refusal> {
        let id = Uuid::now_v7();
        let expires_at = Timestamp::now() + jiff::SignedDuration::from_secs(LIFETIME_S);
        std::fs::File::create(self.folder.upload(id))?.sync_all()?;
        self.database().0.execute(
            "INSERT INTO upload (id, length, offset, metadata, expires_at, state) VALUES (?1, ?2, 0, ?3, ?4, 'open')",
            params![id.to_string(), length as i64, metadata, expires_at.as_second()],
        )?;
        Ok(Upload {
            id,
            length,
            offset: 0,
            metadata: metadata.to_owned(),
            expires_at,
        })
    }

    /// The upload, also when it has become a packet; 404 for an unknown one, 410 for one that is gone.
    pub(crate) fn upload(&self, id: Uuid) -> Result<Upload, Refusal> {
        let row = self.database().0.query_row(
            "SELECT length, offset, metadata, expires_at, state FROM upload WHERE id = ?1",
            [id.to_string()],
            |row| {
                let numbers: (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(3)?);
                Ok((numbers, row.get::<_, String>(2)?, row.get::<_, String>(4)?))
            },
        );
        let ((length, offset, expires_at), metadata, state) = row
            .optional()?
            .ok_or_else(|| Refusal::not_found("upload_unknown"))?;
        let expires_at = Timestamp::from_second(expires_at).map_err(anyhow::Error::from)?;
        if state == "gone" || (state == "open" && expires_at < Timestamp::now()) {
            self.terminate_upload(id)?;
            return Err(Refusal::new(
                StatusCode::GONE,
                "upload_gone",
                "the upload expired or was terminated",
            ));
        }
        let (length, offset) = (length.unsigned_abs(), offset.unsigned_abs());
        Ok(Upload {
            id,
            length,
            offset,
            metadata,
            expires_at,
        })
    }

    /// Confirms bytes that are durable in the file, and prolongs the upload's life.
    pub(crate) fn confirm_upload(&self, id: Uuid, offset: u64) -> Result<(), Refusal> {
        let expires_at = Timestamp::now().as_second() + LIFETIME_S;
        self.database().0.execute(
            "UPDATE upload SET offset = ?2, expires_at = ?3 WHERE id = ?1 AND state = 'open'",
            params![id.to_string(), offset as i64, expires_at],
        )?;
        Ok(())
    }

    pub(crate) fn terminate_upload(&self, id: Uuid) -> Result<(), Refusal> {
        self.database().0.execute(
            "UPDATE upload SET state = 'gone' WHERE id = ?1 AND state <> 'kept'",
            [id.to_string()],
        )?;
        match std::fs::remove_file(self.folder.upload(id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Uploads that a request is writing to; a second one at the same time gets 423.
#[derive(Default)]
pub(crate) struct Busy(Mutex<HashSet<Uuid>>);

impl Busy {
    pub(crate) fn enter(&self, id: Uuid) -> Result<Turn<'_>, Refusal> {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id) {
            Ok(Turn { busy: self, id })
        } else {
            Err(Refusal::new(
                StatusCode::LOCKED,
                "upload_busy",
                "another request writes to this upload",
            ))
        }
    }
}

/// The right to write to one upload; ends when dropped.
pub(crate) struct Turn<'a> {
    busy: &'a Busy,
    id: Uuid,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.busy
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}
