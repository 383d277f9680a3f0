//! Verdicts as rows, and what a reviewer chooses to see.

use super::{Sqlite, audit, changes, packets, twins};
use crate::caller::Caller;
use crate::ledger::{AuditLine, Choice, Chosen, ReviewLedger};
use crate::refusal::Refusal;
use crate::verdicts::{Judgement, Verdict};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

const COLUMNS: &str = "SELECT cursor, packet, state, reasons, text, at FROM verdict";

impl ReviewLedger for Sqlite {
    fn judge(&self, id: Uuid, judgement: &Judgement, by: &Caller) -> Result<Verdict, Refusal> {
        self.transact(|transaction| {
            let id = id.to_string();
            let held =
                packets::find(transaction, &id)?.ok_or_else(|| Refusal::not_found("packet_unknown"))?;
            if let Some(earlier) = verdict_of(transaction, &id)? {
                let same = earlier.state == judgement.state && earlier.reasons == judgement.reasons;
                let code = if earlier.state == "approved" { "locked" } else { "judged" };
                return if same {
                    Ok(earlier)
                } else {
                    Err(Refusal::conflict(code, "the verdict was given"))
                };
            }
            match held.state.as_str() {
                "superseded" => return Err(Refusal::conflict("superseded", "a retake took its place")),
                "withdrawn" => return Err(Refusal::conflict("withdrawn", "the packet was taken back")),
                _ => {}
            }
            let at = super::now();
            transaction.execute(
                "INSERT INTO verdict (packet, state, reasons, text, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, judgement.state, serde_json::to_string(&judgement.reasons)?, judgement.text, at],
            )?;
            let body = serde_json::json!({
                "packet": id, "state": judgement.state, "reasons": judgement.reasons, "text": judgement.text, "at": at,
            });
            changes::tell(transaction, "verdict", &body)?;
            audit::record(transaction, &format!("packet_{}", judgement.state), &id, by)?;
            verdict_of(transaction, &id)?.ok_or_else(|| Refusal::not_found("packet_unknown"))
        })
    }

    fn verdicts(&self, after: i64, most: u32) -> Result<Vec<Verdict>, Refusal> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached(&format!("{COLUMNS} WHERE cursor > ?1 ORDER BY cursor LIMIT ?2"))?;
        Ok(statement
            .query_map(params![after, most], read)?
            .collect::<Result<_, _>>()?)
    }

    fn verdict(&self, packet: Uuid) -> Result<Option<Verdict>, Refusal> {
        Ok(verdict_of(&self.connection(), &packet.to_string())?)
    }

    fn twins(&self, packet: Uuid) -> Result<Vec<String>, Refusal> {
        Ok(twins::of(&self.connection(), &packet.to_string())?)
    }

    fn choose(&self, choice: &Choice) -> Result<Chosen, Refusal> {
        let connection = self.connection();
        let all = packets::columns();
        let filter =
            format!("FROM ({all}) WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR class_name = ?2)");
        let fitting = connection.query_row(
            &format!("SELECT count(*) {filter}"),
            params![choice.state, choice.class_name],
            |row| row.get(0),
        )?;
        let pending = connection.query_row(
            &format!("SELECT count(*) FROM ({all}) WHERE state = 'pending'"),
            [],
            |row| row.get(0),
        )?;
        let mut statement = connection.prepare(&format!(
            "SELECT * {filter} ORDER BY received_at DESC, id DESC LIMIT ?3 OFFSET ?4"
        ))?;
        let arguments = params![choice.state, choice.class_name, choice.most, choice.skip];
        let packets = statement
            .query_map(arguments, packets::read)?
            .collect::<Result<_, _>>()?;
        let mut statement = connection
            .prepare("SELECT DISTINCT class_name FROM packet WHERE class_name <> '' ORDER BY class_name")?;
        let classes = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Chosen {
            packets,
            fitting,
            pending,
            classes,
        })
    }

    fn audit(&self, most: u32) -> Result<Vec<AuditLine>, Refusal> {
        Ok(audit::last(&self.connection(), most)?)
    }
}

fn verdict_of(connection: &Connection, packet: &str) -> rusqlite::Result<Option<Verdict>> {
    connection
        .query_row(&format!("{COLUMNS} WHERE packet = ?1"), [packet], read)
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    let reasons: String = row.get(3)?;
    let reasons = serde_json::from_str(&reasons).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(e))
    })?;
    Ok(Verdict {
        cursor: row.get(0)?,
        packet: row.get(1)?,
        state: row.get(2)?,
        reasons,
        text: row.get(4)?,
        at: row.get(5)?,
    })
}
