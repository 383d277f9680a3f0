//! What is fuzzed: every parser of bytes from outside that needs neither a disk nor a network. A target must not panic
//! and must not hold more memory than it says, whatever it is given; where it accepts, it says what must hold of what
//! it made.

pub mod memory;

use domain::change::What;
use domain::frame::{Frame, FrameFormat};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::time::Duration;

/// One door.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of its corpus.
    pub name: &'static str,
    /// Most memory that it may hold at once, bytes.
    pub memory: usize,
    run: fn(&[u8]),
}

const MIB: usize = 1 << 20;
/// What decoders may take here: small, so that the limit itself is tried.
const PICTURE_MEMORY: usize = 16 * MIB;

/// All doors. A new one is a function, a line here and a folder in the corpus.
pub const TARGETS: &[Target] = &[
    Target::new("acknowledgement", MIB, acknowledgement),
    Target::new("capture_code", 16 * MIB, capture_code),
    // JSON of 4 MiB that is nothing but brackets becomes so much before it is refused.
    Target::new("changes", 256 * MIB, changes),
    Target::new("container", MIB, container),
    // Tables of a decoder and of a colour profile come on top of what grows with the picture.
    Target::new("decode", PICTURE_MEMORY + 4 * MIB, decode),
    Target::new("frame", 64 * MIB, frame),
    Target::new("health", MIB, health),
    Target::new("limits", 16 * MIB, limits),
    Target::new("manifest", 16 * MIB, manifest),
    Target::new("refusal", MIB, refusal),
    Target::new("report", 16 * MIB, report),
    // As much as `roster-headings.toml` lets a workbook unpack, as bytes, as cells and as rows.
    Target::new("roster", 256 * MIB, roster),
    Target::new("setup", 16 * MIB, setup),
    Target::new("specification", 16 * MIB, specification),
    Target::new("welcome", MIB, welcome),
];

impl Target {
    const fn new(name: &'static str, memory: usize, run: fn(&[u8])) -> Self {
        Self { name, memory, run }
    }

    /// Gives the door bytes.
    ///
    /// # Panics
    /// When something is wrong.
    pub fn check(&self, bytes: &[u8]) {
        let ((), held) = memory::peak(|| (self.run)(bytes));
        assert!(
            held <= self.memory,
            "{} held {held} bytes, more than {}",
            self.name,
            self.memory
        );
    }
}

/// 采集码: an even first byte is followed by a picture's width and its grey pixels, an odd one by what a scanner typed.
fn capture_code(bytes: &[u8]) {
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    let text = if kind % 2 == 0 {
        grey(content)
            .map(|picture| qr::look(&picture))
            .and_then(|seen| match seen {
                qr::Seen::Read(text) => Some(text),
                _ => None,
            })
    } else {
        std::str::from_utf8(content).ok().map(domain::code::narrow)
    };
    let Some(code) = text.and_then(|text| {
        let code = domain::code::CaptureCode::read(&text).ok()?;
        assert_eq!(code.payload().as_str(), text, "a code that is not kept whole");
        Some(code)
    }) else {
        return;
    };
    assert!(!format!("{code:?}").contains(code.payload().as_str()) || code.payload().as_str().len() < 8);
    assert!(
        domain::code::CodeId::kept(code.id().as_str()).is_some(),
        "an id that cannot be kept"
    );
    assert!(!domain::code::pays(code.payload().as_str()), "a code that pays");
}

/// A picture of grey pixels; the first byte is its width.
fn grey(bytes: &[u8]) -> Option<domain::picture::Picture> {
    let (width, pixels) = bytes.split_first()?;
    let height = pixels.len().min(1 << 16) / usize::from(*width).max(1);
    let pixels = &pixels[..height * usize::from(*width)];
    let rgb = pixels.iter().flat_map(|value| [*value; 3]).collect();
    domain::picture::Picture::new(u32::from(*width), u32::try_from(height).ok()?, rgb)
}

/// Picture files: what is decoded is whole and no larger than allowed.
fn decode(bytes: &[u8]) {
    let limits = photo::decode::Limits {
        max_memory_bytes: PICTURE_MEMORY as u64,
        ..photo::decode::Limits::default()
    };
    if let Ok(decoded) = photo::decode::picture(bytes, limits) {
        whole(&decoded.picture);
    }
}

fn whole(picture: &domain::picture::Picture) {
    let expected = picture.width() as usize * picture.height() as usize * 3;
    assert_eq!(picture.pixels().len(), expected, "a picture that is not whole");
}

/// Frames of a camera: the first byte is the format, the next two width and height in pixels.
fn frame(bytes: &[u8]) {
    let Some(([format, width, height], content)) = bytes.split_first_chunk() else {
        return;
    };
    let frame = Frame {
        seq: 1,
        at: Duration::ZERO,
        format: match format % 3 {
            0 => FrameFormat::Yuyv,
            1 => FrameFormat::Nv12,
            _ => FrameFormat::Rgb,
        },
        width: u32::from(*width),
        height: u32::from(*height),
        bytes: content.into(),
        complete: true,
    };
    if let Ok(picture) = photo::decode::frame(&frame) {
        whole(&picture);
        assert_eq!((picture.width(), picture.height()), (frame.width, frame.height));
    }
}

/// Quality reports: what was read, written and read again is the same.
fn report(bytes: &[u8]) {
    if let Ok(report) = quality::report::read(bytes) {
        let written = serde_json::to_vec(&report).unwrap_or_default();
        let again = quality::report::read(&written);
        assert_eq!(
            again.as_ref(),
            Ok(&report),
            "a report that does not survive writing"
        );
    }
}

/// Manifests of packets.
fn manifest(bytes: &[u8]) {
    if let Ok(manifest) = packet::Manifest::from_json(bytes) {
        let written = serde_json::to_vec(&manifest).unwrap_or_default();
        let again = packet::Manifest::from_json(&written);
        assert!(
            again.is_ok_and(|again| again == manifest),
            "a manifest that does not survive writing"
        );
    }
}

/// What lies inside a packet's seal.
fn container(bytes: &[u8]) {
    if let Ok(entries) = packet::container_entries(bytes) {
        let content: usize = entries
            .iter()
            .map(|(name, content)| name.len() + content.len())
            .sum();
        assert!(content < bytes.len(), "more than the container holds");
    }
}

/// The server's receipts; none of these is signed by the key.
fn acknowledgement(bytes: &[u8]) {
    if let Some(found) = survives::<packet::Acknowledgement>(bytes) {
        let key = packet::ServerSigningKey::from_seed(&[9; 32]).verifying_key();
        let expected = packet::Expected {
            packet_id: found.packet_id,
            sha256: &found.sha256,
            size: found.size,
        };
        assert!(found.verify(&key, &expected).is_err(), "a receipt nobody signed");
    }
}

/// What changed at the server: rising, bounded, and nothing in it that a screen or a path would trip over.
fn changes(bytes: &[u8]) {
    let today = domain::identity::date::Date::EPOCH;
    let Ok(found) = uplink::read_changes(bytes, 0, today) else {
        return;
    };
    assert!(found.changes.len() <= domain::change::MOST_CHANGES, "too many");
    let mut last = 0;
    for change in &found.changes {
        assert!(change.cursor > last, "a cursor that does not rise");
        last = change.cursor;
        match &change.what {
            What::Roster(part) => {
                let named = part.rows.len() + part.problems.len();
                assert_eq!(named, part.count as usize, "a row was dropped without a word");
                let own = format!("{}:", part.session);
                assert!(
                    part.rows.iter().all(|row| row.id.starts_with(&own)),
                    "a row of another session"
                );
            }
            What::Message(message) => {
                assert!(message.text.chars().count() <= 500, "a long message");
                let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                assert!(!message.text.chars().any(controls), "a message that controls");
            }
            What::Setup(setup) => assert!(!setup.id.contains(['/', '\\', '<']), "a path for a session"),
            What::Verdict(_) | What::Twin(_) | What::Unusable(_) => {}
        }
    }
}

/// The server's word that it is there; none of these is signed by the key.
fn health(bytes: &[u8]) {
    if let Some(found) = survives::<packet::HealthProof>(bytes) {
        let key = packet::ServerSigningKey::from_seed(&[9; 32]).verifying_key();
        assert!(!found.proves(&key, &found.nonce), "a word that nobody gave");
    }
}

/// How the server says no: short, and without control characters.
fn refusal(bytes: &[u8]) {
    if let uplink::Fault::Refused { message, .. } = uplink::read_refusal(409, bytes) {
        assert!(
            message.chars().count() <= 300 && !message.chars().any(char::is_control),
            "{message}"
        );
    }
}

/// How a station is let in; none of these is signed by the server of the ticket.
fn welcome(bytes: &[u8]) {
    if let Some(found) = survives::<packet::Welcome>(bytes) {
        let ticket = packet::JoinTicket {
            code: "K7QF2M9D".to_owned(),
            key_id: packet::ServerSigningKey::from_seed(&[9; 32]).verifying_key().id(),
        };
        assert!(found.prove(&ticket).is_none(), "a welcome that nobody gave");
    }
}

/// Set-ups of sessions from the server, and the rules under their policies.
fn setup(bytes: &[u8]) {
    if let Some(setup) = survives::<domain::setup::SessionSetup>(bytes) {
        let _ = quality::Rules::under(&setup.policy.quality);
    }
}

/// Reads JSON; what was read, written and read again is the same.
fn survives<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let found: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_vec(&found).unwrap_or_default();
    let again = serde_json::from_slice::<T>(&written).ok();
    assert_eq!(again.as_ref(), Some(&found), "what does not survive writing");
    Some(found)
}

/// Rosters as CSV and as a workbook.
fn roster(bytes: &[u8]) {
    for name in ["roster.csv", "roster.xlsx"] {
        let _ = roster::read(bytes, name, "session", "school");
    }
}

/// Limits of the rules.
fn limits(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = quality::Limits::parse(text);
    }
}

/// Photo specifications.
fn specification(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = photo::specification::parse(text);
    }
}
