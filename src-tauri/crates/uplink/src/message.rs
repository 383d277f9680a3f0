//! The messages of the server's API document that the station reads and writes.

use domain::moment::Moment;
use domain::payment::OrderState;
use domain::queue::{ReviewState, ReviewVerdict};
use domain::setup::SessionSetup;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `GET /v1/sessions`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sessions {
    pub(crate) sessions: Vec<SessionSetup>,
}

/// `GET /v1/sessions/{id}/roster`; each entry is read on its own, so that a bad one does not cost the rest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roster {
    pub(crate) session: String,
    #[serde(rename = "version")]
    pub(crate) _version: String,
    pub(crate) entries: Vec<serde_json::Value>,
}

/// `POST /v1/orders`
#[derive(Serialize)]
pub(crate) struct NewOrder<'a> {
    pub(crate) order: &'a str,
    pub(crate) enrolment: &'a str,
    pub(crate) amount_fen: u32,
}

/// An order as the server knows it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderAnswer {
    pub(crate) order: String,
    pub(crate) enrolment: String,
    pub(crate) amount_fen: u32,
    pub(crate) state: OrderState,
    pub(crate) code_url: Option<String>,
    #[serde(rename = "created_at")]
    pub(crate) _created_at: Timestamp,
    #[serde(rename = "paid_at")]
    pub(crate) _paid_at: Option<Timestamp>,
}

/// `POST /v1/packets/{id}/commit`
#[derive(Serialize)]
pub(crate) struct Commit<'a> {
    pub(crate) upload: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) size: u64,
}

/// `GET /v1/verdicts`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verdicts {
    pub(crate) verdicts: Vec<Verdict>,
    #[serde(rename = "cursor")]
    pub(crate) _cursor: i64,
}

/// One verdict.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verdict {
    pub(crate) cursor: i64,
    packet: String,
    state: ReviewState,
    reasons: Vec<String>,
    text: String,
    at: Timestamp,
}

impl From<Verdict> for ReviewVerdict {
    fn from(verdict: Verdict) -> Self {
        Self {
            cursor: verdict.cursor,
            packet: verdict.packet,
            state: verdict.state,
            reasons: verdict.reasons,
            text: verdict.text,
            at: Moment(verdict.at.as_millisecond()),
        }
    }
}
