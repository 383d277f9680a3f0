//! Money given back.

use crate::trouble::Trouble;
use crate::words::{read_record, record, word};
use crate::{audit, fees};
use domain::audit::AuditEvent;
use domain::payment::{Refund, RefundState};
use rusqlite::{Connection, OptionalExtension, params};

/// Writes a refund down or changes how it stands; all but its state is frozen, and money that is back stays back.
pub(crate) fn keep(connection: &Connection, refund: &Refund, line: &AuditEvent) -> Result<(), Trouble> {
    let known: Option<Refund> = connection
        .prepare_cached("SELECT record FROM refund WHERE id = ?")?
        .query_row([&refund.id], |row| row.get::<_, String>(0))
        .optional()?
        .map(|text| read_record(&text))
        .transpose()?;
    let mut refund = refund.clone();
    let decided = known.is_none();
    if let Some(known) = known {
        let state = known.state.after(refund.state);
        if known.state == state {
            return Ok(());
        }
        refund = Refund { state, ..known };
    }
    connection.execute(
        "INSERT INTO refund (id, enrolment, fee_order, state, at, record) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET record = excluded.record, state = excluded.state",
        params![
            refund.id,
            refund.enrolment,
            refund.order,
            word(&refund.state)?,
            refund.at.0,
            record(&refund)?
        ],
    )?;
    if decided && refund.state != RefundState::Refused {
        fees::give_back(connection, &refund)?;
    }
    audit::append(connection, line)
}

/// All, oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Refund>, Trouble> {
    let mut statement = connection.prepare_cached("SELECT record FROM refund ORDER BY at, id")?;
    let texts = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    texts.iter().map(|text| read_record(text)).collect()
}

/// Those of one enrolment, oldest first.
pub(crate) fn of(connection: &Connection, enrolment: &str) -> Result<Vec<Refund>, Trouble> {
    let mut statement =
        connection.prepare_cached("SELECT record FROM refund WHERE enrolment = ? ORDER BY at, id")?;
    let texts = statement
        .query_map([enrolment], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    texts.iter().map(|text| read_record(text)).collect()
}
