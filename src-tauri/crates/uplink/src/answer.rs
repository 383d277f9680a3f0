//! Judging an answer before a word of it is believed.

use crate::fault::Fault;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Largest refusal that is read, in bytes.
const MAX_REFUSAL: usize = 64 << 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    code: String,
    message: String,
}

/// The content of a good answer of at most `limit` bytes; a fault for everything else. A page where a
/// message belongs, whatever its status, is nonsense: a captive portal answers 200, 302, 403 or 511.
pub(crate) async fn read<T: DeserializeOwned>(response: Response, limit: usize) -> Result<T, Fault> {
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    if !is_json(response.headers()) {
        return Err(Fault::Nonsense("a page where a message belongs".to_owned()));
    }
    let bytes = body(response, limit).await?;
    serde_json::from_slice(&bytes).map_err(|e| {
        Fault::Nonsense(format!(
            "not the message expected (line {}, column {})",
            e.line(),
            e.column()
        ))
    })
}

/// The fault that an unsuccessful answer stands for.
pub(crate) async fn refusal(response: Response) -> Fault {
    let status = response.status();
    let transient = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::LOCKED
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::PROXY_AUTHENTICATION_REQUIRED
    );
    if status.is_server_error() || transient {
        return Fault::Trouble {
            status: status.as_u16(),
            wait: wait(response.headers()),
        };
    }
    if !status.is_client_error() || !is_json(response.headers()) {
        return Fault::Nonsense(format!("status {} without the server's words", status.as_u16()));
    }
    let bytes = match body(response, MAX_REFUSAL).await {
        Ok(bytes) => bytes,
        Err(fault) => return fault,
    };
    match serde_json::from_slice::<Refusal>(&bytes) {
        Ok(Refusal { code, message }) => Fault::Refused {
            status: status.as_u16(),
            code,
            message,
        },
        Err(_) => Fault::Nonsense(format!("status {} in another server's words", status.as_u16())),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// `Retry-After` in seconds, at most an hour; a date there is left to the station's own patience.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}

async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > limit {
            return Err(Fault::Nonsense(format!("more than {limit} bytes")));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
