//! The commit: an upload becomes a packet, once, and the station gets the signed acknowledgement.

use crate::audit;
use crate::fault::Mischief;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::extract::Path;
use axum::{Extension, Json};
use jiff::Timestamp;
use packet::{Acknowledgement, Expected, Manifest, ServerSigningKey};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use serde::Deserialize;
use uuid::Uuid;

/// What the station says of its packet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Commit {
    /// URL or id of the upload; only the last part of the path counts.
    upload: String,
    /// SHA-256 of the sealed bytes, hexadecimal.
    sha256: String,
    /// Number of sealed bytes.
    size: u64,
}

/// `POST /v1/packets/{id}/commit`
pub(crate) async fn commit(
    shared: State,
    Path(id): Path<Uuid>,
    mischief: Option<Extension<Mischief>>,
    Json(commit): Json<Commit>,
) -> Result<Json<Acknowledgement>, Refusal> {
    let mut acknowledgement = blocking(&shared, move |shared| shared.commit(id, &commit)).await?;
    if mischief.is_some_and(|Extension(m)| m == Mischief::WrongSignature) {
        let foreign = ServerSigningKey::from_seed(&[13; 32]);
        let received_at = acknowledgement.received_at;
        let expected = Expected {
            packet_id: id,
            sha256: &acknowledgement.sha256,
            size: acknowledgement.size,
        };
        let forged = Acknowledgement::sign(&expected, received_at, &foreign);
        acknowledgement.signature = forged.signature;
    }
    Ok(Json(acknowledgement))
}

impl Shared {
    fn commit(&self, id: Uuid, commit: &Commit) -> Result<Acknowledgement, Refusal> {
        // Two commits of one packet at the same time must not both rename a file to its name.
        let _packet_turn = self.busy.enter(id)?;
        if let Some(stored) = self.stored(id, commit)? {
            return Ok(stored);
        }
        let upload_id = commit
            .upload
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let upload_id: Uuid = upload_id
            .parse()
            .map_err(|_| Refusal::not_found("upload_unknown"))?;
        let _turn = self.busy.enter(upload_id)?;
        let upload = self.upload(upload_id)?;
        if upload.offset < upload.length {
            let message = format!("{} of {} bytes are here", upload.offset, upload.length);
            return Err(Refusal::conflict("upload_incomplete", message));
        }
        // After a crash between the renaming and the row, the file already has its last name.
        let growing = self.folder.upload(upload_id);
        let renamed = !growing.exists();
        let bytes = std::fs::read(if renamed { self.folder.packet(id) } else { growing })?;
        if bytes.len() as u64 != commit.size || packet::sha256_hex(&bytes) != commit.sha256 {
            return Err(Refusal::conflict(
                "hash_differs",
                "the uploaded bytes are not those of the packet",
            ));
        }
        let opened = packet::open(&bytes, &self.keys.opening)
            .map_err(|e| Refusal::unreadable("packet_unreadable", e.to_string()))?;
        if opened.manifest.packet_id != id {
            return Err(Refusal::unreadable(
                "packet_unreadable",
                "the packet inside has another id",
            ));
        }
        self.refuse_retake_of_approved(&opened.manifest)?;
        if !renamed {
            self.folder.keep(upload_id, id)?;
        }
        self.keep(commit, upload_id, &opened.manifest)
    }

    /// The acknowledgement given before; 409 when the id stands for other bytes.
    fn stored(&self, id: Uuid, commit: &Commit) -> Result<Option<Acknowledgement>, Refusal> {
        let row: Option<String> = self
            .database()
            .0
            .query_row(
                "SELECT acknowledgement FROM packet WHERE id = ?1",
                [id.to_string()],
                |row| row.get(0),
            )
            .optional()?;
        let Some(text) = row else { return Ok(None) };
        let stored: Acknowledgement = serde_json::from_str(&text).map_err(anyhow::Error::from)?;
        if stored.sha256 == commit.sha256 && stored.size == commit.size {
            Ok(Some(stored))
        } else {
            Err(Refusal::conflict(
                "packet_differs",
                "another packet was stored under this id",
            ))
        }
    }

    fn refuse_retake_of_approved(&self, manifest: &Manifest) -> Result<(), Refusal> {
        let Some(first) = manifest.retake_of else {
            return Ok(());
        };
        let approved: bool = self.database().0.query_row(
            "SELECT EXISTS (SELECT 1 FROM verdict WHERE packet = ?1 AND state = 'approved')",
            [first.to_string()],
            |row| row.get(0),
        )?;
        if approved {
            Err(Refusal::conflict(
                "locked",
                "the first photo was approved and is locked",
            ))
        } else {
            Ok(())
        }
    }

    fn keep(&self, commit: &Commit, upload: Uuid, manifest: &Manifest) -> Result<Acknowledgement, Refusal> {
        let id = manifest.packet_id;
        let mut database = self.database();
        let transaction = database
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let retake_of = manifest.retake_of.map(|first| first.to_string());
        let received_at = Timestamp::now();
        let expected = Expected {
            packet_id: id,
            sha256: &commit.sha256,
            size: commit.size,
        };
        let acknowledgement = Acknowledgement::sign(&expected, received_at, &self.keys.signing);
        let text = serde_json::to_string(&acknowledgement).map_err(anyhow::Error::from)?;
        transaction.execute(
            "INSERT INTO packet (id, sha256, size, received_at, station, session, retake_of, acknowledgement)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                id.to_string(),
                commit.sha256,
                commit.size as i64,
                received_at.to_string(),
                manifest.station_id,
                manifest.session.id,
                retake_of,
                text
            ],
        )?;
        transaction.execute(
            "UPDATE upload SET state = 'kept' WHERE id = ?1",
            [upload.to_string()],
        )?;
        audit::record(&transaction, "packet_kept", &id.to_string())?;
        transaction.commit()?;
        Ok(acknowledgement)
    }
}
