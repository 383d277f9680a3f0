//! How a fault strikes.

use super::bodies::{Blanks, Cut, Slow};
use super::{FaultKind, Mischief};
use crate::shared::{State, blocking};
use crate::wire::Line;
use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http_body_util::BodyExt;
use std::time::Duration;
use uuid::Uuid;

const UPLOAD_OFFSET: &str = "upload-offset";

/// Lets a waiting fault strike the request.
pub(crate) async fn strike(
    shared: State,
    ConnectInfo(line): ConnectInfo<Line>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(fault) = shared.faults.take(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    tracing::info!(?fault, path = request.uri().path(), "fault strikes");
    match fault {
        FaultKind::Cut { after } => {
            let body = |body| Body::new(Cut { body, left: after });
            let response = next.run(request.map(body)).await;
            line.scissors.cut();
            response
        }
        FaultKind::CutAnswer => {
            let response = next.run(request).await;
            line.scissors.cut();
            response
        }
        FaultKind::CutHeaders => {
            line.scissors.cut();
            StatusCode::NO_CONTENT.into_response()
        }
        FaultKind::Truncated { after } => {
            whole(next.run(request).await, |body| {
                Body::new(Cut { body, left: after })
            })
            .await
        }
        FaultKind::Slow { bytes_per_s } => {
            whole(next.run(request).await, |body| {
                Body::new(Slow::new(body, bytes_per_s))
            })
            .await
        }
        FaultKind::Status { code } => {
            heard(request).await;
            status(code).into_response()
        }
        FaultKind::Refusal {
            status: number,
            code,
            retry_after_s,
        } => {
            heard(request).await;
            let body = serde_json::json!({ "code": code, "message": "a fault on demand" });
            let mut response = (status(number), Json(body)).into_response();
            if let Some(seconds) = retry_after_s {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        FaultKind::Redirect { code, to } => {
            heard(request).await;
            (status(code), [(header::LOCATION, to)]).into_response()
        }
        FaultKind::Oversize { bytes } => {
            heard(request).await;
            let json = [(header::CONTENT_TYPE, "application/json")];
            (json, Body::new(Blanks { left: bytes })).into_response()
        }
        FaultKind::Nonsense => {
            heard(request).await;
            let page = "<!doctype html><title>Wi-Fi</title><p>欢迎使用校园网，请先登录。";
            Html(page).into_response()
        }
        FaultKind::OtherJson => {
            heard(request).await;
            ([(header::CONTENT_TYPE, "application/json")], "{\"ok\":true}").into_response()
        }
        FaultKind::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            next.run(request).await
        }
        FaultKind::LyingOffset { by } => lied(next.run(request).await, by),
        FaultKind::Expired => {
            if let Some(id) = upload_of(&request) {
                let dropped = blocking(&shared, move |shared| shared.drop_upload(id));
                if let Err(refusal) = dropped.await {
                    return refusal.into_response();
                }
            }
            next.run(request).await
        }
        FaultKind::LostUpload => {
            let upload = upload_of(&request);
            request.extensions_mut().insert(Mischief::LostUpload);
            let response = next.run(request).await;
            if let Some(id) = upload {
                let lost = blocking(&shared, move |shared| Ok(shared.blobs.remove(id)?));
                if let Err(refusal) = lost.await {
                    return refusal.into_response();
                }
            }
            response
        }
        FaultKind::WrongSignature => mischief(Mischief::WrongSignature, request, next).await,
        FaultKind::Corrupt => mischief(Mischief::Corrupt, request, next).await,
        FaultKind::AcceptWrongChecksum => mischief(Mischief::NoChecksum, request, next).await,
    }
}

async fn mischief(mischief: Mischief, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(mischief);
    next.run(request).await
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The upload that a request under `/files` is about.
fn upload_of(request: &Request) -> Option<Uuid> {
    request.uri().path().strip_prefix("/files/")?.parse().ok()
}

/// Reads the request to its end: an answer that overtakes the body closes the connection under it, and on a
/// busy machine the station sees the broken line instead of the answer.
async fn heard(request: Request) {
    let mut body = request.into_body();
    while let Some(Ok(_)) = body.frame().await {}
}

/// Gives the answer another body, whose length the headers promise as it was.
async fn whole(response: Response, change: impl FnOnce(Body) -> Body) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let length = HeaderValue::from(bytes.len() as u64);
    head.headers.insert(header::CONTENT_LENGTH, length);
    Response::from_parts(head, change(Body::from(bytes)))
}

fn lied(mut response: Response, by: i64) -> Response {
    let told = response
        .headers()
        .get(UPLOAD_OFFSET)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if let Some(told) = told {
        let lie = HeaderValue::from(told.saturating_add_signed(by));
        response.headers_mut().insert(UPLOAD_OFFSET, lie);
    }
    response
}
