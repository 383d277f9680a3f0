//! Why a command changed nothing, and how that is told.

use crate::contract::{Level, Notice};
use domain::identity::resident_id::ResidentIdFault;
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
                match refusal {
                    Refusal::Number(ResidentIdFault::Length(found)) => arg("found", found.to_string()),
                    Refusal::Number(ResidentIdFault::Character(at)) => arg("position", at.to_string()),
                    Refusal::Number(ResidentIdFault::CheckDigit { expected, found }) => {
                        arg("position", "18".to_string());
                        arg("expected", expected.to_string());
                        arg("found", found.to_string());
                    }
                    _ => {}
                }
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
