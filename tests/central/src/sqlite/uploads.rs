//! Uploads as rows: the offset here is the truth.

use super::Sqlite;
use crate::ledger::UploadLedger;
use crate::refusal::Refusal;
use crate::upload::{Room, Upload, UploadState};
use axum::http::StatusCode;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// Seconds after which a station may find room again.
const ROOM_AGAIN_S: u64 = 30;

impl UploadLedger for Sqlite {
    fn begin_upload(&self, upload: &Upload, room: Room) -> Result<(), Refusal> {
        self.transact(|transaction| {
            let open: u32 = transaction
                .prepare_cached("SELECT count(*) FROM upload WHERE state = 'open' AND owner = ?1")?
                .query_row([&upload.owner], |row| row.get(0))?;
            if open >= room.uploads {
                return Err(Refusal::too_many("too_many_uploads", ROOM_AGAIN_S));
            }
            let bytes: i64 = transaction
                .prepare_cached("SELECT coalesce(sum(length), 0) FROM upload WHERE state = 'open'")?
                .query_row([], |row| row.get(0))?;
            if bytes.unsigned_abs().saturating_add(upload.length) > room.bytes {
                let message = "unfinished uploads fill the server";
                return Err(Refusal {
                    retry_after_s: Some(ROOM_AGAIN_S),
                    ..Refusal::new(StatusCode::INSUFFICIENT_STORAGE, "uploads_full", message)
                });
            }
            transaction.execute(
                "INSERT INTO upload (id, length, offset, metadata, expires_at, state, owner)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6)",
                params![
                    upload.id.to_string(),
                    upload.length as i64,
                    upload.offset as i64,
                    upload.metadata,
                    upload.expires_at.as_second(),
                    upload.owner
                ],
            )?;
            Ok(())
        })
    }

    fn upload(&self, id: Uuid) -> Result<Option<Upload>, Refusal> {
        let connection = self.connection();
        let row = connection
            .prepare_cached(
                "SELECT length, offset, metadata, expires_at, state, owner FROM upload WHERE id = ?1",
            )?
            .query_row([id.to_string()], |row| {
                let numbers: (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(3)?);
                let texts: (String, String, String) = (row.get(2)?, row.get(4)?, row.get(5)?);
                Ok((numbers, texts))
            })
            .optional()?;
        let Some(((length, offset, expires_at), (metadata, state, owner))) = row else {
            return Ok(None);
        };
        Ok(Some(Upload {
            id,
            owner,
            length: length.unsigned_abs(),
            offset: offset.unsigned_abs(),
            metadata,
            expires_at: Timestamp::from_second(expires_at).map_err(anyhow::Error::from)?,
            state: match state.as_str() {
                "open" => UploadState::Open,
                "kept" => UploadState::Kept,
                _ => UploadState::Gone,
            },
        }))
    }

    fn confirm_upload(&self, id: Uuid, offset: u64, expires_at: Timestamp) -> Result<(), Refusal> {
        self.connection()
            .prepare_cached(
                "UPDATE upload SET offset = ?2, expires_at = ?3 WHERE id = ?1 AND state = 'open'",
            )?
            .execute(params![id.to_string(), offset as i64, expires_at.as_second()])?;
        Ok(())
    }

    fn end_upload(&self, id: Uuid) -> Result<(), Refusal> {
        self.connection().execute(
            "UPDATE upload SET state = 'gone' WHERE id = ?1 AND state <> 'kept'",
            [id.to_string()],
        )?;
        Ok(())
    }

    fn expired_uploads(&self, now: Timestamp) -> Result<Vec<Uuid>, Refusal> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT id FROM upload WHERE state = 'open' AND expires_at < ?1 LIMIT 200")?;
        let ids = statement.query_map([now.as_second()], |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for id in ids {
            found.push(id?.parse().map_err(anyhow::Error::from)?);
        }
        Ok(found)
    }
}
