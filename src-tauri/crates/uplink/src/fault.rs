//! What goes wrong on the way, and whether trying again can help.

use crate::certificate;
use domain::port::CentralFault;
use packet::AcknowledgementFault;
use std::time::Duration;

/// What a fault calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Trying again later can help without anybody doing anything.
    Temporary,
    /// Needs a person.
    Permanent,
}

/// What goes wrong on the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No answer: no network, refused, broken off, timed out.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer that is not the central server's: a captive portal, a proxy, another version.
    #[error("the answer makes no sense: {0}")]
    Nonsense(String),
    /// 404 in nobody's words: an old server that does not know the call, or a captive portal.
    #[error("status 404 without the server's words")]
    NoSuchCall,
    /// The server's certificate does not hold.
    #[error("the certificate does not hold: {0}")]
    Certificate(String),
    /// The server is older or newer than this program.
    #[error("of another age: {0}")]
    Versions(String),
    /// The server, or something before it, is in trouble.
    #[error("status {status}")]
    Trouble {
        /// HTTP status.
        status: u16,
        /// How long the server asks to wait.
        wait: Option<Duration>,
    },
    /// The server keeps losing or altering what is uploaded.
    #[error("the server does not keep what is uploaded: {0}")]
    Unsteady(&'static str),
    /// The station's own store could not write the progress down.
    #[error("the progress could not be written down: {0}")]
    Progress(String),
    /// The server said no, in its own words.
    #[error("refused with {status} {code}: {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The server's code, e.g. `unauthorised`.
        code: String,
        /// Its sentence, for the log.
        message: String,
    },
    /// The server holds other bytes under this packet's id.
    #[error("the server holds another packet under this id")]
    Mismatch,
    /// The acknowledgement proves nothing.
    #[error(transparent)]
    Acknowledgement(#[from] AcknowledgementFault),
    /// What the station itself wants to send cannot be sent, e.g. an id that is none.
    #[error("cannot be sent: {0}")]
    Unsendable(&'static str),
}

impl Fault {
    /// What it calls for.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Unreachable(_)
            | Self::Nonsense(_)
            | Self::NoSuchCall
            | Self::Certificate(_)
            | Self::Trouble { .. }
            | Self::Unsteady(_)
            | Self::Progress(_) => Retry::Temporary,
            Self::Refused { .. }
            | Self::Mismatch
            | Self::Acknowledgement(_)
            | Self::Unsendable(_)
            | Self::Versions(_) => Retry::Permanent,
        }
    }

    /// True for the refusal with this code.
    pub(crate) fn is_refusal(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == wanted)
    }
}

/// A request that ended without a usable answer.
impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        if let Some(what) = certificate::fault_of(&error) {
            return Self::Certificate(what);
        }
        let kind = if error.is_timeout() {
            "timed out"
        } else if error.is_connect() {
            "no connection"
        } else if error.is_builder() {
            "the request could not be made"
        } else {
            "the connection broke"
        };
        // The address is left out: it may stand in a log, and the station knows its server.
        let error = error.without_url();
        let mut text = format!("{kind}: {error}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        Self::Unreachable(text)
    }
}

impl From<Fault> for CentralFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unreachable(text) => Self::Unreachable(text),
            Fault::Nonsense(text) => Self::Nonsense(text),
            Fault::NoSuchCall => Self::Nonsense(fault.to_string()),
            Fault::Certificate(what) => Self::Certificate(what),
            Fault::Versions(what) => Self::Versions(what),
            Fault::Refused {
                status: 401, code, ..
            } => Self::Unaccepted(code),
            Fault::Mismatch => Self::Mismatch,
            Fault::Acknowledgement(cause) => Self::Acknowledgement(cause.to_string()),
            Fault::Trouble { .. } | Fault::Unsteady(_) | Fault::Progress(_) => {
                Self::Trouble(fault.to_string())
            }
            Fault::Refused { .. } | Fault::Unsendable(_) => Self::Refused(fault.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_keeps_temporary_and_permanent_apart() {
        let refused = |status, code: &str| Fault::Refused {
            status,
            code: code.into(),
            message: String::new(),
        };
        let faults = [
            Fault::Unreachable(String::new()),
            Fault::Nonsense(String::new()),
            Fault::Trouble {
                status: 500,
                wait: None,
            },
            Fault::Unsteady("x"),
            Fault::Progress(String::new()),
            Fault::NoSuchCall,
            Fault::Certificate(String::new()),
            Fault::Versions(String::new()),
            refused(401, "station_revoked"),
            refused(409, "locked"),
            Fault::Mismatch,
            Fault::Acknowledgement(AcknowledgementFault::Signature),
            Fault::Unsendable("x"),
        ];
        for fault in faults {
            let temporary = fault.retry() == Retry::Temporary;
            assert_eq!(
                CentralFault::from(fault.clone()).temporary(),
                temporary,
                "{fault}"
            );
        }
        let accepted = CentralFault::from(refused(401, "station_revoked"));
        assert_eq!(accepted, CentralFault::Unaccepted("station_revoked".into()));
    }
}
