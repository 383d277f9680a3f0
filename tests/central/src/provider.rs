//! The payment provider as this server needs it, behind one narrow trait.
//!
//! Every call may be repeated: an order by its number, a refund by its own. A provider's answer is a word about an order,
//! never the order itself: answers come late, twice, in the wrong order, or not at all.

pub(crate) mod alipay;
pub(crate) mod door;
pub(crate) mod simulated;
pub(crate) mod wechat;

use crate::refunds::Refund;
use crate::refusal::Refusal;
use axum::http::StatusCode;

/// What the sitter scans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    /// Text of the QR.
    pub(crate) text: String,
    /// Seconds for which it can be paid.
    pub(crate) lasts_s: i64,
}

/// What is asked about: the number, the whole amount, and whose order it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bill<'a> {
    /// The merchant's number of the order.
    pub(crate) number: &'a str,
    /// Whole fen.
    pub(crate) amount_fen: u32,
}

/// How an order stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trade {
    /// It can be paid.
    NotPaid,
    /// Paid; also when the money went back since: that is the refund's story.
    Paid,
    /// Nobody can pay it any more.
    Closed,
}

/// How a refund stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repaid {
    /// Taken in; ask again under the same number.
    OnItsWay,
    /// The money is back.
    Done,
    /// It cannot go back the way it came.
    Refused,
}

/// The provider gave no answer that says anything of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProviderFault {
    /// No answer.
    Silence,
    /// An error of its own, or one that says nothing of the order; the order may have been made or paid.
    Failure(String),
    /// Asked too often.
    Limited,
    /// It knows no order of this number.
    NoSuchOrder,
    /// What it says cannot be: another amount than that of the order.
    Contradiction,
}

/// One payment provider. A real one makes HTTP of each call; what its answers mean stays in [`wechat`] and [`alipay`].
pub(crate) trait Provider: Send + Sync {
    /// Makes the order, or gives the code of the one already made under this number.
    fn place(&self, bill: Bill<'_>) -> Result<Code, ProviderFault>;
    /// How an order stands.
    fn query(&self, bill: Bill<'_>) -> Result<Trade, ProviderFault>;
    /// Closes an order, also one that was never scanned; the answer says how it really stands.
    fn close(&self, bill: Bill<'_>) -> Result<Trade, ProviderFault>;
    /// Gives the money of an order back, once under the refund's number, or says how that stands.
    fn refund(&self, refund: &Refund) -> Result<Repaid, ProviderFault>;
}

impl From<ProviderFault> for Refusal {
    fn from(fault: ProviderFault) -> Self {
        match fault {
            ProviderFault::Silence => Self::new(
                StatusCode::GATEWAY_TIMEOUT,
                "provider_silent",
                "the payment provider does not answer",
            ),
            ProviderFault::Limited => Self::too_many("provider_limited", 5),
            ProviderFault::Failure(_) | ProviderFault::NoSuchOrder | ProviderFault::Contradiction => {
                Self::new(
                    StatusCode::BAD_GATEWAY,
                    "provider_failed",
                    "the payment provider answers an error",
                )
            }
        }
    }
}

/// An answer of a provider before anybody made sense of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Said {
    /// The code of the answer: `OK` or an error code (WeChat Pay), `10000` and others (Alipay).
    pub(crate) code: String,
    /// State of the trade or refund, where the answer carries one.
    pub(crate) status: String,
    /// Amount of the trade as the provider writes it; empty where the answer carries none.
    pub(crate) amount: String,
}
