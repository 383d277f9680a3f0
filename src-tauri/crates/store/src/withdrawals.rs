//! Packets that a supervisor took back.

use crate::trouble::Trouble;
use crate::words::record;
use crate::{audit, packets};
use domain::audit::AuditEvent;
use domain::queue::{QueueEntry, Withdrawal};
use rusqlite::{Connection, params};

/// Takes a packet back. What it replaced stays replaced; the person stands where they stood before it was taken.
pub(crate) fn withdraw(
    connection: &Connection,
    packet: &str,
    withdrawal: &Withdrawal,
    line: &AuditEvent,
) -> Result<(), Trouble> {
    let entry = packets::by_id(connection, packet)?;
    let entry = entry.ok_or_else(|| Trouble::Other(format!("packet {packet} is not known")))?;
    if !entry.withdrawable() {
        return Err(Trouble::Other(format!("packet {packet} cannot be taken back")));
    }
    connection.execute(
        "UPDATE packet SET state = 'withdrawn', withdrawal = ?2, withdrawal_told = 0, rejected = 0 WHERE id = ?1",
        params![packet, record(withdrawal)?],
    )?;
    connection.execute("UPDATE twin SET settled = 1 WHERE packet = ?", [packet])?;
    // A later photo of the same person, or an earlier one that was approved, still counts.
    let state = if entry.retake_of.is_some() {
        "retake"
    } else {
        "to_capture"
    };
    connection.execute(
        "UPDATE enrolment SET state = ?2 WHERE id = ?1 AND state <> 'approved' AND NOT EXISTS
             (SELECT 1 FROM packet WHERE enrolment = ?1 AND state NOT IN ('superseded', 'withdrawn'))",
        params![entry.enrolment, state],
    )?;
    audit::append(connection, line)
}

/// One that the central server was not told of yet, the oldest first.
pub(crate) fn untold(connection: &Connection) -> Result<Option<QueueEntry>, Trouble> {
    packets::first(connection, "WHERE withdrawal_told = 0 ORDER BY seq LIMIT 1")
}

/// The central server knows.
pub(crate) fn told(connection: &Connection, packet: &str) -> Result<(), Trouble> {
    connection.execute("UPDATE packet SET withdrawal_told = 1 WHERE id = ?", [packet])?;
    Ok(())
}
