//! Packets as rows: kept once, taken back, chained by retakes.

use super::stations::{bind, check_signer};
use super::{Sqlite, audit, twins};
use crate::caller::Caller;
use crate::ledger::PacketLedger;
use crate::packets::{HeldPacket, NewPacket, Withdrawn};
use crate::refusal::Refusal;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// A packet is superseded while a retake of it, or a later retake of the same capture, was not taken back.
pub(super) const SUPERSEDED: &str = "EXISTS (SELECT 1 FROM packet AS later WHERE later.root = packet.root
        AND (later.retake_of = packet.id OR (later.retake_of = packet.retake_of AND later.id > packet.id))
        AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.packet = later.id))";

/// Every packet with its state, as [`read`] reads it.
pub(super) fn columns() -> String {
    format!(
        "SELECT packet.id AS id, sha256, size, received_at, station, session, retake_of, enrolment, class_name, provisional,
            CASE WHEN withdrawal.at IS NOT NULL THEN 'withdrawn' WHEN verdict.state = 'approved' THEN 'approved'
                 WHEN {SUPERSEDED} THEN 'superseded' ELSE coalesce(verdict.state, 'pending') END AS state,
            withdrawal.reason, withdrawal.by_whom, withdrawal.at
         FROM packet LEFT JOIN verdict ON verdict.packet = packet.id
            LEFT JOIN withdrawal ON withdrawal.packet = packet.id"
    )
}

impl PacketLedger for Sqlite {
    fn check_packet(&self, packet: &NewPacket<'_>) -> Result<(), Refusal> {
        check(&self.connection(), packet).map(drop)
    }

    fn keep_packet(&self, packet: &NewPacket<'_>) -> Result<String, Refusal> {
        self.transact(|transaction| {
            if let Some(earlier) = acknowledgement(transaction, packet.id)? {
                return Ok(earlier);
            }
            if check(transaction, packet)? {
                bind(transaction, packet.station, packet.signer, packet.by)?;
            }
            let root = insert(transaction, packet)?;
            if let Some(upload) = packet.upload {
                transaction
                    .prepare_cached("UPDATE upload SET state = 'kept' WHERE id = ?1")?
                    .execute([upload.to_string()])?;
            }
            twins::tell(transaction, packet, &root)?;
            audit::record(transaction, "packet_kept", &packet.id.to_string(), packet.by)?;
            Ok(packet.acknowledgement.to_owned())
        })
    }

    fn acknowledgement(&self, id: Uuid) -> Result<Option<String>, Refusal> {
        Ok(acknowledgement(&self.connection(), id)?)
    }

    fn packet(&self, id: Uuid) -> Result<Option<HeldPacket>, Refusal> {
        Ok(find(&self.connection(), &id.to_string())?)
    }

    fn packets(&self) -> Result<Vec<HeldPacket>, Refusal> {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!("{} ORDER BY received_at, packet.id", columns()))?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    fn withdraw(&self, id: Uuid, reason: &str, by: &Caller) -> Result<(), Refusal> {
        self.transact(|transaction| {
            let id = id.to_string();
            if let Some(held) = find(transaction, &id)? {
                if let Caller::Station(station) = by {
                    refuse_foreign(transaction, station, &held.station)?;
                }
                if held.state == "approved" {
                    return Err(Refusal::conflict(
                        "locked",
                        "the photo was approved and is locked",
                    ));
                }
            }
            let written = transaction.execute(
                "INSERT INTO withdrawal (packet, reason, by_whom, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (packet) DO NOTHING",
                params![id, reason, by.to_string(), super::now()],
            )?;
            if written > 0 {
                audit::record(transaction, "packet_withdrawn", &id, by)?;
            }
            Ok(())
        })
    }
}

/// One packet with its state.
pub(super) fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<HeldPacket>> {
    connection
        .prepare_cached(&format!("{} WHERE packet.id = ?1", columns()))?
        .query_row([id], read)
        .optional()
}

/// A station takes back what was sealed with its key, also under an id it had before.
fn refuse_foreign(connection: &Connection, asking: &str, owner: &str) -> Result<(), Refusal> {
    let own: bool = connection.query_row(
        "SELECT ?1 = ?2 OR EXISTS (SELECT 1 FROM station AS a JOIN station AS b USING (station_key)
            WHERE a.id = ?1 AND b.id = ?2)",
        [asking, owner],
        |row| row.get(0),
    )?;
    if own {
        Ok(())
    } else {
        Err(Refusal::forbidden(
            "not_yours",
            "another station took this packet",
        ))
    }
}

fn acknowledgement(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT acknowledgement FROM packet WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()
}

/// Everything that speaks against a new packet; true when its station's key is to be bound.
fn check(connection: &Connection, packet: &NewPacket<'_>) -> Result<bool, Refusal> {
    let binds = check_signer(connection, packet.station, packet.signer, packet.may_bind)?;
    let withdrawn: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM withdrawal WHERE packet = ?1)")?
        .query_row([packet.id.to_string()], |row| row.get(0))?;
    if withdrawn {
        return Err(Refusal::conflict(
            "withdrawn",
            "the packet was taken back before it came",
        ));
    }
    if let Some(first) = packet.retake_of {
        let approved: bool = connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM verdict JOIN packet ON packet.id = verdict.packet
                    WHERE verdict.state = 'approved' AND packet.root = ?1)",
            )?
            .query_row([root_of(connection, first)?], |row| row.get(0))?;
        if approved {
            return Err(Refusal::conflict(
                "locked",
                "the first photo was approved and is locked",
            ));
        }
    }
    Ok(binds)
}

/// The first capture of the chain that `packet` belongs to; itself while nothing is known of it.
fn root_of(connection: &Connection, packet: Uuid) -> rusqlite::Result<String> {
    let id = packet.to_string();
    let root = connection
        .prepare_cached("SELECT root FROM packet WHERE id = ?1")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    Ok(root.unwrap_or(id))
}

/// Writes the row and gives the root of its chain. Retakes may come before what they replace: they move with it.
fn insert(connection: &Connection, packet: &NewPacket<'_>) -> Result<String, Refusal> {
    let id = packet.id.to_string();
    let root = match packet.retake_of {
        Some(first) => root_of(connection, first)?,
        None => id.clone(),
    };
    connection
        .prepare_cached(
            "INSERT INTO packet (id, sha256, size, received_at, station, session, retake_of, acknowledgement,
                root, enrolment, person, class_name, code, provisional)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            packet.sha256,
            packet.size as i64,
            packet.received_at.to_string(),
            packet.station,
            packet.session,
            packet.retake_of.map(|first| first.to_string()),
            packet.acknowledgement,
            root,
            packet.enrolment,
            packet.person,
            packet.class_name,
            packet.code,
            packet.provisional
        ])?;
    if root != id {
        connection
            .prepare_cached("UPDATE packet SET root = ?2 WHERE root = ?1")?
            .execute([&id, &root])?;
    }
    Ok(root)
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<HeldPacket> {
    let withdrawn: (Option<String>, Option<String>, Option<String>) =
        (row.get(11)?, row.get(12)?, row.get(13)?);
    Ok(HeldPacket {
        id: row.get(0)?,
        sha256: row.get(1)?,
        size: row.get::<_, i64>(2)?.unsigned_abs(),
        received_at: row.get(3)?,
        station: row.get(4)?,
        session: row.get(5)?,
        retake_of: row.get(6)?,
        enrolment: row.get(7)?,
        class_name: row.get(8)?,
        provisional: row.get(9)?,
        state: row.get(10)?,
        withdrawn: match withdrawn {
            (Some(reason), Some(by), Some(at)) => Some(Withdrawn { reason, by, at }),
            _ => None,
        },
    })
}
