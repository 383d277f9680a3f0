//! Orders, settled fees, and what a returning sitter brings along.

use crate::trouble::Trouble;
use crate::words::{read_record, record, variant, word};
use crate::{audit, refunds};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::payment::{self, Channel, Met, Order, OrderState, Refund, SettledFee};
use domain::port::Settled;
use domain::session::Standing;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const COLUMNS: &str =
    "SELECT id, enrolment, amount_fen, state, code_url, at, channel, voucher, expires_at FROM fee_order";

/// Part of a query: an order whose money went back for certain.
const BACK: &str =
    "EXISTS (SELECT 1 FROM refund WHERE refund.fee_order = fee_order.id AND refund.state = 'done')";

/// Part of a query: an order whose money is back or on its way back.
const GIVEN_BACK: &str =
    "EXISTS (SELECT 1 FROM refund WHERE refund.fee_order = fee_order.id AND refund.state <> 'refused')";

/// Part of a query: a taking by order, whose proof is the order's number; as the index `taking_by_order` has it.
const BY_ORDER: &str = "json_extract(taking.record, '$.method') IN ('order', 'at_sync', 'voucher')";

/// Writes an order down or changes what is known of it. Enrolment and amount are frozen, and what is known goes
/// before a late answer.
pub(crate) fn keep_order(connection: &Connection, order: &Order) -> Result<(), Trouble> {
    let known = one(connection, &format!("{COLUMNS} WHERE id = ?"), [&order.id])?;
    if known.as_ref().is_some_and(|k| !k.same_as(order)) {
        return Err(Trouble::Other(format!(
            "order {} is known with another enrolment or amount",
            order.id
        )));
    }
    let order = known.map_or_else(|| order.clone(), |known| known.after(order.clone()));
    connection.execute(
        "INSERT INTO fee_order (id, enrolment, amount_fen, state, code_url, at, channel, voucher, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET code_url = excluded.code_url, state = excluded.state,
             expires_at = excluded.expires_at",
        params![
            order.id,
            order.enrolment,
            order.amount_fen,
            word(&order.state)?,
            order.code_url,
            order.at.0,
            order.channel.code(),
            order.voucher,
            order.expires_at.map(|end| end.0)
        ],
    )?;
    Ok(())
}

/// Orders to ask about: those without a final state, and those paid that stand in no ledger yet, because the program
/// ended in between: they settle the fee, or are money to be given back. Newest first: whoever asks about a few of many
/// asks about those a sitter may be waiting for.
pub(crate) fn open_orders(connection: &Connection) -> Result<Vec<Order>, Trouble> {
    // The plus takes the affinity off the column: with it, the index of an expression is read from end to end.
    let sql = format!(
        "{COLUMNS} WHERE state IN ('unknown', 'not_paid') OR (state = 'paid' AND NOT {GIVEN_BACK}
             AND (NOT EXISTS (SELECT 1 FROM settled_fee WHERE settled_fee.enrolment = fee_order.enrolment)
                 OR NOT EXISTS (SELECT 1 FROM taking WHERE json_extract(taking.record, '$.proof') = +fee_order.id
                     AND {BY_ORDER})))
         ORDER BY at DESC, id DESC"
    );
    many(connection, &sql, [])
}

/// Closed orders that could be paid since then, newest first.
pub(crate) fn closed_orders(connection: &Connection, since: Moment) -> Result<Vec<Order>, Trouble> {
    let sql = format!(
        "{COLUMNS} WHERE state = 'closed' AND coalesce(expires_at, at) >= ? ORDER BY at DESC, id DESC"
    );
    many(connection, &sql, [since.0])
}

/// The order that a voucher pays or may pay; one that was closed, or whose fee went back for certain, leaves it good.
pub(crate) fn voucher_order(connection: &Connection, sha256: &str) -> Result<Option<Order>, Trouble> {
    let sql = format!("{COLUMNS} WHERE voucher = ? AND state <> 'closed' AND NOT {BACK} LIMIT 1");
    one(connection, &sql, [sha256])
}

/// The newest order of an enrolment.
pub(crate) fn newest_order(connection: &Connection, enrolment: &str) -> Result<Option<Order>, Trouble> {
    let sql = format!("{COLUMNS} WHERE enrolment = ? ORDER BY at DESC, id DESC LIMIT 1");
    one(connection, &sql, [enrolment])
}

/// The payment that settled the fee, then paid orders beside it.
pub(crate) fn payments(connection: &Connection, enrolment: &str) -> Result<Vec<SettledFee>, Trouble> {
    let sql = format!("{COLUMNS} WHERE enrolment = ? AND state = 'paid' ORDER BY at, id");
    let paid = many(connection, &sql, [enrolment])?;
    let paid = paid.iter().filter_map(|o| SettledFee::from_paid(o, o.at));
    let first = settled(connection, enrolment)?;
    let beside: Vec<_> = paid
        .filter(|fee| !first.as_ref().is_some_and(|first| first.same_as(fee)))
        .collect();
    Ok(first.into_iter().chain(beside).collect())
}

/// Money that goes back settles the fee no more, from the decision on: nobody is photographed on money that is on
/// its way back. Where a photo was taken before, the supervisor's decision makes it free.
pub(crate) fn give_back(connection: &Connection, refund: &Refund) -> Result<(), Trouble> {
    // Money that goes back before it settled anything came in all the same: the sheet has both.
    let of_it = |fee: &&SettledFee| fee.order().is_some() && fee.order() == refund.order.as_deref();
    if let Some(fee) = payments(connection, &refund.enrolment)?.iter().find(of_it) {
        take_down(connection, &refund.enrolment, fee)?;
    }
    let first = settled(connection, &refund.enrolment)?;
    let photographed: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM packet WHERE enrolment = ? AND state NOT IN ('held', 'withdrawn'))",
        )?
        .query_row([&refund.enrolment], |row| row.get(0))?;
    let of_it = |fee: &SettledFee| fee.method() == refund.method && fee.order() == refund.order.as_deref();
    if first.as_ref().is_some_and(of_it) && !photographed {
        connection.execute("DELETE FROM settled_fee WHERE enrolment = ?", [&refund.enrolment])?;
    }
    Ok(())
}

/// Keeps the first evidence of a settled fee with its audit line and releases the enrolment's held
/// packets. A second payment is written to the audit trail, so that somebody can give the money back.
pub(crate) fn settle(
    connection: &Connection,
    enrolment: &str,
    fee: &SettledFee,
    line: &AuditEvent,
) -> Result<Settled, Trouble> {
    let first = settled(connection, enrolment)?;
    let met = match (
        payment::meet(first.as_ref(), fee, &refunds::of(connection, enrolment)?),
        first,
    ) {
        (Met::Second, Some(first)) => {
            write_down_twice(connection, enrolment, fee, line)?;
            Settled::Twice(first)
        }
        (Met::GivenBack, _) => return Ok(Settled::GivenBack),
        // The same evidence again, of an order answered twice: it is kept, and its line is there.
        (Met::Same, _) => Settled::Fresh,
        (Met::First | Met::Second, _) => {
            connection.execute(
                "INSERT INTO settled_fee (enrolment, record) VALUES (?, ?)",
                params![enrolment, record(fee)?],
            )?;
            audit::append(connection, line)?;
            Settled::Fresh
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
    let twice = AuditEvent {
        what: "fee_settled_twice".to_string(),
        subject: enrolment.to_string(),
        detail: paid_twice(fee)?,
        ..line.clone()
    };
    if fee.order().is_some() && audit::has(connection, &twice)? {
        return Ok(());
    }
    take_down(connection, enrolment, fee)?;
    audit::append(connection, line)?;
    audit::append(connection, &twice)
}

/// Money that came in stands in the ledger, whatever it was for; a payment by order stands there once.
fn take_down(connection: &Connection, enrolment: &str, fee: &SettledFee) -> Result<(), Trouble> {
    let known: bool = connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM taking WHERE json_extract(taking.record, '$.proof') = ? AND {BY_ORDER})"
        ))?
        .query_row([fee.proof()], |row| row.get(0))?;
    if fee.order().is_none() || !known {
        connection.execute(
            "INSERT INTO taking (enrolment, record) VALUES (?, ?)",
            params![enrolment, record(fee)?],
        )?;
    }
    Ok(())
}

/// What a line says of a second payment. Proofs other than an order's number are free text, which may name a person.
pub(crate) fn paid_twice(fee: &SettledFee) -> Result<String, Trouble> {
    let order = fee.order().unwrap_or_default();
    let detail = format!("{} {} {order}", word(&fee.method())?, fee.amount_fen());
    Ok(detail.trim_end().to_string())
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
    let unfinished = format!(
        "{COLUMNS} WHERE enrolment = ? AND state <> 'closed' AND NOT {GIVEN_BACK}
             ORDER BY at DESC, id DESC LIMIT 1"
    );
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

fn many(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Order>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map(params, read)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(finish).collect()
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<Order>, Trouble> {
    let row = connection
        .prepare_cached(sql)?
        .query_row(params, read)
        .optional()?;
    row.map(finish).transpose()
}

struct Raw {
    state: String,
    channel: String,
    order: Order,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        state: row.get(3)?,
        channel: row.get(6)?,
        order: Order {
            id: row.get(0)?,
            enrolment: row.get(1)?,
            amount_fen: row.get(2)?,
            channel: Channel::default(),
            voucher: row.get(7)?,
            state: OrderState::Unknown,
            code_url: row.get(4)?,
            expires_at: row.get::<_, Option<i64>>(8)?.map(Moment),
            at: Moment(row.get(5)?),
        },
    })
}

fn finish(raw: Raw) -> Result<Order, Trouble> {
    Ok(Order {
        state: variant(raw.state)?,
        channel: variant(raw.channel)?,
        ..raw.order
    })
}
