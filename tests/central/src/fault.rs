//! Faults on demand: what a bad line, a captive portal or a failing server does to a station.

mod bodies;
mod strike;

use crate::extract::Body;
use crate::refusal::Refusal;
use crate::shared::State;
use axum::http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

pub(crate) use strike::strike;

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
    /// The signed word that the server is there.
    Health,
    /// What changed.
    Changes,
    /// A station that asks to be let in.
    Join,
    /// Packets taken back.
    Withdraw,
    /// Photos of held packets.
    Photo,
    /// The beginning of an upload.
    Create,
    /// Where an upload goes on.
    Head,
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
    /// A commit or a question for health is carried out, but its answer signed with a key that nobody knows.
    WrongSignature,
    /// Bytes of an upload are stored altered, as a server without checksums may do unnoticed.
    Corrupt,
    /// Nothing is carried out, and the connection breaks before the first byte of the answer's headers.
    CutHeaders,
    /// The answer's headers promise the whole body, and the connection breaks after so many bytes of it.
    Truncated {
        /// Bytes that still arrive.
        after: u64,
    },
    /// The answer's body trickles.
    Slow {
        /// Bytes a second, at least 1.
        bytes_per_s: u64,
    },
    /// The answer leads elsewhere; nothing is carried out.
    Redirect {
        /// The status, e.g. 302 or 307.
        code: u16,
        /// Where to.
        to: String,
    },
    /// Success without end: so many bytes of blanks as JSON, nothing is carried out.
    Oversize {
        /// Bytes.
        bytes: u64,
    },
    /// The request is carried out, but `Upload-Offset` in the answer is wrong by so much.
    LyingOffset {
        /// Added to the true offset; never below 0.
        by: i64,
    },
    /// The upload is dropped as if its time were over, then the request is carried out.
    Expired,
    /// After the request (before it, for a commit) the upload's bytes are gone, although they were confirmed.
    LostUpload,
    /// The chunk's checksum is not looked at, as some servers do.
    AcceptWrongChecksum,
    /// A refusal in the server's own form; nothing is carried out.
    Refusal {
        /// The status, e.g. 409, 412, 460, 413, 401, 403, 429.
        status: u16,
        /// Its code, e.g. `station_revoked`.
        code: String,
        /// Seconds for `Retry-After`.
        #[serde(default)]
        retry_after_s: Option<u64>,
    },
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

    pub(crate) fn take(&self, method: &Method, path: &str) -> Option<FaultKind> {
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
            Self::Health => path == "/v1/health",
            Self::Changes => path == "/v1/changes",
            Self::Join => path == "/v1/join",
            Self::Withdraw => path.ends_with("/withdraw"),
            Self::Photo => path.ends_with("/photo"),
            Self::Create => path == "/files" && method == Method::POST,
            Self::Head => path.starts_with("/files") && method == Method::HEAD,
        }
    }
}

/// Marks a request whose handler must do the wrong thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mischief {
    WrongSignature,
    Corrupt,
    NoChecksum,
    LostUpload,
}

/// `POST /simulate/fault`
pub(crate) async fn add(shared: State, Body(fault): Body<Fault>) -> StatusCode {
    shared.faults.add(fault);
    StatusCode::NO_CONTENT
}

/// `DELETE /simulate/fault`
pub(crate) async fn clear(shared: State) -> Result<StatusCode, Refusal> {
    shared.faults.clear();
    Ok(StatusCode::NO_CONTENT)
}
