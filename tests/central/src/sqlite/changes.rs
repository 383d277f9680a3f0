//! The list of changes: written in the transaction of the deed, read by cursor.

use super::{Sqlite, audit, people, school};
use crate::caller::Caller;
use crate::ledger::{ChangeLedger, Changes, Message};
use crate::refusal::Refusal;
use crate::school::Told;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

/// Changes in one answer.
const MOST: usize = 200;

/// Adds one change.
pub(super) fn tell(connection: &Connection, kind: &str, body: &Value) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO change (kind, body) VALUES (?1, ?2)")?
        .execute(params![kind, body.to_string()])?;
    Ok(())
}

impl ChangeLedger for Sqlite {
    fn tell_school(&self, told: &Told) -> Result<(), Refusal> {
        self.transact(|transaction| {
            if school::tell(transaction, told)? {
                audit::record(transaction, "school_told", &told.session, &Caller::Console)?;
            }
            Ok(())
        })
    }

    fn tell_message(&self, message: &Message, by: &Caller) -> Result<(), Refusal> {
        self.transact(|transaction| {
            tell(transaction, "message", &serde_json::to_value(message)?)?;
            Ok(audit::record(transaction, "message_sent", &message.id, by)?)
        })
    }

    fn changes(&self, after: i64, most_bytes: usize) -> Result<Changes, Refusal> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT cursor, kind, body FROM change WHERE cursor > ?1 ORDER BY cursor LIMIT ?2",
        )?;
        let mut rows = statement.query(params![after, MOST as i64 + 1])?;
        let mut page = Changes::default();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let (cursor, kind, body): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let body: Value = serde_json::from_str(&body)?;
            let mut change = match kind.as_str() {
                "setup" => json!({ "setup": body }),
                "roster" => school::roster_change(&connection, &body)?,
                "walk_in" => people::walk_in_change(&connection, &body)?,
                _ => body,
            };
            if let Some(change) = change.as_object_mut() {
                change.insert("cursor".into(), cursor.into());
                change.insert("kind".into(), kind.into());
            }
            bytes += change.to_string().len();
            if page.changes.len() == MOST || (bytes > most_bytes && !page.changes.is_empty()) {
                page.more = true;
                break;
            }
            page.changes.push(change);
        }
        Ok(page)
    }
}
