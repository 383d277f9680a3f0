//! Why a command changed nothing, and how that is told.

use crate::contract::{Level, Notice};
use domain::identity::{NumberFault, ValidityFault};
use domain::port::{PinFault, StoreFault};
use domain::session::Refusal;
use std::collections::BTreeMap;

/// Why a command changed nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Refusal(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error(transparent)]
    Pin(#[from] PinFault),
    #[error("{0}")]
    Fault(&'static str),
}

impl Trouble {
    /// What the screen says; `None` for what only the log needs to know.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let mut args = BTreeMap::new();
        let mut arg = |name: &str, value: String| {
            args.insert(name.to_string(), value);
        };
        let (level, code) = match self {
            Self::Refusal(Refusal::Stale) => return None,
            Self::Refusal(refusal) => {
                args = refusal_args(refusal);
                (Level::Warn, format!("refusal.{}", refusal.code()))
            }
            Self::Store(fault) | Self::Pin(PinFault::Store(fault)) => {
                (Level::Fail, format!("fault.{}", fault.code()))
            }
            Self::Pin(PinFault::Wrong { left }) => {
                arg("left", left.to_string());
                (Level::Warn, "fault.pin_wrong".to_string())
            }
            Self::Pin(PinFault::Locked { until }) => {
                arg("until", until.0.to_string());
                (Level::Warn, "fault.pin_locked".to_string())
            }
            Self::Pin(PinFault::Unknown) => (Level::Warn, "fault.pin_wrong".to_string()),
            Self::Fault(code) => (Level::Fail, format!("fault.{code}")),
        };
        Some(Notice { level, code, args })
    }
}

/// What the message of a refusal names.
fn refusal_args(refusal: &Refusal) -> BTreeMap<String, String> {
    match refusal {
        Refusal::Number(fault) => number_args(fault),
        Refusal::Validity(fault) => validity_args(fault),
        _ => BTreeMap::new(),
    }
}

/// What the message of a wrong number names: places, and what should stand there.
pub(crate) fn number_args(fault: &NumberFault) -> BTreeMap<String, String> {
    let mut args = BTreeMap::new();
    let mut arg = |name: &str, value: String| args.insert(name.to_string(), value);
    if let Some((from, to)) = fault.place() {
        arg("position", from.to_string());
        arg("to", to.to_string());
    }
    match fault {
        NumberFault::Length { found, expected } => {
            arg("found", found.to_string());
            arg("expected", expected.to_string());
        }
        NumberFault::CheckDigit { expected, found, .. } => {
            arg("expected", expected.to_string());
            arg("found", found.to_string());
        }
        _ => {}
    }
    args
}

/// What the message of a document's dates names.
pub(crate) fn validity_args(fault: &ValidityFault) -> BTreeMap<String, String> {
    match fault {
        ValidityFault::Expired(day) | ValidityFault::NotYet(day) => {
            BTreeMap::from([("date".to_string(), day.to_string())])
        }
        ValidityFault::Contradiction => BTreeMap::new(),
    }
}
