//! The tus 1.0 endpoint: core, creation, checksum, expiration and termination.

use crate::caller::Caller;
use crate::checksum::{ALGORITHMS, Checksum};
use crate::extract::Named;
use crate::fault::Mischief;
use crate::refusal::Refusal;
use crate::shared::{State, blocking};
use crate::upload::{Upload, UploadState};
use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use uuid::Uuid;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: &str = "1.0.0";
/// Bytes of a refused chunk that are read before the answer.
const MOST_DRAINED: usize = 32 << 20;
/// Bytes that are collected before they are written.
const PIECE: usize = 1 << 20;
const EXTENSIONS: &str = "creation,checksum,expiration,termination";

/// `OPTIONS /files`
pub(crate) async fn options(shared: State) -> Response {
    let max = shared.limits.largest_upload.to_string();
    let headers = [
        ("tus-version", VERSION),
        ("tus-extension", EXTENSIONS),
        ("tus-max-size", max.as_str()),
        ("tus-checksum-algorithm", ALGORITHMS),
    ];
    resumable((StatusCode::NO_CONTENT, headers).into_response())
}

/// `POST /files`
pub(crate) async fn create(
    shared: State,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    answer(create_now(shared, caller, headers).await)
}

async fn create_now(shared: State, caller: Caller, headers: HeaderMap) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let length = number(&headers, "upload-length")?;
    let most = shared.limits.largest_upload;
    if length > most {
        let message = format!("at most {most} bytes");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message));
    }
    let metadata = metadata(&headers)?;
    let upload = blocking(&shared, move |shared| {
        shared.create_upload(length, &metadata, &caller)
    })
    .await?;
    let mut response = (
        StatusCode::CREATED,
        [(header::LOCATION, format!("/files/{}", upload.id))],
    )
        .into_response();
    set_expires(&mut response, &upload);
    Ok(response)
}

/// `HEAD /files/{id}`
pub(crate) async fn head(
    shared: State,
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    answer(head_now(shared, id, caller, headers).await)
}

async fn head_now(shared: State, id: Uuid, caller: Caller, headers: HeaderMap) -> Result<Response, Refusal> {
    check_version(&headers)?;
    // While another request still writes, no offset is true for long.
    let _turn = shared.busy.enter(id)?;
    let upload = blocking(&shared, move |shared| shared.upload(id, &caller)).await?;
    let numbers = [("upload-offset", upload.offset), ("upload-length", upload.length)];
    let numbers = numbers.map(|(name, n)| (HeaderName::from_static(name), HeaderValue::from(n)));
    let mut response = ([(header::CACHE_CONTROL, "no-store")], ()).into_response();
    response.headers_mut().extend(numbers);
    if let (false, Ok(metadata)) = (
        upload.metadata.is_empty(),
        HeaderValue::from_str(&upload.metadata),
    ) {
        response.headers_mut().insert("upload-metadata", metadata);
    }
    set_expires(&mut response, &upload);
    Ok(response)
}

/// `PATCH /files/{id}`
pub(crate) async fn patch(
    shared: State,
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    mischief: Option<Extension<Mischief>>,
    headers: HeaderMap,
    mut body: Body,
) -> Response {
    let mischief = mischief.map(|Extension(mischief)| mischief);
    let outcome = patch_now(shared, (id, caller), mischief, headers, &mut body).await;
    if outcome.is_err() {
        drain(&mut body).await;
    }
    answer(outcome)
}

/// Reads a refused chunk to its end: a connection that is closed on unread bytes takes the answer with it.
async fn drain(body: &mut Body) {
    let mut left = MOST_DRAINED;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(0, bytes::Bytes::len));
        if left == 0 {
            return;
        }
    }
}

async fn patch_now(
    shared: State,
    (id, caller): (Uuid, Caller),
    mischief: Option<Mischief>,
    headers: HeaderMap,
    body: &mut Body,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    if headers
        .get(header::CONTENT_TYPE)
        .is_none_or(|t| t != "application/offset+octet-stream")
    {
        let message = "bytes come as application/offset+octet-stream";
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            message,
        ));
    }
    let checksum = Checksum::from_headers(&headers)?.filter(|_| mischief != Some(Mischief::NoChecksum));
    let offset = number(&headers, "upload-offset")?;
    let _turn = shared.busy.enter(id)?;
    let upload = blocking(&shared, move |shared| shared.upload(id, &caller)).await?;
    if offset != upload.offset {
        return Err(Refusal::conflict(
            "offset",
            format!("the next byte is number {}", upload.offset),
        ));
    }
    let offset = if upload.offset == upload.length {
        upload.length
    } else {
        receive(&shared, &upload, checksum, mischief, body).await?
    };
    let mut response = (StatusCode::NO_CONTENT, [("upload-offset", offset.to_string())]).into_response();
    set_expires(&mut response, &upload);
    Ok(response)
}

/// Writes the body behind the confirmed bytes and confirms what is durable. When the line breaks, the
/// bytes that came are kept, unless a checksum was promised, which they cannot pass.
async fn receive(
    shared: &State,
    upload: &Upload,
    mut checksum: Option<Checksum>,
    mischief: Option<Mischief>,
    body: &mut Body,
) -> Result<u64, Refusal> {
    let mut written = upload.offset;
    let mut piece = BytesMut::new();
    let mut broken = None;
    // Also without a byte: what lies behind the confirmed ones goes.
    store(shared, upload.id, written, Bytes::new()).await?;
    while let Some(frame) = body.frame().await {
        let bytes = match frame.map(http_body::Frame::into_data) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_trailers)) => continue,
            Err(error) => {
                broken = Some(error);
                break;
            }
        };
        if written + (piece.len() + bytes.len()) as u64 > upload.length {
            let message = "more bytes than announced";
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message));
        }
        if let Some(checksum) = &mut checksum {
            checksum.update(&bytes);
        }
        if mischief == Some(Mischief::Corrupt) {
            piece.extend(bytes.iter().map(|b| b ^ 0x55));
        } else {
            piece.extend_from_slice(&bytes);
        }
        if piece.len() >= PIECE {
            let full = piece.split().freeze();
            let length = full.len() as u64;
            store(shared, upload.id, written, full).await?;
            written += length;
        }
    }
    if let (Some(_), Some(error)) = (&checksum, &broken) {
        return Err(Refusal::bad("line_broke", error.to_string()));
    }
    if let Some(checksum) = checksum {
        checksum.check()?;
    }
    let (id, at, last) = (upload.id, written, piece.freeze());
    written += last.len() as u64;
    blocking(shared, move |shared| {
        shared.blobs.append(id, at, &last)?;
        shared.blobs.settle(id)?;
        shared.confirm_upload(id, written)
    })
    .await?;
    match broken {
        Some(error) => Err(Refusal::bad("line_broke", error.to_string())),
        None => Ok(written),
    }
}

async fn store(shared: &State, id: Uuid, at: u64, bytes: Bytes) -> Result<(), Refusal> {
    blocking(shared, move |shared| Ok(shared.blobs.append(id, at, &bytes)?)).await
}

/// `DELETE /files/{id}`
pub(crate) async fn terminate(
    shared: State,
    Named(id): Named<Uuid>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    answer(terminate_now(shared, id, caller, headers).await)
}

async fn terminate_now(
    shared: State,
    id: Uuid,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let _turn = shared.busy.enter(id)?;
    blocking(&shared, move |shared| {
        let upload = shared.upload(id, &caller)?;
        if upload.state == UploadState::Open {
            shared.drop_upload(id)?;
        }
        Ok(())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn answer(result: Result<Response, Refusal>) -> Response {
    resumable(result.unwrap_or_else(IntoResponse::into_response))
}

fn resumable(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(RESUMABLE, HeaderValue::from_static(VERSION));
    if response.status() == StatusCode::PRECONDITION_FAILED {
        response
            .headers_mut()
            .insert("tus-version", HeaderValue::from_static(VERSION));
    }
    response
}

fn set_expires(response: &mut Response, upload: &Upload) {
    let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&upload.expires_at);
    if let Some(value) = text.ok().and_then(|t| HeaderValue::from_str(&t).ok()) {
        response.headers_mut().insert("upload-expires", value);
    }
}

fn check_version(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.get(RESUMABLE).is_some_and(|v| v == VERSION) {
        Ok(())
    } else {
        Err(Refusal::new(
            StatusCode::PRECONDITION_FAILED,
            "tus_version",
            "only tus 1.0.0 is spoken here",
        ))
    }
}

fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Refusal> {
    let text = headers.get(name).and_then(|v| v.to_str().ok());
    text.filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|t| t.parse().ok())
        .filter(|n| i64::try_from(*n).is_ok())
        .ok_or_else(|| Refusal::bad("header", format!("{name} is missing or not a number")))
}

/// `key base64, key base64`, each key once, of letters, digits, `_`, `-` and `.`; kept as it came.
fn metadata(headers: &HeaderMap) -> Result<String, Refusal> {
    let Some(value) = headers.get("upload-metadata").filter(|value| !value.is_empty()) else {
        return Ok(String::new());
    };
    let bad = || Refusal::bad("metadata", "Upload-Metadata is not pairs of key and base64");
    let text = value.to_str().map_err(|_| bad())?;
    let mut keys: Vec<&str> = Vec::new();
    for pair in text.split(',').map(str::trim) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let plain = key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        if key.is_empty() || !plain || keys.contains(&key) || text.len() > 4096 {
            return Err(bad());
        }
        base64::engine::general_purpose::STANDARD
            .decode(value)
            .map_err(|_| bad())?;
        keys.push(key);
    }
    Ok(text.to_owned())
}
