//! Every file the fuzzer found, and every seed, goes through its door once more.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fs;
use std::path::Path;

#[test]
fn the_corpus_passes_every_door() {
    for target in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(target.name);
        let files: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(!files.is_empty(), "{} has no corpus", target.name);
        for file in files {
            println!("{} {}", target.name, file.display());
            target.check(&fs::read(&file).unwrap());
        }
    }
}

/// A seed that no longer opens its door is no seed.
#[test]
fn seeds_are_accepted() {
    let seed = |target: &str, name: &str| {
        fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("corpus")
                .join(target)
                .join(name),
        )
        .unwrap()
    };
    for name in ["seed.jpg", "seed.png"] {
        assert!(
            photo::decode::picture(&seed("decode", name), photo::decode::Limits::default()).is_ok(),
            "{name}"
        );
    }
    assert!(quality::report::read(&seed("report", "seed.json")).is_ok());
    let today = domain::identity::date::Date::EPOCH;
    let changes = uplink::read_changes(&seed("changes", "seed.json"), 0, today).unwrap();
    assert_eq!(changes.changes.len(), 5);
    assert_eq!(
        roster::read(&seed("dbf", "gbk"), "a.dbf", "s", "")
            .unwrap()
            .rows
            .len(),
        1
    );
    assert_eq!(
        roster::read(&seed("xls", "plain"), "a.xls", "s", "")
            .unwrap()
            .rows
            .len(),
        1
    );
    let picture = seed("capture_code", "seed.grey");
    let width = u32::from(picture[1]);
    let rgb: Vec<u8> = picture[2..].iter().flat_map(|value| [*value; 3]).collect();
    let height = rgb.len() as u32 / 3 / width;
    let picture = domain::picture::Picture::new(width, height, rgb).unwrap();
    assert_eq!(qr::look(&picture), qr::Seen::Read("CAPTURE-CODE/0001".into()));
    let text = String::from_utf8(seed("limits", "seed.toml")).unwrap();
    assert!(quality::Limits::parse(&text).is_ok());
    let text = String::from_utf8(seed("specification", "seed.toml")).unwrap();
    assert!(photo::specification::parse(&text).is_ok());
}

/// A report of the form before this one is told from a broken one.
#[test]
fn another_form_of_report_is_named() {
    let old = br#"{"schema":"capture-station/quality-report/1","rules":{"measures":"0"}}"#;
    let fault = quality::report::read(old).unwrap_err();
    assert!(matches!(fault, quality::report::ReadFault::Form(_)), "{fault}");
    let deep = [br#"{"schema":"#.as_slice(), &b"[".repeat(100_000)].concat();
    let fault = quality::report::read(&deep).unwrap_err();
    assert!(
        matches!(fault, quality::report::ReadFault::Unreadable(_)),
        "{fault}"
    );
}
