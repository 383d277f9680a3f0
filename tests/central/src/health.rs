//! `GET /v1/health`: the signed word that this is the server, and its time.

use crate::extract::Asked;
use crate::fault::Mischief;
use crate::refusal::Refusal;
use crate::shared::State;
use axum::{Extension, Json};
use packet::{HealthProof, ServerSigningKey};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    nonce: String,
}

pub(crate) async fn health(
    shared: State,
    mischief: Option<Extension<Mischief>>,
    Asked(question): Asked<Question>,
) -> Result<Json<HealthProof>, Refusal> {
    if !(8..=64).contains(&question.nonce.len()) || !question.nonce.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Err(Refusal::bad("nonce", "a nonce has 8 to 64 letters and digits"));
    }
    let now = jiff::Timestamp::now();
    let sign =
        |key: &ServerSigningKey| HealthProof::sign(env!("CARGO_PKG_VERSION"), now, &question.nonce, key);
    let mut proof = sign(&shared.keys.signing);
    if mischief.is_some_and(|Extension(m)| m == Mischief::WrongSignature) {
        proof.signature = sign(&ServerSigningKey::from_seed(&[13; 32])).signature;
    }
    Ok(Json(proof))
}
