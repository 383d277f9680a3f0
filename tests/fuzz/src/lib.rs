//! What is fuzzed: every parser of bytes from outside that needs neither a disk nor a network. A target must not panic
//! and must not hold more memory than it says, whatever it is given; where it accepts, it says what must hold of what
//! it made.

mod code;
pub mod memory;

use code::capture_code;
use domain::change::{WalkInBecomes, What};
use domain::frame::{Frame, FrameFormat};
use domain::identity::{DocumentKind, DocumentNumber};
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
    // A table is read once for each encoding that can be chosen.
    Target::new("dbf", 64 * MIB, dbf),
    Target::new("decode", PICTURE_MEMORY + 4 * MIB, decode),
    Target::new("frame", 64 * MIB, frame),
    Target::new("health", MIB, health),
    Target::new("limits", 16 * MIB, limits),
    Target::new("manifest", 16 * MIB, manifest),
    // The list of divisions is read on the way, once.
    Target::new("mrz", 2 * MIB, mrz),
    Target::new("refusal", MIB, refusal),
    Target::new("report", 16 * MIB, report),
    // As much as `roster-headings.toml` lets a workbook unpack, as bytes, as cells and as rows.
    Target::new("roster", 256 * MIB, roster),
    Target::new("roster_cells", 16 * MIB, roster_cells),
    Target::new("setup", 16 * MIB, setup),
    Target::new("specification", 16 * MIB, specification),
    Target::new("welcome", MIB, welcome),
    // The rectangle around a sheet, as large as it may be, and the sheet as rows.
    Target::new("xls", 256 * MIB, xls),
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

/// Numbers of documents and machine-readable zones, as typed or scanned: a number that was read reads the same again,
/// and what is wrong lies inside the text.
fn mrz(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let today =
        domain::identity::date::Date::new(2026, 11, 24).unwrap_or(domain::identity::date::Date::EPOCH);
    match DocumentNumber::parse(&text, today) {
        Ok(number) => {
            let again = DocumentNumber::parse_as(number.kind(), number.as_str(), today);
            // A card of another state is only known by its zone.
            let same = again.is_ok_and(|again| again.as_str() == number.as_str());
            assert!(
                same || number.kind() == DocumentKind::ForeignId,
                "a number that does not read the same again"
            );
            assert!(number.birth().is_none_or(|birth| birth <= today), "born tomorrow");
        }
        Err(fault) => {
            let length = domain::identity::document::plain(&text).chars().count();
            let inside = |(from, to): (usize, usize)| from >= 1 && from <= to && to <= length.max(6);
            assert!(fault.place().is_none_or(inside), "a place outside the number");
        }
    }
    let name = domain::identity::name::comparable(&text);
    assert_eq!(
        domain::identity::name::comparable(&name),
        name,
        "a name compared twice"
    );
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
            What::WalkIn(settled) => match &settled.becomes {
                WalkInBecomes::Enrolment(row) => {
                    let own = format!("{}:", settled.session);
                    assert!(row.id.starts_with(&own), "a person of another session");
                }
                WalkInBecomes::Refused(reason) => assert!(!reason.trim().is_empty(), "no reason"),
            },
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

/// Rosters as tables of dBase, in each encoding; what is read is whole text.
fn dbf(bytes: &[u8]) {
    let chosen = roster::TextEncoding::ALL.map(Some);
    for encoding in [None].into_iter().chain(chosen) {
        let Ok(book) = roster::open(bytes, "roster.dbf", encoding, &mut |_| {}) else {
            continue;
        };
        people(&book);
    }
}

/// Rosters as old workbooks.
fn xls(bytes: &[u8]) {
    if let Ok(book) = roster::open(bytes, "roster.xls", None, &mut |_| {}) {
        people(&book);
    }
}

/// Everybody of a file, hidden rows too.
fn people(book: &roster::Book) -> roster::Roster {
    let mut plan = book.propose(&domain::roster::LearnedHeadings::new());
    plan.hidden_rows = true;
    let today = domain::identity::date::Date::new(2027, 6, 1).unwrap_or(domain::identity::date::Date::EPOCH);
    let wanted = roster::For {
        session: "session",
        school: "school",
        today,
    };
    let found = book.read(&plan, wanted, &mut |_| {}).unwrap_or_default();
    for row in &found.rows {
        let name = row.name.as_str();
        assert!(
            !name.is_empty() && name.chars().count() <= 40,
            "a name that is none"
        );
        assert!(!name.chars().any(char::is_control), "a name that controls");
        assert!(row.id.starts_with("session:"), "a row of another session");
    }
    found
}

/// One row of cells under known headings: it is taken or named, and never both.
fn roster_cells(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let cells: Vec<String> = text.split('\t').take(6).map(quoted).collect();
    let table = format!("姓名,身份证号,学号,考生号,出生日期,性别\n{}\n", cells.join(","));
    let Ok(book) = roster::open(table.as_bytes(), "roster.csv", None, &mut |_| {}) else {
        return;
    };
    let found = people(&book);
    assert!(found.rows.len() <= 1, "one row became several people");
    let named = found.problems.iter().any(|problem| problem.row >= 2);
    let filled = text.split('\t').take(6).any(|cell| !cell.trim().is_empty());
    assert!(
        !filled || named != (found.rows.len() == 1),
        "a row that is neither taken nor named, or both"
    );
    // The list of bad rows is one that a spreadsheet reads as text.
    let list = roster::problem_list(found.problems.iter().chain(&found.warnings));
    let lines = String::from_utf8_lossy(&list).into_owned();
    assert!(
        lines
            .split("\r\n")
            .skip(1)
            .all(|line| line.is_empty() || line.starts_with('"')),
        "{lines}"
    );
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
