//! Stations as rows: invited, let in, shut out.

use super::{Sqlite, audit};
use crate::caller::Caller;
use crate::ledger::StationLedger;
use crate::refusal::Refusal;
use crate::stations::{Invitation, Joining, Station};
use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "SELECT id, name, desk, station_key, created_at, joined_at, revoked_at,
    CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN station_key IS NOT NULL THEN 'active'
         WHEN code_expires_at < unixepoch() THEN 'expired' ELSE 'invited' END,
    (SELECT max(received_at) FROM packet WHERE packet.station = station.id)
    FROM station";

impl StationLedger for Sqlite {
    fn invite(&self, invitation: &Invitation<'_>, by: &Caller) -> Result<(), Refusal> {
        self.transact(|transaction| {
            transaction.execute(
                "INSERT INTO station (id, name, code_sha256, code_expires_at, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    invitation.station,
                    invitation.name,
                    invitation.code_sha256,
                    invitation.expires_at.as_second(),
                    super::now()
                ],
            )?;
            Ok(audit::record(
                transaction,
                "station_invited",
                invitation.station,
                by,
            )?)
        })
    }

    fn join(&self, joining: &Joining<'_>) -> Result<String, Refusal> {
        self.transact(|transaction| {
            let id: Option<String> = transaction
                .query_row(
                    "SELECT id FROM station WHERE code_sha256 = ?1 AND code_expires_at >= ?2 AND revoked_at IS NULL",
                    params![joining.code_sha256, joining.at.as_second()],
                    |row| row.get(0),
                )
                .optional()?;
            let id = id.ok_or_else(|| {
                Refusal::forbidden("join_code", "the code is wrong, was used, or is too old: ask for a new one")
            })?;
            transaction.execute(
                "UPDATE station SET code_sha256 = NULL, station_key = ?2, token_sha256 = ?3, desk = ?4, joined_at = ?5
                 WHERE id = ?1",
                params![id, joining.key, joining.token_sha256, joining.desk, joining.at.to_string()],
            )?;
            audit::record(transaction, "station_joined", &id, &Caller::Station(id.clone()))?;
            Ok(id)
        })
    }

    fn stations(&self) -> Result<Vec<Station>, Refusal> {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!("{COLUMNS} ORDER BY created_at, id"))?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    fn revoke(&self, id: &str, by: &Caller) -> Result<Station, Refusal> {
        self.transact(|transaction| {
            let find = |connection: &Connection| {
                connection
                    .query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], read)
                    .optional()
            };
            let station = find(transaction)?.ok_or_else(|| Refusal::not_found("station_unknown"))?;
            if station.revoked_at.is_some() {
                return Ok(station);
            }
            transaction.execute(
                "UPDATE station SET revoked_at = ?2, code_sha256 = NULL WHERE id = ?1",
                params![id, super::now()],
            )?;
            audit::record(transaction, "station_revoked", id, by)?;
            find(transaction)?.ok_or_else(|| Refusal::not_found("station_unknown"))
        })
    }

    fn by_token(&self, token_sha256: &str) -> Result<String, Refusal> {
        let connection = self.connection();
        let row: Option<(String, bool)> = connection
            .prepare_cached("SELECT id, revoked_at IS NOT NULL FROM station WHERE token_sha256 = ?1")?
            .query_row([token_sha256], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let refused = |code, message: &str| Err(Refusal::new(StatusCode::UNAUTHORIZED, code, message));
        match row {
            Some((id, false)) => Ok(id),
            Some((_, true)) => refused("station_revoked", "this station was shut out"),
            None => refused("unauthorised", "the credentials do not fit"),
        }
    }

    fn station_key(&self, id: &str) -> Result<Option<String>, Refusal> {
        Ok(trusted_key(&self.connection(), id)?.and_then(|(key, trusted)| trusted.then_some(key)))
    }
}

/// The key of a station and whether it is trusted: a station that was shut out is, when its key was let in again
/// under another id.
pub(super) fn trusted_key(connection: &Connection, id: &str) -> rusqlite::Result<Option<(String, bool)>> {
    connection
        .prepare_cached(
            "SELECT station_key, EXISTS (SELECT 1 FROM station AS other
                WHERE other.station_key = station.station_key AND other.revoked_at IS NULL)
             FROM station WHERE id = ?1 AND station_key IS NOT NULL",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Holds a packet's signer against the key of its station; `bind` takes the key of a station nobody knows yet.
pub(super) fn check_signer(
    connection: &Connection,
    station: &str,
    signer: &str,
    bind: bool,
) -> Result<bool, Refusal> {
    let known = |id: &str| -> rusqlite::Result<bool> {
        connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM station WHERE id = ?1)")?
            .query_row([id], |row| row.get(0))
    };
    match trusted_key(connection, station)? {
        Some((key, true)) if key == signer => Ok(false),
        None if bind && !known(station)? => Ok(true),
        _ => Err(Refusal::unreadable(
            "station_key",
            "the packet is not signed by the key of its station",
        )),
    }
}

/// Takes the key of a station's first packet as its key.
pub(super) fn bind(connection: &Connection, station: &str, signer: &str, by: &Caller) -> Result<(), Refusal> {
    let now = super::now();
    connection.execute(
        "INSERT INTO station (id, name, station_key, created_at, joined_at) VALUES (?1, ?1, ?2, ?3, ?3)",
        params![station, signer, now],
    )?;
    Ok(audit::record(connection, "station_bound", station, by)?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Station> {
    let key: Option<String> = row.get(3)?;
    Ok(Station {
        station_id: row.get(0)?,
        name: row.get(1)?,
        desk: row.get(2)?,
        verifying_key: key,
        created_at: row.get(4)?,
        joined_at: row.get(5)?,
        revoked_at: row.get(6)?,
        state: row.get(7)?,
        last_packet_at: row.get(8)?,
    })
}
