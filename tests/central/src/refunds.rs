//! Refunds: one for each order, whole, under the station's own number.

use crate::caller::Caller;
use crate::extract::Body;
use crate::provider::{Provider as _, Repaid};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::{Extension, Json};
use domain::payment::Channel;
use serde::{Deserialize, Serialize};

/// A new refund.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// 6 to 64 letters, digits, `_` or `-`: what payment providers take as a refund's number.
    refund: String,
    /// The order whose money goes back.
    order: String,
    /// The whole amount of the order.
    amount_fen: u32,
}

/// A refund as the API gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Number the station gave it.
    pub refund: String,
    /// Order whose money goes back.
    pub order: String,
    /// Amount in fen.
    pub amount_fen: u32,
    /// `unknown` while it is on its way, `done`, or `refused`.
    pub state: String,
    /// When it was written down here, RFC 3339.
    pub created_at: String,
}

/// `POST /v1/refunds`: the same refund again asks the provider again under the same number and says how it stands.
pub(crate) async fn create(
    shared: State,
    Extension(caller): Extension<Caller>,
    Body(request): Body<Request>,
) -> Result<Json<Refund>, Refusal> {
    blocking(&shared, move |shared| create_now(shared, request, &caller))
        .await
        .map(Json)
}

fn create_now(shared: &Shared, request: Request, by: &Caller) -> Result<Refund, Refusal> {
    let letters = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(6..=64).contains(&request.refund.len()) || !request.refund.bytes().all(letters) {
        return Err(Refusal::unreadable(
            "refund_number",
            "a refund number has 6 to 64 letters, digits, _ or -",
        ));
    }
    // Written down before the provider is asked: after a crash it is asked again under the same number.
    let refund = shared.ledger.begin_refund(
        &Refund {
            refund: request.refund,
            order: request.order,
            amount_fen: request.amount_fen,
            state: "unknown".to_owned(),
            created_at: jiff::Timestamp::now().to_string(),
        },
        by,
    )?;
    if refund.state != "unknown" {
        return Ok(refund);
    }
    let channel = shared.order(&refund.order)?.channel;
    let repaid = if channel == Channel::Voucher {
        Repaid::Done
    } else {
        shared.provider.through(channel).refund(&refund)?
    };
    match repaid {
        Repaid::OnItsWay => Ok(refund),
        Repaid::Done => shared.ledger.end_refund(&refund.refund, "done", by),
        Repaid::Refused => shared.ledger.end_refund(&refund.refund, "refused", by),
    }
}
