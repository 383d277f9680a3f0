//! `GET /v1/health`: the signed word that this is the server, and its time.

use crate::refusal::Refusal;
use crate::shared::State;
use axum::Json;
use axum::extract::Query;
use packet::HealthProof;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    nonce: String,
}

pub(crate) async fn health(
    shared: State,
    Query(question): Query<Question>,
) -> Result<Json<HealthProof>, Refusal> {
    if !(8..=64).contains(&question.nonce.len()) || !question.nonce.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Err(Refusal::bad("nonce", "a nonce has 8 to 64 letters and digits"));
    }
    let now = jiff::Timestamp::now();
    Ok(Json(HealthProof::sign(
        env!("CARGO_PKG_VERSION"),
        now,
        &question.nonce,
        &shared.keys.signing,
    )))
}
