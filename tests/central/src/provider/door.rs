//! The doors by which a test moves the simulated provider.

use super::simulated::{Notify, ProviderMood};
use crate::extract::Body;
use crate::shared::State;
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoodChange {
    mood: ProviderMood,
    /// Answers to give first, in the provider's own words.
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    notify: Notify,
}

/// `POST /simulate/provider`
pub(crate) async fn set_mood(shared: State, Body(change): Body<MoodChange>) -> StatusCode {
    shared.provider.set(change.mood);
    shared.provider.script(change.answers);
    shared.provider.set_notify(change.notify);
    StatusCode::NO_CONTENT
}
