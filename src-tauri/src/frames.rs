//! What the windows ask for over the `frame` scheme: their views, the live picture, stills, crops, photos.
//!
//! The window pulls one JPEG at a time and draws it, so a slow window sees fewer frames and never late
//! ones. A live answer begins with a little-endian header of 16 bytes: u32 number, u16 width,
//! u16 height, f64 milliseconds on the camera's clock.

use crate::label::may_fetch;
use crate::shell::Shell;
use crate::views::{Newest, Views};
use domain::session::SampleId;
use station::Shown;
use std::borrow::Cow;
use std::time::Duration;
use tauri::http::{Request, Response, StatusCode};

/// How long a live picture or a view is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers one request of the window of this label.
pub(crate) fn answer(
    shell: &Shell,
    views: &Views,
    caller: &str,
    request: &Request<Vec<u8>>,
) -> Response<Cow<'static, [u8]>> {
    let path = request.uri().path().trim_start_matches('/');
    if !may_fetch(caller, path) {
        return respond(StatusCode::FORBIDDEN, "text/plain", vec![]);
    }
    let after = after(request.uri().query().unwrap_or_default());
    match path.split_once('/') {
        None if path == "live" => live(shell, after),
        None if path == "view" => view(&views.operator, after),
        None if path == "sitter-view" => view(&views.sitter, after),
        Some(("old", packet)) => shell.old_photo(packet).map_or_else(
            || respond(StatusCode::NOT_FOUND, "text/plain", vec![]),
            |jpeg| respond(StatusCode::OK, "image/jpeg", jpeg.to_vec()),
        ),
        Some((kind, id)) => {
            let shown = match kind {
                "sample" => Some(Shown::Sample),
                "crop" => Some(Shown::Crop),
                "photo" => Some(Shown::Photo),
                _ => None,
            };
            let picture = shown
                .zip(id.parse().ok())
                .and_then(|(shown, id)| shell.picture(shown, SampleId(id)));
            picture.map_or_else(
                || respond(StatusCode::NOT_FOUND, "text/plain", vec![]),
                |jpeg| respond(StatusCode::OK, "image/jpeg", jpeg.to_vec()),
            )
        }
        None => respond(StatusCode::NOT_FOUND, "text/plain", vec![]),
    }
}

fn after(query: &str) -> u64 {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("after=")?.parse().ok())
        .unwrap_or(0)
}

fn view(newest: &Newest, after: u64) -> Response<Cow<'static, [u8]>> {
    newest.after(after, PATIENCE).map_or_else(
        || respond(StatusCode::NO_CONTENT, "application/json", vec![]),
        |json| respond(StatusCode::OK, "application/json", json.to_vec()),
    )
}

fn live(shell: &Shell, after: u64) -> Response<Cow<'static, [u8]>> {
    let Some(preview) = shell.preview(after, PATIENCE) else {
        return respond(StatusCode::NO_CONTENT, "application/octet-stream", vec![]);
    };
    let mut body = Vec::with_capacity(16 + preview.jpeg.len());
    body.extend_from_slice(&(preview.seq as u32).to_le_bytes());
    body.extend_from_slice(&(preview.width as u16).to_le_bytes());
    body.extend_from_slice(&(preview.height as u16).to_le_bytes());
    body.extend_from_slice(&(preview.at.as_secs_f64() * 1_000.0).to_le_bytes());
    body.extend_from_slice(&preview.jpeg);
    respond(StatusCode::OK, "application/octet-stream", body)
}

fn respond(status: StatusCode, kind: &str, body: Vec<u8>) -> Response<Cow<'static, [u8]>> {
    let mut response = Response::new(Cow::Owned(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    // The window's own page is another origin than this scheme.
    headers.insert(
        "Access-Control-Allow-Origin",
        tauri::http::HeaderValue::from_static("*"),
    );
    headers.insert("Cache-Control", tauri::http::HeaderValue::from_static("no-store"));
    if let Ok(kind) = tauri::http::HeaderValue::from_str(kind) {
        headers.insert("Content-Type", kind);
    }
    response
}
