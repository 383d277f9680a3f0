//! What the reviewers said of packets.

use crate::setups;
use crate::trouble::Trouble;
use crate::words::record;
use domain::queue::{ReviewState, ReviewVerdict};
use rusqlite::{Connection, OptionalExtension, params};

/// Applies a verdict and moves the cursor. One at or before the cursor was applied already. The enrolment
/// follows only the verdict on its newest packet: a late word on a photo that was replaced is kept beside
/// that photo and changes nothing else.
pub(crate) fn apply(connection: &Connection, verdict: &ReviewVerdict) -> Result<(), Trouble> {
    if verdict.cursor <= setups::setting(connection, setups::CURSOR)? {
        return Ok(());
    }
    setups::set(connection, setups::CURSOR, verdict.cursor)?;
    let rejected = verdict.state == ReviewState::Rejected;
    let changed = connection.execute(
        "UPDATE packet SET verdict = ?2, rejected = ?3 WHERE id = ?1",
        params![verdict.packet, record(verdict)?, rejected],
    )?;
    if changed == 0 {
        tracing::info!(
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
