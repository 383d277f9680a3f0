//! Money given back.

use crate::audit;
use crate::trouble::Trouble;
use crate::words::{read_record, record};
use domain::audit::AuditEvent;
use domain::payment::Refund;
use rusqlite::{Connection, params};

/// Writes a refund down or changes how it stands; its amount is frozen.
pub(crate) fn keep(connection: &Connection, refund: &Refund, line: &AuditEvent) -> Result<(), Trouble> {
    connection.execute(
        "INSERT INTO refund (id, enrolment, at, record) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET record = excluded.record",
        params![refund.id, refund.enrolment, refund.at.0, record(refund)?],
    )?;
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
