//! People of the roster, and walk-ins that became people of the roster.

use super::packets::SUPERSEDED;
use super::{Sqlite, audit, changes, twins};
use crate::caller::Caller;
use crate::ledger::PeopleLedger;
use crate::refusal::Refusal;
use crate::school::RosterRow;
use crate::walk_ins::{Settlement, Settling};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a station is told of a walk-in whose row was taken off the roster again.
const GONE: &str = "已不在学籍名单中";

impl PeopleLedger for Sqlite {
    fn listed(&self, session: &str, document: &str) -> Result<Vec<RosterRow>, Refusal> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT row FROM told_row WHERE session = ?1 AND json_extract(row, '$.document_number') = ?2",
        )?;
        let rows = statement.query_map([session, document], |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    fn entry(&self, session: &str, id: &str) -> Result<Option<RosterRow>, Refusal> {
        let row = row(&self.connection(), session, id)?;
        Ok(row.map(|row| serde_json::from_str(&row)).transpose()?)
    }

    fn stands_elsewhere(&self, session: &str, person: &str, station: &str) -> Result<bool, Refusal> {
        // A rejected photo is to be taken again, wherever that is; a station's key may have had another id before.
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM packet LEFT JOIN verdict ON verdict.packet = packet.id
                WHERE session = ?1 AND person = ?2 AND coalesce(verdict.state, 'approved') = 'approved'
                    AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.packet = packet.id)
                    AND NOT {SUPERSEDED}
                    AND station <> ?3 AND NOT EXISTS (SELECT 1 FROM station AS a JOIN station AS b USING (station_key)
                        WHERE a.id = ?3 AND b.id = packet.station))"
        );
        let connection = self.connection();
        let found = connection
            .prepare_cached(&sql)?
            .query_row([session, person, station], |row| row.get(0))?;
        Ok(found)
    }

    fn walk_in_packet(&self, session: &str, provisional: &str) -> Result<Option<Uuid>, Refusal> {
        newest(&self.connection(), session, provisional)
    }

    fn settlement(&self, session: &str, provisional: &str) -> Result<Option<Settlement>, Refusal> {
        Ok(settlement(&self.connection(), session, provisional)?)
    }

    fn settle_walk_in(&self, settling: &Settling, by: &Caller) -> Result<Settlement, Refusal> {
        let Settling {
            session,
            provisional,
            entry,
            reason,
            ..
        } = settling;
        self.transact(|transaction| {
            newest(transaction, session, provisional)?.ok_or_else(|| Refusal::not_found("walk_in_unknown"))?;
            if let Some(earlier) = settlement(transaction, session, provisional)? {
                return if (&earlier.entry, &earlier.reason) == (entry, reason) {
                    Ok(earlier)
                } else {
                    Err(Refusal::conflict("settled", "it was settled otherwise"))
                };
            }
            if let Some(entry) = entry {
                row(transaction, session, entry)?.ok_or_else(|| Refusal::not_found("entry_unknown"))?;
            }
            let at = super::now();
            transaction.execute(
                "INSERT INTO walk_in (session, provisional, entry, reason, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![session, provisional, entry, reason, at],
            )?;
            let body = json!({ "session": session, "provisional": provisional, "entry": entry, "reason": reason, "at": at });
            changes::tell(transaction, "walk_in", &body)?;
            if let Some(entry) = entry {
                twins::tell_settled(transaction, session, provisional, entry)?;
            }
            let what = if entry.is_some() { "walk_in_settled" } else { "walk_in_refused" };
            audit::record(transaction, what, provisional, by)?;
            settlement(transaction, session, provisional)?
                .ok_or_else(|| Refusal::not_found("walk_in_unknown"))
        })
    }
}

/// A settlement as the stations get it, with the row as it is now.
pub(super) fn walk_in_change(connection: &Connection, body: &Value) -> Result<Value, Refusal> {
    let mut change = body.clone();
    if let (Some(session), Some(entry)) = (body["session"].as_str(), body["entry"].as_str()) {
        match row(connection, session, entry)? {
            Some(row) => change["entry"] = serde_json::from_str(&row)?,
            None => {
                change["entry"] = Value::Null;
                change["reason"] = GONE.into();
            }
        }
    }
    Ok(change)
}

/// The newest packet of a provisional enrolment that was not taken back.
fn newest(connection: &Connection, session: &str, provisional: &str) -> Result<Option<Uuid>, Refusal> {
    let id: Option<String> = connection
        .prepare_cached(
            "SELECT id FROM packet WHERE session = ?1 AND enrolment = ?2 AND provisional = 1
                AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.packet = packet.id)
             ORDER BY received_at DESC, id DESC LIMIT 1",
        )?
        .query_row([session, provisional], |row| row.get(0))
        .optional()?;
    Ok(id.map(|id| id.parse()).transpose().map_err(anyhow::Error::from)?)
}

fn row(connection: &Connection, session: &str, id: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT row FROM told_row WHERE session = ?1 AND id = ?2")?
        .query_row([session, id], |row| row.get(0))
        .optional()
}

fn settlement(
    connection: &Connection,
    session: &str,
    provisional: &str,
) -> rusqlite::Result<Option<Settlement>> {
    connection
        .prepare_cached("SELECT entry, reason, at FROM walk_in WHERE session = ?1 AND provisional = ?2")?
        .query_row([session, provisional], |row| {
            Ok(Settlement {
                session: session.to_owned(),
                provisional: provisional.to_owned(),
                entry: row.get(0)?,
                reason: row.get(1)?,
                at: row.get(2)?,
            })
        })
        .optional()
}
