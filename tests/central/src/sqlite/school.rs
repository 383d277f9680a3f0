//! What the stations were told of the school, and the difference to what it is now.

use super::changes::tell as tell_change;
use crate::refusal::Refusal;
use crate::school::Told;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// People in one change.
const MOST_ROWS: usize = 500;
/// Bytes of their rows in one change: a page of one change always fits an answer.
const MOST_BYTES: usize = 1 << 20;

/// Tells what is new, changed or removed; false when nothing is.
pub(super) fn tell(connection: &Connection, told: &Told) -> Result<bool, Refusal> {
    let mut news = false;
    let setup: Option<String> = connection
        .query_row(
            "SELECT setup FROM told_setup WHERE session = ?1",
            [&told.session],
            |row| row.get(0),
        )
        .optional()?;
    if setup.as_deref() != Some(&told.setup) {
        connection.execute(
            "INSERT INTO told_setup (session, setup) VALUES (?1, ?2)
             ON CONFLICT (session) DO UPDATE SET setup = excluded.setup",
            [&told.session, &told.setup],
        )?;
        tell_change(connection, "setup", &serde_json::from_str(&told.setup)?)?;
        news = true;
    }
    Ok(tell_rows(connection, told)? || news)
}

fn tell_rows(connection: &Connection, told: &Told) -> Result<bool, Refusal> {
    let mut news = false;
    let known = rows(connection, &told.session)?;
    let mut run = Run::default();
    for (index, (id, row)) in told.rows.iter().enumerate() {
        let place = index as i64 + 1;
        match known.get(id) {
            Some((was, at)) if was == row && *at == place => continue,
            // Its place alone is no news to a station.
            Some((was, _)) if was == row => put(connection, &told.session, id, place, row)?,
            _ => {
                put(connection, &told.session, id, place, row)?;
                if !run.takes(place, row) {
                    run.tell(connection, &told.session)?;
                }
                run.add(place, id, row);
                news = true;
            }
        }
    }
    run.tell(connection, &told.session)?;
    let present: HashSet<&String> = told.rows.iter().map(|(id, _)| id).collect();
    let mut removed: Vec<&String> = known.keys().filter(|id| !present.contains(id)).collect();
    removed.sort();
    for part in removed.chunks(MOST_ROWS) {
        for id in part {
            connection
                .prepare_cached("DELETE FROM told_row WHERE session = ?1 AND id = ?2")?
                .execute([&told.session, *id])?;
        }
        let body = json!({ "session": told.session, "ids": [], "removed": part });
        tell_change(connection, "roster", &body)?;
        news = true;
    }
    Ok(news)
}

/// Neighbouring rows that go into one change.
#[derive(Default)]
struct Run {
    ids: Vec<String>,
    next_place: i64,
    bytes: usize,
}

impl Run {
    fn takes(&self, place: i64, row: &str) -> bool {
        self.ids.is_empty()
            || (self.next_place == place
                && self.ids.len() < MOST_ROWS
                && self.bytes + row.len() <= MOST_BYTES)
    }

    fn add(&mut self, place: i64, id: &str, row: &str) {
        self.ids.push(id.to_owned());
        self.next_place = place + 1;
        self.bytes += row.len();
    }

    fn tell(&mut self, connection: &Connection, session: &str) -> Result<(), Refusal> {
        let run = std::mem::take(self);
        if !run.ids.is_empty() {
            let body = json!({ "session": session, "ids": run.ids, "removed": [] });
            tell_change(connection, "roster", &body)?;
        }
        Ok(())
    }
}

fn put(connection: &Connection, session: &str, id: &str, place: i64, row: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO told_row (session, id, place, row) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (session, id) DO UPDATE SET place = excluded.place, row = excluded.row",
        )?
        .execute(params![session, id, place, row])?;
    Ok(())
}

fn rows(connection: &Connection, session: &str) -> rusqlite::Result<HashMap<String, (String, i64)>> {
    let mut statement = connection.prepare("SELECT id, row, place FROM told_row WHERE session = ?1")?;
    let rows = statement.query_map([session], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    rows.collect()
}

/// A roster's change as the stations get it: the rows it names, as they are now. Somebody who was removed since is
/// left out; a later change names him.
pub(super) fn roster_change(connection: &Connection, body: &Value) -> Result<Value, Refusal> {
    let session = body["session"].as_str().unwrap_or_default();
    let mut entries: Vec<Value> = Vec::new();
    let mut first_row = None;
    let mut statement =
        connection.prepare_cached("SELECT row, place FROM told_row WHERE session = ?1 AND id = ?2")?;
    for id in body["ids"].as_array().into_iter().flatten() {
        let found: Option<(String, i64)> = statement
            .query_row(params![session, id.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((row, place)) = found {
            first_row.get_or_insert(place);
            entries.push(serde_json::from_str(&row)?);
        }
    }
    Ok(json!({
        "session": session, "first_row": first_row.unwrap_or(1), "entries": entries, "removed": body["removed"],
    }))
}
