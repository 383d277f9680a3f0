//! Orders: made once by the station's own number, with the amount frozen in them.

use crate::audit;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::Json;
use axum::extract::Path;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// A new order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// 6 to 32 letters, digits, `_` or `-`: what payment providers take as a merchant's number.
    order: String,
    /// Enrolment it is for; an id, never a name.
    enrolment: String,
    /// The fee as the sitter saw it; it stays, whatever the session's fee becomes.
    amount_fen: u32,
}

/// Largest amount of one order, in fen: a slip of the hand, not a fee, lies above it.
const MAX_AMOUNT_FEN: u32 = 1_000_000;

/// An order as the API gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    /// Number the station gave it.
    pub order: String,
    /// Enrolment it is for.
    pub enrolment: String,
    /// Fee, frozen.
    pub amount_fen: u32,
    /// `unknown`, `not_paid`, `paid` or `closed`.
    pub state: String,
    /// Text of the QR, once the provider gave it.
    pub code_url: Option<String>,
    /// When it was written down here, RFC 3339.
    pub created_at: String,
    /// When it was paid.
    pub paid_at: Option<String>,
}

const COLUMNS: &str = "SELECT id, subject, amount_fen, state, code_url, created_at, paid_at FROM purchase";

/// `POST /v1/orders`: the same order again gives the same answer, another amount is refused.
pub(crate) async fn create(shared: State, Json(request): Json<Request>) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| create_now(shared, &request))
        .await
        .map(Json)
}

fn create_now(shared: &Shared, request: &Request) -> Result<Order, Refusal> {
    let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(6..=32).contains(&request.order.len()) || !request.order.bytes().all(letters) {
        return Err(Refusal::unreadable(
            "order_number",
            "an order number has 6 to 32 letters, digits, _ or -",
        ));
    }
    if !(1..=MAX_AMOUNT_FEN).contains(&request.amount_fen) {
        return Err(Refusal::unreadable(
            "amount",
            format!("an order is for 1 to {MAX_AMOUNT_FEN} fen"),
        ));
    }
    let database = shared.database();
    let order = match find(&database.0, &request.order)? {
        Some(order) => {
            let same = (&order.enrolment, order.amount_fen) == (&request.enrolment, request.amount_fen);
            if !same {
                return Err(Refusal::conflict(
                    "order_differs",
                    "this order number stands for another order",
                ));
            }
            order
        }
        None => {
            // Written down before the provider is asked: after a crash the order is known as unknown.
            database.0.execute(
                "INSERT INTO purchase (id, subject, amount_fen, state, created_at)
                 VALUES (?1, ?2, ?3, 'unknown', ?4)",
                params![
                    request.order,
                    request.enrolment,
                    request.amount_fen,
                    jiff::Timestamp::now().to_string()
                ],
            )?;
            find(&database.0, &request.order)?.ok_or_else(|| Refusal::not_found("order_unknown"))?
        }
    };
    if order.code_url.is_some() {
        return Ok(order);
    }
    let code_url = shared.provider.code_url(&request.order)?;
    database.0.execute(
        "UPDATE purchase SET state = 'not_paid', code_url = ?2 WHERE id = ?1 AND state = 'unknown'",
        params![request.order, code_url],
    )?;
    found(&database.0, &request.order)
}

/// `GET /v1/orders/{id}`: `unknown` while the provider does not say.
pub(crate) async fn query(shared: State, Path(id): Path<String>) -> Result<Json<Order>, Refusal> {
    let mut order = blocking(&shared, move |shared| found(&shared.database().0, &id)).await?;
    // What was settled is written down here; only an open order needs the provider's word.
    if order.state == "not_paid" && shared.provider.ask().is_err() {
        order.state = "unknown".to_owned();
    }
    Ok(Json(order))
}

/// `POST /v1/orders/{id}/close`: nobody can pay it afterwards; a paid one stays paid, as the answer says.
pub(crate) async fn close(shared: State, Path(id): Path<String>) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| {
        let database = shared.database();
        let order = found(&database.0, &id)?;
        if order.state == "paid" {
            return Ok(order);
        }
        shared.provider.ask()?;
        database
            .0
            .execute("UPDATE purchase SET state = 'closed' WHERE id = ?1", [&id])?;
        audit::record(&database.0, "order_closed", &id)?;
        found(&database.0, &id)
    })
    .await
    .map(Json)
}

/// `POST /simulate/orders/{id}/pay`: the sitter's phone pays.
pub(crate) async fn simulate_pay(shared: State, Path(id): Path<String>) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| shared.pay(&id)).await.map(Json)
}

impl Shared {
    /// The provider's word that an order was paid, once.
    pub(crate) fn pay(&self, id: &str) -> Result<Order, Refusal> {
        let database = self.database();
        let order = found(&database.0, id)?;
        match order.state.as_str() {
            "paid" => return Ok(order),
            "closed" => return Err(Refusal::conflict("order_closed", "the order was closed")),
            _ => {}
        }
        database.0.execute(
            "UPDATE purchase SET state = 'paid', paid_at = ?2 WHERE id = ?1",
            params![id, jiff::Timestamp::now().to_string()],
        )?;
        audit::record(&database.0, "order_paid", id)?;
        found(&database.0, id)
    }

    /// All orders, oldest first.
    pub(crate) fn orders(&self) -> rusqlite::Result<Vec<Order>> {
        let database = self.database();
        let mut statement = database
            .0
            .prepare(&format!("{COLUMNS} ORDER BY created_at, id"))?;
        statement.query_map([], read)?.collect()
    }

    /// Numbers of the orders that wait for payment, oldest first.
    pub(crate) fn open_orders(&self) -> rusqlite::Result<Vec<String>> {
        let database = self.database();
        let mut statement = database
            .0
            .prepare("SELECT id FROM purchase WHERE state = 'not_paid' ORDER BY created_at")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }
}

/// `GET /simulate/orders`
pub(crate) async fn simulate_open(shared: State) -> Result<Json<Vec<String>>, Refusal> {
    blocking(&shared, |shared| Ok(shared.open_orders()?))
        .await
        .map(Json)
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
