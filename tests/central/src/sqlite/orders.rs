//! Orders as rows.

use super::{Sqlite, audit};
use crate::caller::Caller;
use crate::ledger::OrderLedger;
use crate::orders::Order;
use crate::refusal::Refusal;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "SELECT id, subject, amount_fen, state, code_url, created_at, paid_at FROM purchase";

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
                "INSERT INTO purchase (id, subject, amount_fen, state, created_at)
                 VALUES (?1, ?2, ?3, 'unknown', ?4)",
                params![order.order, order.enrolment, order.amount_fen, order.created_at],
            )?;
            audit::record(transaction, "order_begun", &order.order, by)?;
            found(transaction, &order.order)
        })
    }

    fn order(&self, id: &str) -> Result<Option<Order>, Refusal> {
        Ok(find(&self.connection(), id)?)
    }

    fn offer_order(&self, id: &str, code_url: &str) -> Result<(), Refusal> {
        self.connection().execute(
            "UPDATE purchase SET state = 'not_paid', code_url = ?2 WHERE id = ?1 AND state = 'unknown'",
            params![id, code_url],
        )?;
        Ok(())
    }

    fn pay_order(&self, id: &str, by: &Caller) -> Result<Order, Refusal> {
        self.transact(|transaction| {
            let order = found(transaction, id)?;
            match order.state.as_str() {
                "paid" => return Ok(order),
                "closed" => return Err(Refusal::conflict("order_closed", "the order was closed")),
                _ => {}
            }
            transaction.execute(
                "UPDATE purchase SET state = 'paid', paid_at = ?2 WHERE id = ?1",
                params![id, super::now()],
            )?;
            audit::record(transaction, "order_paid", id, by)?;
            found(transaction, id)
        })
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

fn read(row: &Row<'_>) -> rusqlite::Result<Order> {
    Ok(Order {
        order: row.get(0)?,
        enrolment: row.get(1)?,
        amount_fen: row.get(2)?,
        state: row.get(3)?,
        code_url: row.get(4)?,
        created_at: row.get(5)?,
        paid_at: row.get(6)?,
    })
}
