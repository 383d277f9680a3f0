//! Packets as the server holds them: listed, opened for the reviewer's eyes, taken back.

use crate::caller::Caller;
use crate::extract::{Body, Named};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::Timestamp;
use packet::OpenedPacket;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// A packet as the server holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldPacket {
    /// Id of the packet.
    pub id: String,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// Number of sealed bytes.
    pub size: u64,
    /// When it was durable here, RFC 3339.
    pub received_at: String,
    /// Station it came from.
    pub station: String,
    /// Session it belongs to.
    pub session: String,
    /// Packet it replaces.
    pub retake_of: Option<String>,
    /// Enrolment it is for.
    pub enrolment: String,
    /// The station gave the enrolment itself: a walk-in.
    pub provisional: bool,
    /// Class of that enrolment.
    pub class_name: String,
    /// `pending`, `approved`, `rejected`, `superseded` (a retake took its place) or `withdrawn`.
    pub state: String,
    /// Who took it back, and why.
    pub withdrawn: Option<Withdrawn>,
}

/// Who took a packet back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// Why, in a supervisor's words.
    pub reason: String,
    /// Who asked.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// A packet that is about to be held.
#[derive(Debug, Clone, Copy)]
pub struct NewPacket<'a> {
    /// Id of the packet.
    pub id: Uuid,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: &'a str,
    /// Number of sealed bytes.
    pub size: u64,
    /// When it came.
    pub received_at: Timestamp,
    /// Station that took it, as its manifest says.
    pub station: &'a str,
    /// Key that signed it, hexadecimal.
    pub signer: &'a str,
    /// The key may become that of a station that nobody knows yet.
    pub may_bind: bool,
    /// Session it belongs to.
    pub session: &'a str,
    /// Enrolment it is for.
    pub enrolment: &'a str,
    /// The station gave the enrolment itself.
    pub provisional: bool,
    /// The sitter's document, as a keyed hash: tells two persons apart and names neither.
    pub person: &'a str,
    /// The 采集码 it carries, as a keyed hash; empty where it carries none.
    pub code: &'a str,
    /// Class of the enrolment.
    pub class_name: &'a str,
    /// Packet it replaces.
    pub retake_of: Option<Uuid>,
    /// The signed acknowledgement, JSON.
    pub acknowledgement: &'a str,
    /// Upload it came by; none when it came by hand.
    pub upload: Option<Uuid>,
    /// Who brought it.
    pub by: &'a Caller,
}

/// Largest reason for taking a packet back, in characters.
const MOST_REASON: usize = 500;

impl Shared {
    /// The sealed bytes of one packet, as they came.
    pub(crate) fn sealed_packet(&self, id: Uuid) -> Result<Vec<u8>, Refusal> {
        let held = self.ledger.packet(id)?;
        held.ok_or_else(|| Refusal::not_found("packet_unknown"))?;
        let bytes = self.blobs.packet(id)?;
        Ok(bytes.ok_or_else(|| anyhow::anyhow!("the bytes of packet {id} are not there"))?)
    }

    /// Opens one packet with the server's key.
    pub(crate) fn open_packet(&self, id: Uuid) -> Result<OpenedPacket, Refusal> {
        let bytes = self.sealed_packet(id)?;
        let opened = packet::open(&bytes, &self.keys.opening).map_err(anyhow::Error::from)?;
        Ok(opened)
    }
}

/// `GET /v1/packets`
pub(crate) async fn list(shared: State) -> Result<Json<Value>, Refusal> {
    let packets = blocking(&shared, |shared| shared.ledger.packets()).await?;
    Ok(Json(json!({ "packets": packets })))
}

/// `GET /v1/packets/{id}/files/{name}`
pub(crate) async fn file(
    shared: State,
    Named((id, name)): Named<(Uuid, String)>,
) -> Result<Response, Refusal> {
    let mut opened = blocking(&shared, move |shared| shared.open_packet(id)).await?;
    let content = opened
        .files
        .remove(&name)
        .ok_or_else(|| Refusal::not_found("file_unknown"))?;
    let kind = match name.rsplit('.').next() {
        Some("jpg") => "image/jpeg",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    Ok(private(kind, content))
}

/// `GET /v1/packets/{id}/photo`: what a desk shows beside a retake.
pub(crate) async fn photo(shared: State, Named(id): Named<Uuid>) -> Result<Response, Refusal> {
    let photo = blocking(&shared, move |shared| {
        let mut opened = shared.open_packet(id)?;
        let photo = opened.files.remove(&opened.manifest.photo.file.name);
        Ok(photo.ok_or_else(|| anyhow::anyhow!("packet {id} has no photo"))?)
    });
    Ok(private("image/jpeg", photo.await?))
}

fn private(kind: &'static str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, content).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdrawal {
    reason: String,
}

/// `POST /v1/packets/{id}/withdraw`: also of a packet that never came.
pub(crate) async fn withdraw(
    shared: State,
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    Body(Withdrawal { reason }): Body<Withdrawal>,
) -> Result<Json<Value>, Refusal> {
    if !(1..=MOST_REASON).contains(&reason.chars().count()) {
        let message = format!("a reason has 1 to {MOST_REASON} characters");
        return Err(Refusal::unreadable("reason", message));
    }
    blocking(&shared, move |shared| {
        let _turn = shared.busy.enter(id)?;
        shared.ledger.withdraw(id, &reason, &caller)
    })
    .await?;
    Ok(Json(json!({ "packet": id, "state": "withdrawn" })))
}
