//! What `station packet inspect` says of one packet: what everybody may see, and what a key opens.

use domain::port::Store;
use domain::queue::QueueEntry;
use packet::{OpenedPacket, OpeningKey};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use store::StationStore;

/// Why a packet could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum InspectFault {
    /// No such file, and no packet of that id.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The key is none.
    #[error(transparent)]
    Key(#[from] packet::KeyFault),
    /// The key does not open it, or what is inside breaks a rule.
    #[error(transparent)]
    Open(#[from] packet::OpenFault),
}

/// What is asked.
#[derive(Debug)]
pub struct Question<'a> {
    /// Data folder of the station.
    pub data: &'a Path,
    /// A packet's id, or a file.
    pub packet: &'a str,
    /// File with the age identity that opens it; without one only the outside is told.
    pub key: Option<&'a Path>,
    /// Names and document numbers in clear.
    pub personal: bool,
}

/// The answer in lines of `name: value`.
///
/// # Errors
/// [`InspectFault`].
pub fn inspect(question: &Question<'_>) -> Result<String, InspectFault> {
    let given = Path::new(question.packet);
    let path = if given.is_file() {
        given.to_path_buf()
    } else {
        let name = format!("{}.packet", question.packet);
        question.data.join("packets").join(name)
    };
    let sealed = read(&path)?;
    let mut told = String::new();
    let mut tell = |name: &str, value: &dyn std::fmt::Display| {
        // Writing to a String cannot fail.
        let _ = writeln!(told, "{name}: {value}");
    };
    let sha256 = packet::sha256_hex(&sealed);
    tell("file", &path.display());
    tell("size", &sealed.len());
    tell("sha256", &sha256);
    tell(
        "seal",
        &if sealed.starts_with(b"age-encryption.org/v1") {
            "age"
        } else {
            "none: not a packet"
        },
    );
    let id = path
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default();
    // A station that runs has the folder; then the queue's own word is left out.
    if let Ok(store) = StationStore::open(question.data)
        && let Ok(Some(entry)) = store.packet(&id)
    {
        tell_entry(&mut tell, &entry, &sha256);
        if let Ok(Some(text)) = store.acknowledgement(&id) {
            tell("acknowledgement", &text);
        }
    }
    if let Some(key) = question.key {
        let text = text_of(read(key)?);
        let opened = packet::open(&sealed, &identity(&text)?)?;
        tell_opened(&mut tell, &opened, question.personal);
    }
    Ok(told)
}

fn read(path: &Path) -> Result<Vec<u8>, InspectFault> {
    std::fs::read(path).map_err(|source| InspectFault::Read {
        path: path.to_path_buf(),
        source,
    })
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first line that is a key: identity files of age carry comments.
fn identity(text: &str) -> Result<OpeningKey, packet::KeyFault> {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    line.unwrap_or_default().parse()
}

type Tell<'a> = dyn FnMut(&str, &dyn std::fmt::Display) + 'a;

fn tell_entry(tell: &mut Tell<'_>, entry: &QueueEntry, sha256: &str) {
    let state = serde_json::to_value(entry.state).unwrap_or_default();
    tell("state", &state.as_str().unwrap_or_default());
    tell(
        "whole",
        &if entry.sha256 == sha256 {
            "yes"
        } else {
            "NO: not the recorded hash"
        },
    );
    tell("enrolment", &entry.enrolment);
    tell("attempts", &entry.attempts);
    tell("last fault", &entry.last_fault.as_deref().unwrap_or("none"));
    if let Some(first) = &entry.retake_of {
        tell("retake of", first);
    }
    if let Some(withdrawal) = &entry.withdrawal {
        tell("withdrawn by", &withdrawal.by);
    }
}

fn tell_opened(tell: &mut Tell<'_>, opened: &OpenedPacket, personal: bool) {
    let m = &opened.manifest;
    tell("signed by", &opened.signer.id());
    tell("manifest version", &m.version);
    tell("packet", &m.packet_id);
    tell("station", &m.station_id);
    tell("operator", &m.operator_id);
    tell("session", &m.session.id);
    tell("specification", &m.session.specification);
    tell("captured at", &m.captured_at);
    tell(
        "clock skew ms",
        &m.clock_skew_ms
            .map_or("unknown".to_string(), |skew| skew.to_string()),
    );
    tell("enrolment", &m.enrolment.id);
    tell("school", &m.enrolment.school);
    tell("class", &m.enrolment.class);
    tell(
        "identity",
        &format!("{} {}", m.identity.document, m.identity.method),
    );
    if personal {
        tell("name", m.identity.name.reveal());
        tell("number", m.identity.number.reveal());
        tell("student number", m.enrolment.student_number.reveal());
    }
    let settled = serde_json::to_value(&m.payment.settled).unwrap_or_default();
    tell(
        "payment",
        &format!(
            "{} fen, {}",
            m.payment.amount_fen,
            settled["method"].as_str().unwrap_or_default()
        ),
    );
    tell(
        "consent",
        &format!("{} at {}", m.consent.text_version, m.consent.at),
    );
    tell(
        "override",
        &m.supervisor_override
            .as_ref()
            .map_or("none", |o| o.supervisor_id.as_str()),
    );
    tell("software", &m.software.version);
    for (model, hash) in &m.software.models {
        tell(&format!("model {model}"), hash);
    }
    for file in m.files() {
        tell(
            &format!("file {}", file.name),
            &format!("{} bytes, sha256 {}", file.size, file.sha256),
        );
    }
}
