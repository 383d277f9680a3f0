//! Faults on demand: what a bad line, a captive portal or a failing server does to a station.

use crate::refusal::Refusal;
use crate::shared::State;
use crate::wire::Scissors;
use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Which requests a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Every request but those of the simulator's own doors.
    Any,
    /// Everything under `/files`.
    Files,
    /// Bytes of an upload.
    Patch,
    /// Commits.
    Commit,
    /// Orders.
    Orders,
    /// Pulling verdicts.
    Verdicts,
    /// Sessions and rosters.
    Sessions,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// The connection breaks after so many bytes of the request's body.
    Cut {
        /// Bytes that still arrive.
        after: u64,
    },
    /// The request is carried out, then the connection breaks before the answer.
    CutAnswer,
    /// Only a status comes back.
    Status {
        /// The status, e.g. 500.
        code: u16,
    },
    /// A captive portal's page comes back with 200.
    Nonsense,
    /// JSON of another shape comes back with 200.
    OtherJson,
    /// The answer comes late.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// A commit is carried out but signed with a key that nobody knows.
    WrongSignature,
    /// Bytes of an upload are stored altered, as a server without checksums may do unnoticed.
    Corrupt,
}

/// One fault: it strikes matching requests until it is used up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which requests.
    pub target: Target,
    /// How many of them.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

/// The faults that still wait for their request.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn take(&self, method: &Method, path: &str) -> Option<FaultKind> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = faults
            .iter_mut()
            .find(|f| f.times > 0 && f.target.is_hit(method, path))?;
        fault.times -= 1;
        Some(fault.kind.clone())
    }
}

impl Target {
    fn is_hit(self, method: &Method, path: &str) -> bool {
        match self {
            Self::Any => !path.starts_with("/simulate"),
            Self::Files => path.starts_with("/files"),
            Self::Patch => path.starts_with("/files") && method == Method::PATCH,
            Self::Commit => path.ends_with("/commit"),
            Self::Orders => path.starts_with("/v1/orders"),
            Self::Verdicts => path == "/v1/verdicts",
            Self::Sessions => path.starts_with("/v1/sessions"),
        }
    }
}

/// Marks a request whose handler must do the wrong thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mischief {
    WrongSignature,
    Corrupt,
}

/// Lets a waiting fault strike the request.
pub(crate) async fn strike(
    shared: State,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(fault) = shared.faults.take(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    tracing::info!(?fault, path = request.uri().path(), "fault strikes");
    match fault {
        FaultKind::Cut { after } => {
            let response = next
                .run(request.map(|body| Body::new(CutBody { body, left: after })))
                .await;
            scissors.cut();
            response
        }
        FaultKind::CutAnswer => {
            let response = next.run(request).await;
            scissors.cut();
            response
        }
        FaultKind::Status { code } => {
            heard(request).await;
            StatusCode::from_u16(code)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response()
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
        FaultKind::WrongSignature => {
            request.extensions_mut().insert(Mischief::WrongSignature);
            next.run(request).await
        }
        FaultKind::Corrupt => {
            request.extensions_mut().insert(Mischief::Corrupt);
            next.run(request).await
        }
    }
}

/// Reads the request to its end: an answer that overtakes the body closes the connection under it, and on a
/// busy machine the station sees the broken line instead of the answer.
async fn heard(request: Request) {
    let mut body = request.into_body();
    while let Some(Ok(_)) = body.frame().await {}
}

/// A body that breaks off after so many bytes.
struct CutBody {
    body: Body,
    left: u64,
}

impl http_body::Body for CutBody {
    type Data = bytes::Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(Some(Err("the line broke".into())));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        Poll::Ready(frame.map(|frame| {
            let frame = frame?.map_data(|bytes| {
                let kept = bytes.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
                self.left -= kept as u64;
                bytes.slice(..kept)
            });
            Ok(frame)
        }))
    }
}

/// `POST /simulate/fault`
pub(crate) async fn add(shared: State, Json(fault): Json<Fault>) -> StatusCode {
    shared.faults.add(fault);
    StatusCode::NO_CONTENT
}

/// `DELETE /simulate/fault`
pub(crate) async fn clear(shared: State) -> Result<StatusCode, Refusal> {
    shared.faults.clear();
    Ok(StatusCode::NO_CONTENT)
}
