//! What the central server tells, applied once each: the change and the cursor move in one transaction.

use crate::enrolments;
use crate::setups;
use crate::trouble::Trouble;
use crate::walk_ins;
use crate::words::{read_record, record};
use domain::audit::AuditEvent;
use domain::change::{Change, Message, RosterChange, Twin, What};
use domain::queue::{ReviewState, ReviewVerdict};
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

/// Code that stands for "removed from the roster" where a row says why it is not eligible.
const REMOVED: &str = "removed";

/// Applies a change and moves the cursor. One at or before the cursor was applied already.
pub(crate) fn apply(connection: &Connection, change: &Change) -> Result<(), Trouble> {
    if change.cursor <= setups::setting(connection, setups::CURSOR)? {
        return Ok(());
    }
    setups::set(connection, setups::CURSOR, change.cursor)?;
    match &change.what {
        What::Setup(setup) => setups::keep(connection, setup),
        What::Roster(roster) => apply_roster(connection, roster),
        What::Verdict(verdict) => apply_verdict(connection, verdict),
        What::Message(message) => keep_message(connection, message),
        What::Twin(twin) => keep_twin(connection, twin),
        What::WalkIn(settlement) => walk_ins::settle(connection, settlement),
        What::Unusable(code) => {
            tracing::warn!(cursor = change.cursor, code, "a change that cannot be used");
            Ok(())
        }
    }
}

/// Rows that were bad and came again are judged anew; the others' problems stay on the list.
fn apply_roster(connection: &Connection, change: &RosterChange) -> Result<(), Trouble> {
    enrolments::merge(connection, &change.session, &change.rows, &mut |_| {})?;
    let after = i64::from(change.first_row) + i64::from(change.count);
    connection.execute(
        "DELETE FROM roster_problem WHERE session = ?1 AND row >= ?2 AND row < ?3",
        params![change.session, change.first_row, after],
    )?;
    for problem in &change.problems {
        let row: i64 = problem
            .split_once(": ")
            .and_then(|(row, _)| row.trim().parse().ok())
            .unwrap_or(0);
        connection.execute(
            "INSERT OR IGNORE INTO roster_problem (session, row, problem) VALUES (?, ?, ?)",
            params![change.session, row, problem],
        )?;
    }
    // Somebody who is served just now keeps what the session began with; nobody's row is taken away.
    for id in &change.removed {
        mark_removed(connection, &change.session, id)?;
    }
    Ok(())
}

/// Marks somebody as no longer on the roster; gives how many that were.
pub(crate) fn mark_removed(connection: &Connection, session: &str, id: &str) -> Result<u32, Trouble> {
    let settled = walk_ins::kept_as(connection, id)?;
    let id = settled.as_deref().unwrap_or(id);
    let changed = connection
        .prepare_cached(
            "UPDATE enrolment SET not_eligible = ?3 WHERE id = ?1 AND session = ?2 AND provisional = 0",
        )?
        .execute(params![id, session, REMOVED])?;
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}

/// The enrolment follows only the verdict on its newest packet: a late word on a photo that was replaced is kept
/// beside that photo and changes nothing else.
fn apply_verdict(connection: &Connection, verdict: &ReviewVerdict) -> Result<(), Trouble> {
    let rejected = verdict.state == ReviewState::Rejected;
    let changed = connection.execute(
        "UPDATE packet SET verdict = ?2, rejected = ?3 WHERE id = ?1",
        params![verdict.packet, record(verdict)?, rejected],
    )?;
    if changed == 0 {
        tracing::debug!(
            packet = verdict.packet,
            "a verdict on a packet of another station"
        );
        return Ok(());
    }
    let newest: Option<String> = connection
        .query_row(
            "SELECT enrolment FROM packet AS one WHERE id = ?1 AND state <> 'withdrawn' AND NOT EXISTS
                 (SELECT 1 FROM packet WHERE enrolment = one.enrolment AND seq > one.seq AND state <> 'withdrawn')",
            [&verdict.packet],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(enrolment) = newest {
        let state = if rejected { "retake" } else { "approved" };
        connection.execute("UPDATE enrolment SET state = ? WHERE id = ?", [state, &enrolment])?;
    }
    Ok(())
}

fn keep_message(connection: &Connection, message: &Message) -> Result<(), Trouble> {
    connection.execute(
        "INSERT OR IGNORE INTO message (id, record, at) VALUES (?, ?, ?)",
        params![message.id, record(message)?, message.at.0],
    )?;
    Ok(())
}

/// Kept once under each packet of the pair that this station has.
fn keep_twin(connection: &Connection, twin: &Twin) -> Result<(), Trouble> {
    let turned = Twin {
        packet: twin.other_packet.clone(),
        station: twin.other_station.clone(),
        other_packet: twin.packet.clone(),
        other_station: twin.station.clone(),
        at: twin.at,
    };
    for twin in [twin, &turned] {
        connection.execute(
            "INSERT OR IGNORE INTO twin (packet, other_packet, record, at)
             SELECT id, ?2, ?3, ?4 FROM packet WHERE id = ?1 AND state <> 'withdrawn'",
            params![twin.packet, twin.other_packet, record(twin)?, twin.at.0],
        )?;
    }
    Ok(())
}

/// Rows of a session's roster that could not be taken.
pub(crate) fn roster_problems(connection: &Connection, session: &str) -> Result<Vec<String>, Trouble> {
    let mut statement = connection
        .prepare_cached("SELECT problem FROM roster_problem WHERE session = ? ORDER BY row, problem")?;
    let rows = statement.query_map([session], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Messages nobody has read, newest first.
pub(crate) fn messages(connection: &Connection) -> Result<Vec<Message>, Trouble> {
    records(
        connection,
        "SELECT record FROM message WHERE read = 0 ORDER BY at DESC, id",
    )
}

/// Somebody read a message; a second time changes nothing.
pub(crate) fn read_message(connection: &Connection, id: &str, line: &AuditEvent) -> Result<(), Trouble> {
    let changed = connection.execute("UPDATE message SET read = 1 WHERE id = ? AND read = 0", [id])?;
    if changed == 0 {
        return Ok(());
    }
    crate::audit::append(connection, line)
}

/// Pairs that no supervisor has settled, newest first.
pub(crate) fn twins(connection: &Connection) -> Result<Vec<Twin>, Trouble> {
    records(
        connection,
        "SELECT record FROM twin WHERE settled = 0 ORDER BY at DESC, packet, other_packet",
    )
}

/// A supervisor settled all pairs of a packet; a second time changes nothing.
pub(crate) fn settle_twin(connection: &Connection, packet: &str, line: &AuditEvent) -> Result<(), Trouble> {
    let changed = connection.execute(
        "UPDATE twin SET settled = 1 WHERE packet = ? AND settled = 0",
        [packet],
    )?;
    if changed == 0 {
        return Ok(());
    }
    crate::audit::append(connection, line)
}

fn records<T: DeserializeOwned>(connection: &Connection, sql: &str) -> Result<Vec<T>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|text| read_record(text)).collect()
}
