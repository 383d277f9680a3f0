//! The simulated payment provider: it gives a code, and is told by script what the sitter's phone does.

use crate::extract::Body;
use crate::refusal::Refusal;
use crate::shared::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// How the provider answers this server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderMood {
    /// As it should.
    #[default]
    Answering,
    /// Not at all: the outcome of any order is unknown.
    Silent,
    /// With an error of its own.
    Failing,
}

/// The provider could not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProviderFault {
    Silence,
    Failure,
}

impl From<ProviderFault> for Refusal {
    fn from(fault: ProviderFault) -> Self {
        match fault {
            ProviderFault::Silence => Self::new(
                StatusCode::GATEWAY_TIMEOUT,
                "provider_silent",
                "the payment provider does not answer",
            ),
            ProviderFault::Failure => Self::new(
                StatusCode::BAD_GATEWAY,
                "provider_failed",
                "the payment provider answers an error",
            ),
        }
    }
}

/// The simulated payment provider.
#[derive(Default)]
pub(crate) struct Provider(Mutex<ProviderMood>);

impl Provider {
    pub(crate) fn set(&self, mood: ProviderMood) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// Stands for any call to the provider.
    pub(crate) fn ask(&self) -> Result<(), ProviderFault> {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            ProviderMood::Answering => Ok(()),
            ProviderMood::Silent => Err(ProviderFault::Silence),
            ProviderMood::Failing => Err(ProviderFault::Failure),
        }
    }

    /// The text of the QR for an order, the same for the same order.
    pub(crate) fn code_url(&self, order_id: &str) -> Result<String, ProviderFault> {
        self.ask()?;
        let mut mark = packet::sha256_hex(order_id.as_bytes());
        mark.truncate(10);
        Ok(format!("weixin://wxpay/bizpayurl?pr={mark}"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoodChange {
    mood: ProviderMood,
}

/// `POST /simulate/provider`
pub(crate) async fn set_mood(shared: State, Body(change): Body<MoodChange>) -> StatusCode {
    shared.provider.set(change.mood);
    StatusCode::NO_CONTENT
}
