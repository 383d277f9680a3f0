//! Orders, settled fees, and what a returning sitter brings along.

use crate::audit;
use crate::trouble::Trouble;
use crate::words::{read_record, record, variant, word};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::payment::{Order, PaymentMethod, SettledFee};
use domain::port::Settled;
use domain::session::Standing;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const COLUMNS: &str = "SELECT id, enrolment, amount_fen, state, code_url, at FROM fee_order";

/// Writes an order down or changes what is known of it. Enrolment and amount are frozen; a paid order
/// stays paid whatever a late answer says.
pub(crate) fn keep_order(connection: &Connection, order: &Order) -> Result<(), Trouble> {
    let known = one(connection, &format!("{COLUMNS} WHERE id = ?"), [&order.id])?;
    if known.is_some_and(|k| k.enrolment != order.enrolment || k.amount_fen != order.amount_fen) {
        return Err(Trouble::Other(format!(
            "order {} is known with another enrolment or amount",
            order.id
        )));
    }
    connection.execute(
        "INSERT INTO fee_order (id, enrolment, amount_fen, state, code_url, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET code_url = coalesce(excluded.code_url, code_url),
             state = CASE WHEN state = 'paid' THEN state ELSE excluded.state END",
        params![
            order.id,
            order.enrolment,
            order.amount_fen,
            word(&order.state)?,
            order.code_url,
            order.at.0
        ],
    )?;
    Ok(())
}

/// Orders to ask about: those without a final state, and those paid whose fee was not settled yet,
/// because the program ended in between. Newest first: whoever asks about a few of many asks about those
/// a sitter may be waiting for.
pub(crate) fn open_orders(connection: &Connection) -> Result<Vec<Order>, Trouble> {
    let sql = format!(
        "{COLUMNS} WHERE state IN ('unknown', 'not_paid') OR (state = 'paid'
             AND NOT EXISTS (SELECT 1 FROM settled_fee WHERE settled_fee.enrolment = fee_order.enrolment))
         ORDER BY at DESC, id DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(finish).collect()
}

/// Keeps the first evidence of a settled fee with its audit line and releases the enrolment's held
/// packets. A second payment is written to the audit trail, so that somebody can give the money back.
pub(crate) fn settle(
    connection: &Connection,
    enrolment: &str,
    fee: &SettledFee,
    line: &AuditEvent,
) -> Result<Settled, Trouble> {
    let met = match settled(connection, enrolment)? {
        None => {
            connection.execute(
                "INSERT INTO settled_fee (enrolment, record) VALUES (?, ?)",
                params![enrolment, record(fee)?],
            )?;
            audit::append(connection, line)?;
            Settled::Fresh
        }
        // The same evidence again, of an order answered twice: it is kept, and its line is there.
        Some(first) if first.method() == fee.method() && first.proof() == fee.proof() => Settled::Fresh,
        Some(first) => {
            write_down_twice(connection, enrolment, fee, line)?;
            Settled::Twice(first)
        }
    };
    connection.execute(
        "UPDATE packet SET state = 'waiting' WHERE state = 'held' AND enrolment = ?",
        [enrolment],
    )?;
    Ok(met)
}

/// The line of the payment, and one that says it was the second. An order answered twice is one payment:
/// its number tells, and nothing is added.
fn write_down_twice(
    connection: &Connection,
    enrolment: &str,
    fee: &SettledFee,
    line: &AuditEvent,
) -> Result<(), Trouble> {
    let ordered = fee.method() == PaymentMethod::Order;
    // Other proofs are free text, which may name a person.
    let order = if ordered { fee.proof() } else { "" };
    let detail = format!("{} {} {order}", word(&fee.method())?, fee.amount_fen());
    let twice = AuditEvent {
        what: "fee_settled_twice".to_string(),
        subject: enrolment.to_string(),
        detail: detail.trim_end().to_string(),
        ..line.clone()
    };
    if ordered && audit::has(connection, &twice)? {
        return Ok(());
    }
    audit::append(connection, line)?;
    audit::append(connection, &twice)
}

/// The settled fee of an enrolment.
pub(crate) fn settled(connection: &Connection, enrolment: &str) -> Result<Option<SettledFee>, Trouble> {
    let text: Option<String> = connection
        .prepare_cached("SELECT record FROM settled_fee WHERE enrolment = ?")?
        .query_row([enrolment], |row| row.get(0))
        .optional()?;
    text.map(|text| read_record(&text)).transpose()
}

/// The settled fee, the newest packet if it was rejected, the newest order that was not closed, and the known
/// exceptions.
pub(crate) fn standing(connection: &Connection, enrolment: &str) -> Result<Standing, Trouble> {
    let newest: Option<(String, bool)> = connection
        .prepare_cached(
            "SELECT id, rejected FROM packet WHERE enrolment = ? AND state <> 'withdrawn' ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([enrolment], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let unfinished =
        format!("{COLUMNS} WHERE enrolment = ? AND state <> 'closed' ORDER BY at DESC, id DESC LIMIT 1");
    let settled = settled(connection, enrolment)?;
    let order = if settled.is_some() {
        None
    } else {
        one(connection, &unfinished, [enrolment])?
    };
    Ok(Standing {
        settled,
        retake_of: newest.filter(|(_, rejected)| *rejected).map(|(id, _)| id),
        order,
        exceptions: crate::exceptions::of(connection, enrolment)?,
        eligibility: None,
    })
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<Order>, Trouble> {
    let row = connection
        .prepare_cached(sql)?
        .query_row(params, read)
        .optional()?;
    row.map(finish).transpose()
}

type Raw = (String, String, u32, String, Option<String>, i64);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
    ))
}

fn finish((id, enrolment, amount_fen, state, code_url, at): Raw) -> Result<Order, Trouble> {
    Ok(Order {
        id,
        enrolment,
        amount_fen,
        state: variant(state)?,
        code_url,
        at: Moment(at),
    })
}
