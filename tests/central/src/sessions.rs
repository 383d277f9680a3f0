//! Sessions, rosters and keys: what a station needs before it can work without the network.

use crate::extract::Named;
use crate::refusal::Refusal;
use crate::shared::State;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `GET /v1/keys`
pub(crate) async fn keys(shared: State) -> Json<serde_json::Value> {
    let verifying = shared.keys.signing.verifying_key();
    Json(json!({
        "recipient": shared.keys.opening.recipient().to_string(),
        "verifying_key": verifying.to_string(),
        "key_id": verifying.id(),
    }))
}

/// `GET /v1/sessions`
pub(crate) async fn list(shared: State) -> Json<serde_json::Value> {
    Json(json!({ "sessions": [shared.school.session] }))
}

/// `GET /v1/sessions/{id}`
pub(crate) async fn one(shared: State, Named(id): Named<String>) -> Result<Response, Refusal> {
    known(&shared, &id)?;
    Ok(Json(&shared.school.session).into_response())
}

/// `GET /v1/sessions/{id}/roster`: JSON, or the school's CSV when `Accept` asks for `text/csv`.
pub(crate) async fn roster(
    shared: State,
    Named(id): Named<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    known(&shared, &id)?;
    let version = shared.school.roster_version();
    let etag = format!("\"{version}\"");
    let text = |name| {
        headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    };
    if text(header::IF_NONE_MATCH) == etag {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    if text(header::ACCEPT).contains("text/csv") {
        let kind = "text/csv; charset=utf-8".to_owned();
        let csv = shared.school.roster_csv.clone();
        return Ok(([(header::ETAG, etag), (header::CONTENT_TYPE, kind)], csv).into_response());
    }
    let body = json!({ "session": id, "version": version, "entries": shared.school.roster });
    Ok(([(header::ETAG, etag)], Json(body)).into_response())
}

fn known(shared: &State, id: &str) -> Result<(), Refusal> {
    if shared.school.session.id == id {
        Ok(())
    } else {
        Err(Refusal::not_found("session_unknown"))
    }
}
