//! The messages of the server's API document that the station reads and writes.

use domain::payment::{Channel, OrderState, RefundState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /v1/orders`
#[derive(Serialize)]
pub(crate) struct NewOrder<'a> {
    pub(crate) order: &'a str,
    pub(crate) enrolment: &'a str,
    pub(crate) amount_fen: u32,
    pub(crate) channel: Channel,
    pub(crate) voucher: Option<&'a str>,
}

/// `POST /v1/orders/{id}/close`: enough to write down as closed what never came.
#[derive(Serialize)]
pub(crate) struct Closing<'a> {
    pub(crate) enrolment: &'a str,
    pub(crate) amount_fen: u32,
}

/// `POST /v1/refunds`
#[derive(Serialize)]
pub(crate) struct NewRefund<'a> {
    pub(crate) refund: &'a str,
    pub(crate) order: &'a str,
    pub(crate) amount_fen: u32,
}

/// A refund as the server knows it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundAnswer {
    pub(crate) refund: String,
    pub(crate) order: String,
    pub(crate) amount_fen: u32,
    pub(crate) state: RefundState,
    #[serde(rename = "created_at")]
    pub(crate) _created_at: Timestamp,
}

/// An order as the server knows it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderAnswer {
    pub(crate) order: String,
    pub(crate) enrolment: String,
    pub(crate) amount_fen: u32,
    #[serde(rename = "channel")]
    pub(crate) _channel: Channel,
    pub(crate) state: OrderState,
    pub(crate) code_url: Option<String>,
    pub(crate) expires_in_s: Option<u32>,
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

/// `POST /v1/packets/{id}/withdraw`
#[derive(Serialize)]
pub(crate) struct Withdraw<'a> {
    pub(crate) reason: &'a str,
}

/// The answer to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdrawn {
    pub(crate) packet: String,
    pub(crate) state: String,
}

/// `POST /v1/eligibility`
#[derive(Serialize)]
pub(crate) struct AskEligibility<'a> {
    pub(crate) session: &'a str,
    pub(crate) name: &'a str,
    pub(crate) document_number: &'a str,
}

/// The answer to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EligibilityAnswer {
    pub(crate) state: EligibilityWord,
    pub(crate) reason: Option<String>,
}

/// What the server says of somebody.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EligibilityWord {
    Eligible,
    NotEligible,
    Unknown,
    CapturedElsewhere,
}

/// `POST /v1/join`
#[derive(Serialize)]
pub(crate) struct Join<'a> {
    pub(crate) code: &'a str,
    pub(crate) verifying_key: &'a str,
    pub(crate) name: &'a str,
}
