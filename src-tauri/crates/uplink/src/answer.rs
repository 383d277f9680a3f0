//! Judging an answer before a word of it is believed.

use crate::fault::Fault;
use crate::text::is_identifier;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The kind of content that messages have.
pub(crate) const JSON: &str = "application/json";

/// Largest refusal that is read, in bytes.
const MAX_REFUSAL: usize = 64 << 10;

/// Most characters of a refusal's sentence that are kept for log and screen.
const MOST_WORDS: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    code: String,
    message: String,
}

/// The content of a good answer of at most `limit` bytes; a fault for everything else.
pub(crate) async fn read<T: DeserializeOwned>(response: Response, limit: usize) -> Result<T, Fault> {
    let bytes = read_bytes(response, JSON, limit).await?;
    serde_json::from_slice(&bytes).map_err(|e| {
        Fault::Nonsense(format!(
            "not the message expected (line {}, column {})",
            e.line(),
            e.column()
        ))
    })
}

/// The bytes of a good answer of this kind and at most `limit` bytes. A page where a message belongs, whatever its
/// status, is nonsense: a captive portal answers 200, 302, 403 or 511.
pub(crate) async fn read_bytes(response: Response, kind: &str, limit: usize) -> Result<Vec<u8>, Fault> {
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    if !is_kind(response.headers(), kind) {
        return Err(Fault::Nonsense(format!("not the {kind} that belongs here")));
    }
    body(response, limit).await
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
    if status == StatusCode::NOT_FOUND && !is_kind(response.headers(), JSON) {
        return Fault::NoSuchCall;
    }
    if !status.is_client_error() || !is_kind(response.headers(), JSON) {
        return Fault::Nonsense(format!("status {} without the server's words", status.as_u16()));
    }
    let bytes = match body(response, MAX_REFUSAL).await {
        Ok(bytes) => bytes,
        Err(fault) => return fault,
    };
    read_refusal(status.as_u16(), &bytes)
}

/// Reads a refusal in the server's words: `{"code","message"}`, of which at most 300 characters without control
/// characters are kept. Everything else is [`Fault::Nonsense`].
pub fn read_refusal(status: u16, bytes: &[u8]) -> Fault {
    match serde_json::from_slice::<Refusal>(bytes) {
        // The server saw the line break, and only the way there was broken.
        Ok(Refusal { code, .. }) if code == "line_broke" => {
            Fault::Unreachable("the line broke on the way there".to_owned())
        }
        Ok(Refusal { code, message }) if is_identifier(&code) => Fault::Refused {
            status,
            code,
            message: message
                .chars()
                .filter(|c| !c.is_control())
                .take(MOST_WORDS)
                .collect(),
        },
        _ => Fault::Nonsense(format!("status {status} in another server's words")),
    }
}

fn is_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
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
