//! The queue of packets.

use crate::setups;
use crate::trouble::Trouble;
use crate::words::{read_record, variant};
use crate::{audit, codes, fees};
use domain::Moment;
use domain::port::{NewPacket, QueueTally};
use domain::queue::{QueueEntry, QueueState};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::time::Duration;

const COLUMNS: &str = "SELECT id, enrolment, session, sha256, size, stored_at, attempts, next_attempt_at,
    last_fault, upload_url, confirmed_bytes, held_for, retake_of, acknowledged_at, failed_at, exported_at,
    state, verdict, withdrawal FROM packet";

/// Where a packet goes when it is not held back: its fee is settled, or was never waited for.
const FREE: &str = "CASE WHEN held_for IS NULL
    OR EXISTS (SELECT 1 FROM settled_fee WHERE settled_fee.enrolment = packet.enrolment)
    THEN 'waiting' ELSE 'held' END";

/// Writes the row of a packet whose file is durable, with all that goes with it.
pub(crate) fn insert(connection: &Connection, new: &NewPacket) -> Result<(), Trouble> {
    // The payment may have been settled while the packet was being sealed.
    let held = new.held_for.is_some() && fees::settled(connection, &new.enrolment)?.is_none();
    connection.execute(
        "INSERT INTO packet (id, enrolment, session, state, sha256, size, stored_at, next_attempt_at,
             held_for, retake_of) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9)",
        params![
            new.packet,
            new.enrolment,
            new.session,
            if held { "held" } else { "waiting" },
            new.sha256,
            new.sealed.len() as i64,
            new.at.0,
            new.held_for,
            new.retake_of,
        ],
    )?;
    connection.execute(
        "UPDATE enrolment SET state = 'captured' WHERE id = ? AND state <> 'approved'",
        [&new.enrolment],
    )?;
    connection.execute(
        "UPDATE packet SET state = 'superseded' WHERE id = ?1 AND enrolment = ?2 AND id <> ?3",
        params![new.retake_of, new.enrolment, new.packet],
    )?;
    codes::carried(connection, &new.enrolment, &new.packet)?;
    audit::append(connection, &new.audit)
}

/// One packet.
pub(crate) fn by_id(connection: &Connection, packet: &str) -> Result<Option<QueueEntry>, Trouble> {
    one(connection, &format!("{COLUMNS} WHERE id = ?"), [packet])
}

/// The newest packet of an enrolment.
pub(crate) fn newest(connection: &Connection, enrolment: &str) -> Result<Option<QueueEntry>, Trouble> {
    one(
        connection,
        &format!("{COLUMNS} WHERE enrolment = ? ORDER BY seq DESC LIMIT 1"),
        [enrolment],
    )
}

/// Trouble first, then newest first.
pub(crate) fn queue(connection: &Connection, limit: u32) -> Result<Vec<QueueEntry>, Trouble> {
    list(
        connection,
        &format!("{COLUMNS} ORDER BY state = 'needs_attention' DESC, seq DESC LIMIT ?"),
        [limit],
    )
}

/// The first packet behind these words of SQL.
pub(crate) fn first(connection: &Connection, rest: &str) -> Result<Option<QueueEntry>, Trouble> {
    one(connection, &format!("{COLUMNS} {rest}"), [])
}

/// Packets that may travel by hand: no acknowledgement came, and nothing holds them here.
pub(crate) fn unacknowledged(connection: &Connection) -> Result<Vec<QueueEntry>, Trouble> {
    let sql = format!(
        "{COLUMNS} WHERE state IN ('waiting', 'sending', 'needs_attention') AND acknowledgement IS NULL ORDER BY seq"
    );
    list(connection, &sql, [])
}

/// Rejected and not replaced, newest first.
pub(crate) fn retakes(connection: &Connection, limit: u32) -> Result<Vec<QueueEntry>, Trouble> {
    let sql = format!(
        "{COLUMNS} WHERE rejected = 1 AND state NOT IN ('superseded', 'withdrawn') ORDER BY seq DESC LIMIT ?"
    );
    list(connection, &sql, [limit])
}

/// Retakes first, then the oldest; a packet left in `sending` by a crash goes on.
pub(crate) fn next_to_send(
    connection: &Connection,
    now: Moment,
    longest_pause: Duration,
) -> Result<Option<QueueEntry>, Trouble> {
    // No pause reaches further: the clock was set back, and must not make minutes last for a month.
    let furthest = now.plus(i64::try_from(longest_pause.as_millis()).unwrap_or(i64::MAX));
    let sql = format!(
        "{COLUMNS} WHERE state IN ('waiting', 'sending') AND (next_attempt_at <= ?1 OR next_attempt_at > ?2)
         ORDER BY retake_of IS NULL, seq LIMIT 1"
    );
    one(connection, &sql, [now.0, furthest.0])
}

/// Counts in one pass over the states.
pub(crate) fn tally(connection: &Connection) -> Result<QueueTally, Trouble> {
    let mut tally = QueueTally::default();
    let mut statement = connection.prepare_cached("SELECT state, count(*) FROM packet GROUP BY state")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = row.get(1)?;
        match variant(row.get(0)?)? {
            QueueState::Waiting => tally.waiting = count,
            QueueState::Sending => tally.sending = count,
            QueueState::NeedsAttention => tally.attention = count,
            QueueState::Held => tally.held = count,
            QueueState::Acknowledged => tally.acknowledged = count,
            QueueState::Superseded | QueueState::Withdrawn => {}
        }
    }
    tally.retakes = count(
        connection,
        "SELECT count(*) FROM enrolment WHERE state = 'retake'",
    )?;
    tally.last_acknowledged = connection
        .prepare_cached("SELECT max(acknowledged_at) FROM packet")?
        .query_row([], |row| row.get::<_, Option<i64>>(0))?
        .map(Moment);
    tally.oldest_waiting = connection
        .prepare_cached(
            "SELECT stored_at FROM packet WHERE state IN ('waiting', 'sending') ORDER BY seq LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?
        .map(Moment);
    tally.paused = setups::setting(connection, setups::PAUSED)? != 0;
    tally.twins = count(connection, "SELECT count(*) FROM twin WHERE settled = 0")?;
    tally.messages = count(connection, "SELECT count(*) FROM message WHERE read = 0")?;
    Ok(tally)
}

/// An attempt begins.
pub(crate) fn begin(connection: &Connection, packet: &str, now: Moment) -> Result<(), Trouble> {
    let changed = connection.execute(
        "UPDATE packet SET state = 'sending', attempts = attempts + 1, next_attempt_at = ?2
         WHERE id = ?1 AND state IN ('waiting', 'sending')",
        params![packet, now.0],
    )?;
    found(changed, packet)
}

/// Where the upload continues.
pub(crate) fn keep_upload(
    connection: &Connection,
    packet: &str,
    url: Option<&str>,
    confirmed: u64,
) -> Result<(), Trouble> {
    let changed = connection.execute(
        "UPDATE packet SET upload_url = ?2, confirmed_bytes = ?3 WHERE id = ?1",
        params![packet, url, i64::try_from(confirmed).unwrap_or(i64::MAX)],
    )?;
    found(changed, packet)
}

/// The acknowledgement is kept whatever the state; a packet replaced or taken back stays so.
pub(crate) fn acknowledge(
    connection: &Connection,
    packet: &str,
    acknowledgement: &str,
    now: Moment,
) -> Result<(), Trouble> {
    let changed = connection.execute(
        "UPDATE packet SET acknowledgement = coalesce(acknowledgement, ?2),
             acknowledged_at = coalesce(acknowledged_at, ?3), last_fault = NULL,
             state = CASE WHEN state IN ('superseded', 'withdrawn') THEN state ELSE 'acknowledged' END
         WHERE id = ?1",
        params![packet, acknowledgement, now.0],
    )?;
    found(changed, packet)
}

/// The acknowledgement as it came.
pub(crate) fn acknowledgement(connection: &Connection, packet: &str) -> Result<Option<String>, Trouble> {
    let found: Option<Option<String>> = connection
        .prepare_cached("SELECT acknowledgement FROM packet WHERE id = ?")?
        .query_row([packet], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Packets lie on a stick; says nothing of their arrival.
pub(crate) fn note_exported(connection: &Connection, packets: &[String], at: Moment) -> Result<(), Trouble> {
    let mut statement = connection.prepare_cached("UPDATE packet SET exported_at = ?2 WHERE id = ?1")?;
    for packet in packets {
        statement.execute(params![packet, at.0])?;
    }
    Ok(())
}

/// Packets whose file may go: acknowledged before a moment, and not gone yet; at most `limit`.
pub(crate) fn retirable(connection: &Connection, before: Moment, limit: u32) -> Result<Vec<String>, Trouble> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM packet WHERE acknowledged_at < ?1 AND retired_at IS NULL AND acknowledgement IS NOT NULL
         ORDER BY acknowledged_at LIMIT ?2",
    )?;
    let rows = statement.query_map(params![before.0, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Their files may be gone from now on.
pub(crate) fn retired(connection: &Connection, packets: &[String], at: Moment) -> Result<(), Trouble> {
    let mut statement = connection
        .prepare_cached("UPDATE packet SET retired_at = ?2 WHERE id = ?1 AND acknowledgement IS NOT NULL")?;
    for packet in packets {
        statement.execute(params![packet, at.0])?;
    }
    Ok(())
}

/// An attempt failed; a packet that arrived, was replaced or taken back is not touched.
pub(crate) fn fail(
    connection: &Connection,
    packet: &str,
    code: &str,
    again: Option<Moment>,
    now: Moment,
) -> Result<(), Trouble> {
    connection.execute(
        "UPDATE packet SET last_fault = ?2, next_attempt_at = coalesce(?3, next_attempt_at), failed_at = ?4,
             state = CASE WHEN ?3 IS NULL THEN 'needs_attention' ELSE 'waiting' END
         WHERE id = ?1 AND state IN ('waiting', 'sending', 'needs_attention')",
        params![packet, code, again.map(|m| m.0), now.0],
    )?;
    Ok(())
}

/// A file is missing or altered. A held packet keeps `held_for`, so that a retry holds it again.
pub(crate) fn mark_damaged(connection: &Connection, packet: &str) -> Result<(), Trouble> {
    connection.execute(
        "UPDATE packet SET state = 'needs_attention', last_fault = 'packet_damaged'
         WHERE id = ? AND state IN ('held', 'waiting', 'sending')",
        [packet],
    )?;
    Ok(())
}

/// Due now. What needed attention waits again, unless its payment's outcome is still unknown.
pub(crate) fn retry(connection: &Connection, packet: Option<&str>, now: Moment) -> Result<(), Trouble> {
    connection.execute(
        &format!(
            "UPDATE packet SET next_attempt_at = ?2,
                 state = CASE WHEN state = 'needs_attention' THEN {FREE} ELSE state END
             WHERE state IN ('waiting', 'sending', 'needs_attention') AND (?1 IS NULL OR id = ?1)"
        ),
        params![packet, now.0],
    )?;
    Ok(())
}

fn count(connection: &Connection, sql: &str) -> Result<u32, Trouble> {
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

fn found(changed: usize, packet: &str) -> Result<(), Trouble> {
    if changed == 0 {
        Err(Trouble::Other(format!("packet {packet} is not in that state")))
    } else {
        Ok(())
    }
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<QueueEntry>, Trouble> {
    let row = connection
        .prepare_cached(sql)?
        .query_row(params, read)
        .optional()?;
    row.map(finish).transpose()
}

fn list(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<QueueEntry>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map(params, read)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(finish).collect()
}

/// A row whose state and records are still text.
struct Unread {
    entry: QueueEntry,
    state: Option<String>,
    verdict: Option<String>,
    withdrawal: Option<String>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Unread> {
    let entry = QueueEntry {
        packet: row.get(0)?,
        enrolment: row.get(1)?,
        session: row.get(2)?,
        state: QueueState::Waiting,
        sha256: row.get(3)?,
        size: row.get::<_, i64>(4)?.unsigned_abs(),
        stored_at: Moment(row.get(5)?),
        attempts: row.get(6)?,
        next_attempt_at: Moment(row.get(7)?),
        last_fault: row.get(8)?,
        upload_url: row.get(9)?,
        confirmed_bytes: row.get::<_, i64>(10)?.unsigned_abs(),
        order: row.get(11)?,
        retake_of: row.get(12)?,
        acknowledged_at: row.get::<_, Option<i64>>(13)?.map(Moment),
        failed_at: row.get::<_, Option<i64>>(14)?.map(Moment),
        exported_at: row.get::<_, Option<i64>>(15)?.map(Moment),
        withdrawal: None,
        verdict: None,
    };
    let [state, verdict, withdrawal] = [row.get(16)?, row.get(17)?, row.get(18)?];
    Ok(Unread {
        entry,
        state,
        verdict,
        withdrawal,
    })
}

fn finish(mut row: Unread) -> Result<QueueEntry, Trouble> {
    row.entry.state = variant(row.state.unwrap_or_default())?;
    row.entry.verdict = row.verdict.map(|text| read_record(&text)).transpose()?;
    row.entry.withdrawal = row.withdrawal.map(|text| read_record(&text)).transpose()?;
    Ok(row.entry)
}
