//! Packets as the server holds them: listed, and opened for the reviewer's eyes only.

use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use packet::OpenedPacket;
use rusqlite::OptionalExtension;
use serde::Serialize;
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
    /// `pending`, `approved` or `rejected`.
    pub state: String,
}

const COLUMNS: &str = "SELECT packet.id, sha256, size, received_at, station, session, retake_of,
    coalesce(verdict.state, 'pending') FROM packet LEFT JOIN verdict ON verdict.packet = packet.id";

impl Shared {
    /// All packets, oldest first.
    pub(crate) fn packets(&self) -> rusqlite::Result<Vec<HeldPacket>> {
        let database = self.database();
        let mut statement = database
            .0
            .prepare(&format!("{COLUMNS} ORDER BY received_at, packet.id"))?;
        statement.query_map([], read)?.collect()
    }

    /// The sealed bytes of one packet, as they came.
    pub(crate) fn sealed_packet(&self, id: Uuid) -> Result<Vec<u8>, Refusal> {
        let held = self
            .database()
            .0
            .query_row(&format!("{COLUMNS} WHERE packet.id = ?1"), [id.to_string()], read)
            .optional()?;
        if held.is_none() {
            return Err(Refusal::not_found("packet_unknown"));
        }
        Ok(std::fs::read(self.folder.packet(id))?)
    }

    /// Opens one packet with the server's key.
    pub(crate) fn open_packet(&self, id: Uuid) -> Result<OpenedPacket, Refusal> {
        let bytes = self.sealed_packet(id)?;
        let opened = packet::open(&bytes, &self.keys.opening).map_err(anyhow::Error::from)?;
        Ok(opened)
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<HeldPacket> {
    Ok(HeldPacket {
        id: row.get(0)?,
        sha256: row.get(1)?,
        size: row.get::<_, i64>(2)?.unsigned_abs(),
        received_at: row.get(3)?,
        station: row.get(4)?,
        session: row.get(5)?,
        retake_of: row.get(6)?,
        state: row.get(7)?,
    })
}

/// `GET /v1/packets`
pub(crate) async fn list(shared: State) -> Result<Json<serde_json::Value>, Refusal> {
    let packets = blocking(&shared, |shared| Ok(shared.packets()?)).await?;
    Ok(Json(serde_json::json!({ "packets": packets })))
}

/// `GET /v1/packets/{id}/files/{name}`
pub(crate) async fn file(shared: State, Path((id, name)): Path<(Uuid, String)>) -> Result<Response, Refusal> {
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
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, content).into_response())
}
