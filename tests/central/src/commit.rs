//! The commit: an upload becomes a packet, once, and the station gets the signed acknowledgement.

use crate::caller::Caller;
use crate::extract::{Body, Named};
use crate::fault::Mischief;
use crate::packets::NewPacket;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::http::StatusCode;
use axum::{Extension, Json};
use jiff::Timestamp;
use packet::{Acknowledgement, Expected, OpenedPacket, ServerSigningKey};
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
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    mischief: Option<Extension<Mischief>>,
    Body(commit): Body<Commit>,
) -> Result<Json<Acknowledgement>, Refusal> {
    let mischief = mischief.map(|Extension(mischief)| mischief);
    let mut acknowledgement = blocking(&shared, move |shared| {
        if mischief == Some(Mischief::LostUpload) {
            shared.blobs.remove(commit.upload_id()?)?;
        }
        shared.commit(id, &commit, &caller)
    })
    .await?;
    if mischief == Some(Mischief::WrongSignature) {
        let foreign = ServerSigningKey::from_seed(&[13; 32]);
        let expected = Expected {
            packet_id: id,
            sha256: &acknowledgement.sha256,
            size: acknowledgement.size,
        };
        acknowledgement.signature =
            Acknowledgement::sign(&expected, acknowledgement.received_at, &foreign).signature;
    }
    Ok(Json(acknowledgement))
}

/// A packet's bytes on their way in, over the network or by hand.
pub(crate) struct Arrival<'a> {
    pub(crate) id: Uuid,
    pub(crate) sha256: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) upload: Option<Uuid>,
    pub(crate) by: &'a Caller,
}

impl Commit {
    fn upload_id(&self) -> Result<Uuid, Refusal> {
        let last = self.upload.trim_end_matches('/').rsplit('/').next();
        last.and_then(|id| id.parse().ok())
            .ok_or_else(|| Refusal::not_found("upload_unknown"))
    }
}

impl Shared {
    fn commit(&self, id: Uuid, commit: &Commit, by: &Caller) -> Result<Acknowledgement, Refusal> {
        // Two commits of one packet at the same time must not both move bytes to its name.
        let _packet_turn = self.busy.enter(id)?;
        if let Some(stored) = self.stored(id, &commit.sha256, commit.size)? {
            return Ok(stored);
        }
        let upload_id = commit.upload_id()?;
        let _turn = self.busy.enter(upload_id)?;
        let upload = self.upload(upload_id, by)?;
        if upload.offset < upload.length {
            let message = format!("{} of {} bytes are here", upload.offset, upload.length);
            return Err(Refusal::conflict("upload_incomplete", message));
        }
        // After a crash between the moving and the row, the bytes have their last name already.
        let growing = self.blobs.uploaded(upload_id)?;
        let moved = growing.is_none();
        let Some(bytes) = growing.map_or_else(|| self.blobs.packet(id), |bytes| Ok(Some(bytes)))? else {
            self.drop_upload(upload_id)?;
            let message = "the uploaded bytes were lost: begin anew";
            return Err(Refusal::new(StatusCode::GONE, "upload_gone", message));
        };
        if bytes.len() as u64 != commit.size || packet::sha256_hex(&bytes) != commit.sha256 {
            let message = "the uploaded bytes are not those of the packet";
            return Err(Refusal::conflict("hash_differs", message));
        }
        let arrival = Arrival {
            id,
            sha256: &commit.sha256,
            bytes: &bytes,
            upload: Some(upload_id),
            by,
        };
        self.admit(&arrival, || {
            if moved {
                Ok(())
            } else {
                Ok(self.blobs.keep(upload_id, id)?)
            }
        })
    }

    /// The acknowledgement given before; 409 when the id stands for other bytes.
    pub(crate) fn stored(
        &self,
        id: Uuid,
        sha256: &str,
        size: u64,
    ) -> Result<Option<Acknowledgement>, Refusal> {
        let Some(text) = self.ledger.acknowledgement(id)? else {
            return Ok(None);
        };
        let stored: Acknowledgement = serde_json::from_str(&text)?;
        if stored.sha256 == sha256 && stored.size == size {
            Ok(Some(stored))
        } else {
            let message = "another packet was stored under this id";
            Err(Refusal::conflict("packet_differs", message))
        }
    }

    /// Holds a packet's bytes against every rule, lets `keep` give them their last place, and writes them down.
    pub(crate) fn admit(
        &self,
        arrival: &Arrival<'_>,
        keep: impl FnOnce() -> Result<(), Refusal>,
    ) -> Result<Acknowledgement, Refusal> {
        let opened = packet::open(arrival.bytes, &self.keys.opening)
            .map_err(|e| Refusal::unreadable("packet_unreadable", e.to_string()))?;
        if opened.manifest.packet_id != arrival.id {
            let message = "the packet inside has another id";
            return Err(Refusal::unreadable("packet_unreadable", message));
        }
        let received_at = Timestamp::now();
        let size = arrival.bytes.len() as u64;
        let expected = Expected {
            packet_id: arrival.id,
            sha256: arrival.sha256,
            size,
        };
        let acknowledgement = Acknowledgement::sign(&expected, received_at, &self.keys.signing);
        let OpenedPacket { manifest, signer, .. } = &opened;
        let packet = NewPacket {
            id: arrival.id,
            sha256: arrival.sha256,
            size,
            received_at,
            station: &manifest.station_id,
            signer: &signer.to_string(),
            may_bind: *arrival.by == Caller::StartUp,
            session: &manifest.session.id,
            enrolment: &manifest.enrolment.id,
            provisional: manifest.enrolment.provisional,
            person: &self
                .keys
                .person(&manifest.identity.document, manifest.identity.number.as_str()),
            code: &manifest
                .enrolment
                .code
                .as_ref()
                .map_or_else(String::new, |code| self.keys.code(code.as_str())),
            class_name: &manifest.enrolment.class,
            retake_of: manifest.retake_of,
            acknowledgement: &serde_json::to_string(&acknowledgement)?,
            upload: arrival.upload,
            by: arrival.by,
        };
        self.ledger.check_packet(&packet)?;
        keep()?;
        Ok(serde_json::from_str(&self.ledger.keep_packet(&packet)?)?)
    }
}
