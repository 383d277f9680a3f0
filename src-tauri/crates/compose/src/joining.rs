//! Letting a station in: the one-time ticket becomes a credential of its own.

use crate::Settings;
use crate::desktop::signer;
use crate::settings::JOINED;
use domain::port::StoreFault;
use packet::{JoinTicket, Welcome};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use store::StationStore;

/// Why a station was not let in.
#[derive(Debug, thiserror::Error)]
pub enum JoiningFault {
    /// The ticket is none.
    #[error(transparent)]
    Ticket(#[from] packet::welcome::TicketFault),
    /// The data folder cannot be used; a station that runs on it must be closed first.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The server did not let it in, or could not prove itself.
    #[error(transparent)]
    Join(#[from] uplink::JoinFault),
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The answer cannot be written as TOML.
    #[error("the answer cannot be written down: {0}")]
    Text(#[from] toml::ser::Error),
}

#[derive(Serialize)]
struct Joined<'a> {
    station: Station<'a>,
    central: Central<'a>,
}

#[derive(Serialize)]
struct Station<'a> {
    id: &'a str,
}

#[derive(Serialize)]
struct Central<'a> {
    url: &'a str,
    token: &'a str,
    recipient: &'a str,
    verifying_key: &'a str,
    recovery: &'a str,
}

/// Shows the ticket to the server at `url` and keeps what it answers, once the answer has proved itself; gives the
/// station's new id. Joining again replaces the credential, never the station's own key.
pub fn join(settings: &Settings, url: &str, ticket: &str) -> Result<String, JoiningFault> {
    let ticket: JoinTicket = ticket.parse()?;
    // Nobody else may use the folder meanwhile.
    let _store = StationStore::open(&settings.data)?;
    let key = signer(&settings.data)?.verifying_key();
    let root = root_pem(settings)?;
    let welcome = uplink::join(url, root, &ticket, &key, &settings.station.name)?;
    keep(&settings.data, url, &welcome)?;
    Ok(welcome.station_id)
}

/// The school's own certificate authority, when one is set.
pub(crate) fn root_pem(settings: &Settings) -> Result<Option<Vec<u8>>, JoiningFault> {
    let root = &settings.central.root;
    if root.is_empty() {
        return Ok(None);
    }
    let path = settings.data.join(root);
    std::fs::read(&path)
        .map(Some)
        .map_err(|source| JoiningFault::File { path, source })
}

fn keep(data: &Path, url: &str, welcome: &Welcome) -> Result<(), JoiningFault> {
    let text = toml::to_string_pretty(&Joined {
        station: Station {
            id: &welcome.station_id,
        },
        central: Central {
            url,
            token: &welcome.token,
            recipient: &welcome.recipient,
            verifying_key: &welcome.verifying_key,
            recovery: welcome.recovery.as_deref().unwrap_or_default(),
        },
    })?;
    let path = data.join(JOINED);
    let file = |source| JoiningFault::File {
        path: path.clone(),
        source,
    };
    // A temporary file is this account's only, and so is what it becomes: the token is a secret.
    let mut half = tempfile::NamedTempFile::new_in(data).map_err(file)?;
    half.write_all(text.as_bytes()).map_err(file)?;
    half.as_file().sync_all().map_err(file)?;
    half.persist(&path).map_err(|e| file(e.error))?;
    if cfg!(unix) {
        std::fs::File::open(data)
            .and_then(|folder| folder.sync_all())
            .map_err(file)?;
    }
    Ok(())
}
