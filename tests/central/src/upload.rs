//! An upload as the server keeps it: a row with the confirmed offset, and growing bytes.

use crate::caller::Caller;
use crate::refusal::Refusal;
use crate::shared::Shared;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// Takes bytes, or waits for its commit.
    Open,
    /// Became a packet.
    Kept,
    /// Terminated, expired or lost.
    Gone,
}

/// One upload. The offset in the ledger is the truth: bytes beyond it were never confirmed and are cut off before
/// the next ones come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: Uuid,
    /// Station that began it; empty for the start-up token.
    pub owner: String,
    /// Bytes it will have.
    pub length: u64,
    /// Bytes that are durable.
    pub offset: u64,
    /// What the client said of it, as it came.
    pub metadata: String,
    /// When it is dropped unless bytes come.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: UploadState,
}

/// How much room there is for unfinished uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Unfinished uploads of one owner.
    pub uploads: u32,
    /// Announced bytes of all unfinished uploads.
    pub bytes: u64,
}

fn gone() -> Refusal {
    let message = "the upload expired, was terminated or lost: begin anew";
    Refusal::new(StatusCode::GONE, "upload_gone", message)
}

impl Shared {
    pub(crate) fn create_upload(&self, length: u64, metadata: &str, by: &Caller) -> Result<Upload, Refusal> {
        self.sweep()?;
        let upload = Upload {
            id: Uuid::now_v7(),
            owner: by.owner().to_owned(),
            length,
            offset: 0,
            metadata: metadata.to_owned(),
            expires_at: self.upload_end(),
            state: UploadState::Open,
        };
        let room = Room {
            uploads: self.limits.open_uploads,
            bytes: self.limits.unfinished_bytes,
        };
        self.ledger.begin_upload(&upload, room)?;
        self.blobs.begin(upload.id)?;
        Ok(upload)
    }

    /// The upload, also when it has become a packet.
    ///
    /// # Errors
    /// 404 for an unknown or foreign one; 410 for one that is gone, also when confirmed bytes were lost.
    pub(crate) fn upload(&self, id: Uuid, by: &Caller) -> Result<Upload, Refusal> {
        let upload = self.ledger.upload(id)?.filter(|u| u.owner == by.owner());
        let upload = upload.ok_or_else(|| Refusal::not_found("upload_unknown"))?;
        match upload.state {
            UploadState::Kept => return Ok(upload),
            UploadState::Gone => return Err(gone()),
            UploadState::Open => {}
        }
        let expired = upload.expires_at < Timestamp::now();
        if expired || self.has_lost_bytes(&upload)? {
            self.drop_upload(id)?;
            return Err(gone());
        }
        Ok(upload)
    }

    /// A complete upload whose bytes are not there may have become a packet's bytes before a crash: only its
    /// commit can tell.
    fn has_lost_bytes(&self, upload: &Upload) -> Result<bool, Refusal> {
        Ok(match self.blobs.length(upload.id)? {
            Some(there) => there < upload.offset,
            None => upload.offset < upload.length,
        })
    }

    /// Confirms bytes that are durable, and prolongs the upload's life.
    pub(crate) fn confirm_upload(&self, id: Uuid, offset: u64) -> Result<(), Refusal> {
        self.ledger.confirm_upload(id, offset, self.upload_end())
    }

    /// Ends an upload: first the row, so that no crash leaves one that promises bytes.
    pub(crate) fn drop_upload(&self, id: Uuid) -> Result<(), Refusal> {
        self.ledger.end_upload(id)?;
        Ok(self.blobs.remove(id)?)
    }

    /// Drops the uploads whose time is over.
    pub(crate) fn sweep(&self) -> Result<(), Refusal> {
        for id in self.ledger.expired_uploads(Timestamp::now())? {
            if let Ok(_turn) = self.busy.enter(id) {
                self.drop_upload(id)?;
            }
        }
        Ok(())
    }

    fn upload_end(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(i64::from(self.limits.upload_lifetime_s))
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
