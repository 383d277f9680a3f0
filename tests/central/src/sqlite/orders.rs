//! Orders as rows.

use super::{Sqlite, audit};
use crate::caller::Caller;
use crate::ledger::OrderLedger;
use crate::orders::Order;
use crate::refunds::Refund;
use crate::refusal::Refusal;
use domain::payment::Channel;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str =
    "SELECT id, subject, amount_fen, state, code_url, created_at, paid_at, channel, voucher, expires_at
     FROM purchase";

impl OrderLedger for Sqlite {
    fn begin_order(&self, order: &Order, by: &Caller) -> Result<Order, Refusal> {
        self.transact(|transaction| {
            if let Some(earlier) = find(transaction, &order.order)? {
                let same = (&earlier.enrolment, earlier.amount_fen) == (&order.enrolment, order.amount_fen);
                return if same {
                    Ok(earlier)
                } else {
                    let message = "this order number stands for another order";
                    Err(Refusal::conflict("order_differs", message))
                };
            }
            transaction.execute(
                "INSERT INTO purchase (id, subject, amount_fen, state, created_at, channel, voucher)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    order.order,
                    order.enrolment,
                    order.amount_fen,
                    order.state,
                    order.created_at,
                    order.channel.code(),
                    order.voucher
                ],
            )?;
            audit::record(transaction, "order_begun", &order.order, by)?;
            found(transaction, &order.order)
        })
    }

    fn order(&self, id: &str) -> Result<Option<Order>, Refusal> {
        Ok(find(&self.connection(), id)?)
    }

    fn offer_order(&self, id: &str, code_url: &str, expires_at: &str) -> Result<(), Refusal> {
        self.connection().execute(
            "UPDATE purchase SET state = 'not_paid', code_url = ?2, expires_at = ?3
             WHERE id = ?1 AND state = 'unknown'",
            params![id, code_url, expires_at],
        )?;
        Ok(())
    }

    fn pay_order(&self, id: &str, by: &Caller) -> Result<Order, Refusal> {
        self.transact(|transaction| {
            let order = found(transaction, id)?;
            if order.state == "paid" {
                return Ok(order);
            }
            transaction.execute(
                "UPDATE purchase SET state = 'paid', paid_at = ?2 WHERE id = ?1",
                params![id, super::now()],
            )?;
            audit::record(transaction, "order_paid", id, by)?;
            found(transaction, id)
        })
    }

    fn redeem(&self, id: &str, by: &Caller) -> Result<Order, Refusal> {
        let used = self.transact(|transaction| {
            let order = found(transaction, id)?;
            if order.state != "unknown" {
                return Ok(false);
            }
            let used: bool = transaction.query_row(
                "SELECT EXISTS (SELECT 1 FROM purchase WHERE voucher = ?1 AND state = 'paid' AND returned = 0)",
                [&order.voucher],
                |row| row.get(0),
            )?;
            let state = if used { "closed" } else { "paid" };
            transaction.execute(
                "UPDATE purchase SET state = ?2, paid_at = CASE ?2 WHEN 'paid' THEN ?3 END WHERE id = ?1",
                params![id, state, super::now()],
            )?;
            let what = if used { "voucher_used_twice" } else { "voucher_redeemed" };
            audit::record(transaction, what, id, by)?;
            Ok(used)
        })?;
        if used {
            return Err(Refusal::conflict("voucher_used", "this voucher paid another fee"));
        }
        found(&self.connection(), id)
    }

    fn close_order(&self, id: &str, by: &Caller) -> Result<(), Refusal> {
        self.transact(|transaction| {
            let closed = transaction.execute(
                "UPDATE purchase SET state = 'closed' WHERE id = ?1 AND state NOT IN ('paid', 'closed')",
                [id],
            )?;
            if closed > 0 {
                audit::record(transaction, "order_closed", id, by)?;
            }
            Ok(())
        })
    }

    fn begin_refund(&self, refund: &Refund, by: &Caller) -> Result<Refund, Refusal> {
        self.transact(|transaction| {
            let order = found(transaction, &refund.order)?;
            if let Some(earlier) = repayment(transaction, &refund.refund)? {
                let same = (&earlier.order, earlier.amount_fen) == (&refund.order, refund.amount_fen);
                let message = "this refund number stands for another refund";
                return if same {
                    Ok(earlier)
                } else {
                    Err(Refusal::conflict("refund_differs", message))
                };
            }
            if order.state != "paid" {
                return Err(Refusal::conflict("order_not_paid", "nobody paid this order"));
            }
            if order.amount_fen != refund.amount_fen {
                return Err(Refusal::conflict("refund_differs", "an order goes back whole"));
            }
            let other: bool = transaction.query_row(
                "SELECT EXISTS (SELECT 1 FROM repayment WHERE purchase = ?1 AND state <> 'refused')",
                [&refund.order],
                |row| row.get(0),
            )?;
            if other {
                return Err(Refusal::conflict("refunded", "another refund stands for this order"));
            }
            transaction.execute(
                "INSERT INTO repayment (id, purchase, amount_fen, state, created_at) VALUES (?1, ?2, ?3, 'unknown', ?4)",
                params![refund.refund, refund.order, refund.amount_fen, refund.created_at],
            )?;
            audit::record(transaction, "refund_begun", &refund.refund, by)?;
            Ok(refund.clone())
        })
    }

    fn end_refund(&self, id: &str, state: &str, by: &Caller) -> Result<Refund, Refusal> {
        self.transact(|transaction| {
            let ended = transaction.execute(
                "UPDATE repayment SET state = ?2 WHERE id = ?1 AND state = 'unknown'",
                params![id, state],
            )?;
            if ended > 0 {
                audit::record(transaction, &format!("refund_{state}"), id, by)?;
            }
            // A voucher whose fee was given back can be used again.
            transaction.execute(
                "UPDATE purchase SET returned = 1 WHERE id IN
                     (SELECT purchase FROM repayment WHERE id = ?1 AND state = 'done')",
                [id],
            )?;
            repayment(transaction, id)?.ok_or_else(|| Refusal::not_found("refund_unknown"))
        })
    }

    fn orders(&self) -> Result<Vec<Order>, Refusal> {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!("{COLUMNS} ORDER BY created_at, id"))?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }
}

fn found(connection: &Connection, id: &str) -> Result<Order, Refusal> {
    find(connection, id)?.ok_or_else(|| Refusal::not_found("order_unknown"))
}

fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<Order>> {
    connection
        .query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], read)
        .optional()
}

fn repayment(connection: &Connection, id: &str) -> rusqlite::Result<Option<Refund>> {
    let read = |row: &Row<'_>| {
        Ok(Refund {
            refund: row.get(0)?,
            order: row.get(1)?,
            amount_fen: row.get(2)?,
            state: row.get(3)?,
            created_at: row.get(4)?,
        })
    };
    let sql = "SELECT id, purchase, amount_fen, state, created_at FROM repayment WHERE id = ?1";
    connection.query_row(sql, [id], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Order> {
    Ok(Order {
        order: row.get(0)?,
        enrolment: row.get(1)?,
        amount_fen: row.get(2)?,
        state: row.get(3)?,
        code_url: row.get(4)?,
        created_at: row.get(5)?,
        paid_at: row.get(6)?,
        channel: Channel::read(&row.get::<_, String>(7)?).unwrap_or_default(),
        voucher: row.get(8)?,
        expires_at: row.get(9)?,
        expires_in_s: None,
    })
}
