//! Days: what stands on no sheet yet, sheets that were signed, receipts.

use crate::packet_folder::hash;
use crate::trouble::Trouble;
use crate::words::{read_record, record, variant};
use crate::{audit, unmet};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::day::{Answered, DayFacts, Receipt, SignedSheet, Taking, Unsent};
use domain::payment::{Refund, RefundState, SettledFee};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

/// Lines of the audit trail somebody has to answer for on a sheet.
const ANSWERED: &str =
    "'fee_settled_twice', 'fee_exempted', 'override', 'exception_granted', 'identity_vouched',
    'packet_withdrawn', 'twin_kept', 'fee_refunded'";

/// Everything that stands on no sheet.
pub(crate) fn facts(connection: &Connection, until: Moment) -> Result<DayFacts, Trouble> {
    let last: Option<(i64, i64, i64)> = connection
        .query_row(
            "SELECT at, last_packet, last_line FROM signed_sheet ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let (after_packet, after_line) = last.map_or((0, 0), |(_, packet, line)| (packet, line));
    let counted: (u32, u32, u32, i64) = connection.query_row(
        "SELECT count(*), coalesce(sum(retake_of IS NOT NULL), 0), coalesce(sum(acknowledgement IS NOT NULL), 0),
             coalesce(max(seq), ?1) FROM packet WHERE seq > ?1",
        [after_packet],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let takings = many(
        connection,
        &format!("{TAKING} WHERE taking.sheet IS NULL ORDER BY taking.seq"),
        [],
        taking,
    )?;
    let refunds: Vec<String> = many(
        connection,
        "SELECT record FROM refund WHERE sheet IS NULL ORDER BY at, id",
        [],
        |row| row.get(0),
    )?;
    let unsent = many(
        connection,
        "SELECT id, enrolment, state, stored_at FROM packet
         WHERE state IN ('held', 'waiting', 'sending', 'needs_attention') ORDER BY seq",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?)),
    )?;
    let answered = many(
        connection,
        &format!(
            "SELECT what, subject, detail, operator, at FROM audit WHERE seq > ? AND what IN ({ANSWERED}) ORDER BY seq"
        ),
        [after_line],
        |row| {
            Ok(Answered {
                what: row.get(0)?,
                subject: row.get(1)?,
                detail: row.get(2)?,
                operator: row.get(3)?,
                at: Moment(row.get(4)?),
            })
        },
    )?;
    Ok(DayFacts {
        from: last.map(|(at, _, _)| Moment(at)),
        until,
        last_packet: counted.3,
        last_line: connection.query_row("SELECT coalesce(max(seq), 0) FROM audit", [], |row| row.get(0))?,
        captured: counted.0,
        retaken: counted.1,
        acknowledged: counted.2,
        retakes_open: connection.query_row(
            "SELECT count(*) FROM enrolment WHERE state = 'retake'",
            [],
            |row| row.get(0),
        )?,
        takings: takings.into_iter().map(finish).collect::<Result<_, _>>()?,
        refunds: refunds
            .iter()
            .map(|text| read_record(text))
            .collect::<Result<_, _>>()?,
        paid_without_photo: unmet::paid_without_photo(connection)?,
        photo_without_payment: unmet::photo_without_payment(connection)?,
        unsent: unsent
            .into_iter()
            .map(|(packet, enrolment, state, at): (String, String, String, i64)| {
                Ok(Unsent {
                    packet,
                    enrolment,
                    state: variant(state)?,
                    at: Moment(at),
                })
            })
            .collect::<Result<_, Trouble>>()?,
        answered,
    })
}

const TAKING: &str = "SELECT taking.seq, taking.enrolment, enrolment.class_name, taking.record
    FROM taking JOIN enrolment ON enrolment.id = taking.enrolment";

/// Keeps a signed sheet with the next number; marks what stands on it.
pub(crate) fn sign(
    connection: &Connection,
    mut sheet: SignedSheet,
    line: &AuditEvent,
) -> Result<SignedSheet, Trouble> {
    let last: Option<(u32, i64)> = connection
        .query_row(
            "SELECT number, at FROM signed_sheet ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let facts = &sheet.sheet.facts;
    if last.map(|(_, at)| Moment(at)) != facts.from {
        return Err(Trouble::Other("another sheet was signed meanwhile".to_string()));
    }
    sheet.number = last.map_or(0, |(number, _)| number) + 1;
    let text = record(&sheet)?;
    let facts = &sheet.sheet.facts;
    let sha256 = hash(text.as_bytes());
    connection.execute(
        "INSERT INTO signed_sheet (number, at, last_packet, last_line, sha256, record) VALUES (?, ?, ?, ?, ?, ?)",
        params![sheet.number, sheet.at.0, facts.last_packet, facts.last_line, sha256, text],
    )?;
    for taking in &facts.takings {
        let marked = connection
            .prepare_cached("UPDATE taking SET sheet = ? WHERE seq = ? AND sheet IS NULL")?
            .execute(params![sheet.number, taking.seq])?;
        if marked != 1 {
            return Err(Trouble::Other(format!(
                "payment {} stands on another sheet",
                taking.seq
            )));
        }
    }
    // A refund nobody knows the end of stands on the next sheet, too.
    for refund in facts.refunds.iter().filter(|r| r.state != RefundState::Unknown) {
        connection.execute(
            "UPDATE refund SET sheet = ? WHERE id = ?",
            params![sheet.number, refund.id],
        )?;
    }
    let line = AuditEvent {
        subject: sheet.number.to_string(),
        detail: sha256,
        ..line.clone()
    };
    audit::append(connection, &line)?;
    Ok(sheet)
}

/// The sheets signed, newest first.
pub(crate) fn signed(connection: &Connection, limit: u32) -> Result<Vec<SignedSheet>, Trouble> {
    let rows: Vec<(String, String)> = many(
        connection,
        "SELECT record, sha256 FROM signed_sheet ORDER BY number DESC LIMIT ?",
        [limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    rows.iter()
        .map(|(text, sha256)| {
            if hash(text.as_bytes()) != *sha256 {
                return Err(Trouble::Other(
                    "a signed sheet does not have its hash".to_string(),
                ));
            }
            read_record(text)
        })
        .collect()
}

/// The receipt of the newest payment for an enrolment; the second time it is a reprint.
pub(crate) fn receipt(
    connection: &Connection,
    enrolment: &str,
    line: &AuditEvent,
) -> Result<Option<Receipt>, Trouble> {
    let newest = format!("{TAKING} WHERE taking.enrolment = ? ORDER BY taking.seq DESC LIMIT 1");
    let Some(found) = many(connection, &newest, [enrolment], taking)?.pop() else {
        return Ok(None);
    };
    let taking = finish(found)?;
    let (number, copy): (u32, u32) = connection.query_row(
        "INSERT INTO receipt (number, taking, copies)
         VALUES ((SELECT coalesce(max(number), 0) + 1 FROM receipt), ?, 1)
         ON CONFLICT (taking) DO UPDATE SET copies = copies + 1 RETURNING number, copies",
        [taking.seq],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let refunds: Vec<String> = many(
        connection,
        "SELECT record FROM refund WHERE enrolment = ?",
        [enrolment],
        |row| row.get(0),
    )?;
    let mut refunded_fen = 0;
    for text in &refunds {
        let refund: Refund = read_record(text)?;
        if refund.state == RefundState::Done && refund.at >= taking.at {
            refunded_fen += refund.amount_fen;
        }
    }
    let line = AuditEvent {
        detail: format!("receipt {number} copy {copy}"),
        ..line.clone()
    };
    audit::append(connection, &line)?;
    Ok(Some(Receipt {
        number,
        copy,
        taking,
        refunded_fen,
        at: line.at,
        operator: line.operator,
    }))
}

type RawTaking = (i64, String, String, String);

fn taking(row: &Row<'_>) -> rusqlite::Result<RawTaking> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn finish((seq, enrolment, class_name, text): RawTaking) -> Result<Taking, Trouble> {
    let fee: SettledFee = read_record(&text)?;
    Ok(Taking {
        seq,
        enrolment,
        class_name,
        method: fee.method(),
        amount_fen: fee.amount_fen(),
        operator: fee.by().to_string(),
        proof: fee.proof().to_string(),
        at: fee.at(),
    })
}

fn many<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement
        .query_map(params, read)?
        .collect::<Result<Vec<_>, _>>()?)
}
