//! Orders: made once by the station's own number, with the amount frozen in them.

use crate::caller::Caller;
use crate::extract::{Body, Named};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::{Extension, Json};
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

/// Longest id of an enrolment, in characters.
const MOST_ENROLMENT: usize = 200;

/// `POST /v1/orders`: the same order again gives the same answer, another amount is refused.
pub(crate) async fn create(
    shared: State,
    Extension(caller): Extension<Caller>,
    Body(request): Body<Request>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| create_now(shared, request, &caller))
        .await
        .map(Json)
}

fn create_now(shared: &Shared, request: Request, by: &Caller) -> Result<Order, Refusal> {
    let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(6..=32).contains(&request.order.len()) || !request.order.bytes().all(letters) {
        return Err(Refusal::unreadable(
            "order_number",
            "an order number has 6 to 32 letters, digits, _ or -",
        ));
    }
    if !(1..=MOST_ENROLMENT).contains(&request.enrolment.chars().count()) {
        let message = format!("an enrolment's id has 1 to {MOST_ENROLMENT} characters");
        return Err(Refusal::unreadable("enrolment", message));
    }
    if !(1..=MAX_AMOUNT_FEN).contains(&request.amount_fen) {
        return Err(Refusal::unreadable(
            "amount",
            format!("an order is for 1 to {MAX_AMOUNT_FEN} fen"),
        ));
    }
    let begun = Order {
        order: request.order,
        enrolment: request.enrolment,
        amount_fen: request.amount_fen,
        state: "unknown".to_owned(),
        code_url: None,
        created_at: jiff::Timestamp::now().to_string(),
        paid_at: None,
    };
    // Written down before the provider is asked: after a crash the order is known as unknown.
    let order = shared.ledger.begin_order(&begun, by)?;
    if order.code_url.is_some() {
        return Ok(order);
    }
    let code_url = shared.provider.code_url(&order.order)?;
    shared.ledger.offer_order(&order.order, &code_url)?;
    shared.order(&order.order)
}

/// `GET /v1/orders/{id}`: `unknown` while the provider does not say.
pub(crate) async fn query(shared: State, Named(id): Named<String>) -> Result<Json<Order>, Refusal> {
    let mut order = blocking(&shared, move |shared| shared.order(&id)).await?;
    // What was settled is written down here; only an open order needs the provider's word.
    if order.state == "not_paid" && shared.provider.ask().is_err() {
        order.state = "unknown".to_owned();
    }
    Ok(Json(order))
}

/// `POST /v1/orders/{id}/close`: nobody can pay it afterwards; a paid one stays paid, as the answer says.
pub(crate) async fn close(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| {
        let order = shared.order(&id)?;
        if order.state == "paid" {
            return Ok(order);
        }
        shared.provider.ask()?;
        shared.ledger.close_order(&id, &caller)?;
        shared.order(&id)
    })
    .await
    .map(Json)
}

/// `POST /simulate/orders/{id}/pay`: the sitter's phone pays.
pub(crate) async fn simulate_pay(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| shared.ledger.pay_order(&id, &caller))
        .await
        .map(Json)
}

/// `GET /simulate/orders`: numbers of the orders that wait for payment, oldest first.
pub(crate) async fn simulate_open(shared: State) -> Result<Json<Vec<String>>, Refusal> {
    let orders = blocking(&shared, |shared| shared.ledger.orders()).await?;
    let open = orders.into_iter().filter(|order| order.state == "not_paid");
    Ok(Json(open.map(|order| order.order).collect()))
}

impl Shared {
    fn order(&self, id: &str) -> Result<Order, Refusal> {
        let order = self.ledger.order(id)?;
        order.ok_or_else(|| Refusal::not_found("order_unknown"))
    }
}
