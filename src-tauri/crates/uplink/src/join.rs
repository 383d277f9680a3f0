//! How a station is let in: a ticket from an administrator, and the server's signed answer to it.

use crate::fault::Fault;
use crate::http::Http;
use crate::message::Join;
use crate::server::{Server, ServerFault, Trust, address};
use domain::port::CentralFault;
use packet::{JoinTicket, StationVerifyingKey, Welcome};
use std::time::Duration;

/// Largest welcome that is read, in bytes.
const MAX_WELCOME: usize = 16 << 10;
/// How long the answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a station was not let in. The code is the UI's key: `fault.<code>`.
#[derive(Debug, thiserror::Error)]
pub enum JoinFault {
    /// The address or the private root certificate cannot be used.
    #[error(transparent)]
    Address(ServerFault),
    /// The code is wrong, was used before, or is older than a day.
    #[error("the code is wrong, was used before, or is too old")]
    Code,
    /// Somebody else's answer: not signed by the server that the ticket names.
    #[error("the answer is not from the server that the ticket names")]
    Unproven,
    /// The server's own answer names keys or a token that cannot be used.
    #[error("the server's answer cannot be used: {0}")]
    Welcome(ServerFault),
    /// Everything else between station and server.
    #[error(transparent)]
    Central(#[from] CentralFault),
}

impl JoinFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address(_) => "join_address",
            Self::Code => "join_code",
            Self::Unproven => "join_unproven",
            Self::Welcome(_) => "join_welcome",
            Self::Central(fault) => fault.code(),
        }
    }
}

impl From<Fault> for JoinFault {
    fn from(fault: Fault) -> Self {
        if fault.is_refusal("join_code") {
            Self::Code
        } else {
            Self::Central(fault.into())
        }
    }
}

/// Shows the server at `base` the ticket's one-time code and the station's key, and gives its answer once it is
/// proved to come from the server that the ticket names; before that nothing of it is believed. `root_pem` is the
/// certificate of the school's own authority, where there is one; `name` is how people call this desk. Blocks the
/// calling thread, which must not be one of an async runtime, for at most half a minute.
///
/// The code is used up by the call: when its answer is lost, a new ticket is needed.
pub fn join(
    base: &str,
    root_pem: Option<Vec<u8>>,
    ticket: &JoinTicket,
    key: &StationVerifyingKey,
    name: &str,
) -> Result<Welcome, JoinFault> {
    let trust = Trust {
        root_pem,
        pins: Vec::new(),
    };
    let base = address(base).map_err(JoinFault::Address)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| JoinFault::Address(ServerFault::Client(e.to_string())))?;
    let ask = async {
        let http = Http::without_token(base.clone(), &trust, PATIENCE).map_err(JoinFault::Address)?;
        let message = Join {
            code: &ticket.code,
            verifying_key: &key.to_string(),
            name,
        };
        let url = http.url(&["v1", "join"]);
        let welcome: Welcome = http.post(url, &message, MAX_WELCOME).await?;
        Ok::<_, JoinFault>(welcome)
    };
    let welcome = runtime.block_on(ask)?;
    if welcome.prove(ticket).is_none() {
        return Err(JoinFault::Unproven);
    }
    usable(base.as_str(), &welcome).map_err(JoinFault::Welcome)?;
    Ok(welcome)
}

/// What the station will do with the welcome, tried before the ticket is thrown away.
fn usable(base: &str, welcome: &Welcome) -> Result<(), ServerFault> {
    if !crate::text::is_identifier(&welcome.station_id) {
        return Err(ServerFault::Station);
    }
    let server = Server::new(base, &welcome.token, &welcome.recipient, &welcome.verifying_key)?;
    let recovery = welcome.recovery.as_deref();
    recovery.map(|key| server.with_recovery(key)).transpose()?;
    Ok(())
}
