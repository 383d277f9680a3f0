//! What is fuzzed: every parser of bytes from outside that needs neither a disk nor a network. A target must not panic,
//! whatever it is given; where it accepts, it says what must hold of what it made.

/// One door.
pub struct Target {
    /// Its name, and that of its corpus.
    pub name: &'static str,
    /// Gives it bytes; panics when something is wrong.
    pub run: fn(&[u8]),
}

/// All doors. A new one is a function and a line here.
pub const TARGETS: &[Target] = &[
    Target {
        name: "decode",
        run: decode,
    },
    Target {
        name: "report",
        run: report,
    },
    Target {
        name: "manifest",
        run: manifest,
    },
    Target {
        name: "roster",
        run: roster,
    },
    Target {
        name: "limits",
        run: limits,
    },
    Target {
        name: "specification",
        run: specification,
    },
];

/// Picture files: what is decoded is whole and no larger than allowed.
fn decode(bytes: &[u8]) {
    let limits = photo::decode::Limits::default();
    if let Ok(decoded) = photo::decode::picture(bytes, limits) {
        let picture = decoded.picture;
        let expected = picture.width() as usize * picture.height() as usize * 3;
        assert_eq!(picture.pixels().len(), expected, "a picture that is not whole");
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
        assert!(
            packet::Manifest::from_json(&written).is_ok(),
            "a manifest that does not survive writing"
        );
    }
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
