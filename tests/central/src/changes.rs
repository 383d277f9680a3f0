//! What the server tells its stations, one change after the other.

use crate::caller::Caller;
use crate::extract::{Asked, Body};
use crate::ledger::{Changes, Message};
use crate::refusal::Refusal;
use crate::shared::{State, blocking};
use axum::{Extension, Json};
use serde::Deserialize;
use uuid::Uuid;

/// Bytes of one answer, well below the 4 MiB that stations read at most.
const MOST_BYTES: usize = 3 << 20;
/// Longest message, in characters.
const MOST_TEXT: usize = 500;

/// Where a station goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pull {
    /// The last cursor that the station has; 0 for all.
    #[serde(default)]
    after: u64,
}

impl Pull {
    /// A cursor that no list ever reaches is its end.
    pub(crate) fn after(&self) -> i64 {
        i64::try_from(self.after).unwrap_or(i64::MAX)
    }
}

/// `GET /v1/changes?after=CURSOR`
pub(crate) async fn pull(shared: State, Asked(pull): Asked<Pull>) -> Result<Json<Changes>, Refusal> {
    blocking(&shared, move |shared| {
        shared.ledger.changes(pull.after(), MOST_BYTES)
    })
    .await
    .map(Json)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    text: String,
    urgent: bool,
}

/// `POST /v1/messages`
pub(crate) async fn message(
    shared: State,
    Extension(caller): Extension<Caller>,
    Body(NewMessage { text, urgent }): Body<NewMessage>,
) -> Result<Json<Message>, Refusal> {
    if !(1..=MOST_TEXT).contains(&text.chars().count()) {
        let message = format!("a message has 1 to {MOST_TEXT} characters");
        return Err(Refusal::unreadable("text", message));
    }
    blocking(&shared, move |shared| {
        let message = Message {
            id: Uuid::now_v7().to_string(),
            urgent,
            text,
            at: jiff::Timestamp::now().to_string(),
        };
        shared.ledger.tell_message(&message, &caller)?;
        Ok(Json(message))
    })
    .await
}
