//! Orders: made once by the station's own number, with the amount frozen in them.

use crate::caller::Caller;
use crate::extract::{Body, Named};
use crate::provider::{Bill, Provider as _, ProviderFault, Trade};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::{Extension, Json};
use domain::payment::Channel;
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
    /// Who is asked for the money.
    #[serde(default)]
    channel: Channel,
    /// SHA-256 of a voucher's number; with this channel and no other.
    #[serde(default)]
    voucher: Option<String>,
}

/// What an order is that nobody may pay any more; also of one that never came.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    enrolment: String,
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
    /// Who is asked for the money.
    pub channel: Channel,
    /// SHA-256 of the voucher's number.
    #[serde(skip)]
    pub voucher: Option<String>,
    /// `unknown`, `not_paid`, `paid` or `closed`.
    pub state: String,
    /// Text of the QR, once the provider gave it.
    pub code_url: Option<String>,
    /// When the code ends, RFC 3339.
    #[serde(skip)]
    pub expires_at: Option<String>,
    /// Seconds for which the code can still be paid, by the time of the answer; the clock of a station may be wrong.
    pub expires_in_s: Option<i64>,
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
    check(&request.order, &request.enrolment, request.amount_fen)?;
    if (request.channel == Channel::Voucher) != request.voucher.is_some() {
        return Err(Refusal::unreadable(
            "voucher",
            "a voucher's hash stands with the channel voucher, and nowhere else",
        ));
    }
    let begun = Order {
        order: request.order,
        enrolment: request.enrolment,
        amount_fen: request.amount_fen,
        channel: request.channel,
        voucher: request.voucher,
        state: "unknown".to_owned(),
        code_url: None,
        expires_at: None,
        expires_in_s: None,
        created_at: jiff::Timestamp::now().to_string(),
        paid_at: None,
    };
    if let Some(voucher) = &begun.voucher {
        let terms = shared.school.session.vouchers.iter();
        let known = terms.clone().find(|terms| terms.sha256 == *voucher);
        let terms = known.ok_or_else(|| {
            Refusal::unreadable("voucher_unknown", "no voucher of this number was given out")
        })?;
        if terms.amount_fen < begun.amount_fen {
            return Err(Refusal::unreadable(
                "voucher_small",
                "the voucher is for less than the fee",
            ));
        }
    }
    // Written down before the provider is asked: after a crash the order is known as unknown.
    let order = shared.ledger.begin_order(&begun, by)?;
    if order.state != "unknown" {
        return Ok(order.at_now());
    }
    if order.channel == Channel::Voucher {
        return shared.ledger.redeem(&order.order, by);
    }
    let code = shared.provider.through(order.channel).place(order.bill())?;
    let ends = jiff::Timestamp::now().saturating_add(jiff::SignedDuration::from_secs(code.lasts_s));
    let ends = ends.map_err(anyhow::Error::from)?.to_string();
    shared.ledger.offer_order(&order.order, &code.text, &ends)?;
    shared.order(&order.order)
}

fn check(order: &str, enrolment: &str, amount_fen: u32) -> Result<(), Refusal> {
    let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(6..=32).contains(&order.len()) || !order.bytes().all(letters) {
        return Err(Refusal::unreadable(
            "order_number",
            "an order number has 6 to 32 letters, digits, _ or -",
        ));
    }
    if !(1..=MOST_ENROLMENT).contains(&enrolment.chars().count()) {
        let message = format!("an enrolment's id has 1 to {MOST_ENROLMENT} characters");
        return Err(Refusal::unreadable("enrolment", message));
    }
    if !(1..=MAX_AMOUNT_FEN).contains(&amount_fen) {
        return Err(Refusal::unreadable(
            "amount",
            format!("an order is for 1 to {MAX_AMOUNT_FEN} fen"),
        ));
    }
    Ok(())
}

/// `GET /v1/orders/{id}`: `unknown` while the provider does not say.
pub(crate) async fn query(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| query_now(shared, &id, &caller))
        .await
        .map(Json)
}

fn query_now(shared: &Shared, id: &str, by: &Caller) -> Result<Order, Refusal> {
    let order = shared.order(id)?;
    // What was paid is written down here, and of what never got a code nothing can have been paid.
    let asked = matches!(order.state.as_str(), "not_paid" | "closed") && order.code_url.is_some();
    if !asked {
        return Ok(order);
    }
    match shared.provider.through(order.channel).query(order.bill()) {
        Ok(Trade::Paid) => shared.ledger.pay_order(id, by),
        Ok(Trade::Closed) => {
            shared.ledger.close_order(id, by)?;
            shared.order(id)
        }
        // A code of Alipay becomes a trade only when it is scanned.
        Ok(Trade::NotPaid) | Err(ProviderFault::NoSuchOrder) => Ok(order),
        // What was closed stays closed until the provider says that it was paid.
        Err(_) if order.state == "closed" => Ok(order),
        Err(ProviderFault::Limited) => Err(ProviderFault::Limited.into()),
        Err(fault) => {
            tracing::warn!(
                order = order.order,
                ?fault,
                "the provider does not say how an order stands"
            );
            Ok(Order {
                state: "unknown".to_owned(),
                ..order
            })
        }
    }
}

/// `POST /v1/orders/{id}/close`: nobody can pay it afterwards; a paid one stays paid, as the answer says. One that never
/// came is written down as closed, so that it stays so when it comes late.
pub(crate) async fn close(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
    Body(closing): Body<Closing>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| close_now(shared, id, closing, &caller))
        .await
        .map(Json)
}

fn close_now(shared: &Shared, id: String, closing: Closing, by: &Caller) -> Result<Order, Refusal> {
    check(&id, &closing.enrolment, closing.amount_fen)?;
    let order = shared.ledger.begin_order(
        &Order {
            order: id,
            enrolment: closing.enrolment,
            amount_fen: closing.amount_fen,
            channel: Channel::default(),
            voucher: None,
            state: "closed".to_owned(),
            code_url: None,
            expires_at: None,
            expires_in_s: None,
            created_at: jiff::Timestamp::now().to_string(),
            paid_at: None,
        },
        by,
    )?;
    if matches!(order.state.as_str(), "paid" | "closed") {
        return Ok(order);
    }
    if order.channel != Channel::Voucher {
        match shared.provider.through(order.channel).close(order.bill()) {
            Ok(Trade::Paid) => return shared.ledger.pay_order(&order.order, by),
            // It knows none of this number: nobody can pay it, and this server makes none under it any more.
            Ok(Trade::Closed) | Err(ProviderFault::NoSuchOrder) => {}
            Ok(Trade::NotPaid) => return Err(ProviderFault::Contradiction.into()),
            Err(fault) => return Err(fault.into()),
        }
    }
    shared.ledger.close_order(&order.order, by)?;
    shared.order(&order.order)
}

/// `POST /simulate/orders/{id}/pay`: the sitter's phone pays, and the provider tells of it as it was told to.
pub(crate) async fn simulate_pay(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| shared.phone_pays(&id, &caller))
        .await
        .map(Json)
}

/// `POST /simulate/orders/{id}/notify`: the provider tells of a payment, late or once more.
pub(crate) async fn simulate_notify(
    shared: State,
    Named(id): Named<String>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Order>, Refusal> {
    blocking(&shared, move |shared| query_now(shared, &id, &caller))
        .await
        .map(Json)
}

/// `GET /simulate/orders`: numbers of the orders that wait for payment, oldest first.
pub(crate) async fn simulate_open(shared: State) -> Result<Json<Vec<String>>, Refusal> {
    let orders = blocking(&shared, |shared| shared.ledger.orders()).await?;
    let open = orders.into_iter().filter(|order| order.state == "not_paid");
    Ok(Json(open.map(|order| order.order).collect()))
}

impl Order {
    /// What the provider is asked about.
    fn bill(&self) -> Bill<'_> {
        Bill {
            number: &self.order,
            amount_fen: self.amount_fen,
        }
    }

    /// With the seconds that its code has left.
    fn at_now(self) -> Self {
        let ends = self
            .expires_at
            .as_ref()
            .and_then(|at| at.parse::<jiff::Timestamp>().ok());
        let left = ends.map(|ends| ends.duration_since(jiff::Timestamp::now()).as_secs().max(0));
        Self {
            expires_in_s: left.filter(|_| self.state == "not_paid"),
            ..self
        }
    }
}

impl Shared {
    pub(crate) fn order(&self, id: &str) -> Result<Order, Refusal> {
        let order = self.ledger.order(id)?;
        Ok(order.ok_or_else(|| Refusal::not_found("order_unknown"))?.at_now())
    }

    /// The sitter's phone pays, and the provider tells of it as often as it was told to.
    pub(crate) fn phone_pays(&self, id: &str, by: &Caller) -> Result<Order, Refusal> {
        let order = self.order(id)?;
        let told = match order.state.as_str() {
            "closed" => None,
            _ => self.provider.phone_pays(id),
        };
        let told = told.ok_or_else(|| Refusal::conflict("order_closed", "the order was closed"))?;
        for _ in 0..told {
            self.ledger.pay_order(id, by)?;
        }
        self.order(id)
    }
}
