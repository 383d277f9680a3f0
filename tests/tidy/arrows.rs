//! Which part may use which (ARCHITECTURE.md, "Dependencies").

use acceptance::root::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Every crate under `src-tauri/crates` with those of our own it may use.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("domain", [].as_slice()),
        ("framing", &["domain"]),
        ("quality", &["domain", "framing"]),
        ("photo", &["domain", "framing"]),
        ("print", &["domain"]),
        ("card", &["domain"]),
        ("books", &["domain"]),
        ("qr", &["domain"]),
        ("packet", &["domain"]),
        ("camera", &["domain"]),
        ("vision", &["domain"]),
        ("store", &["domain"]),
        ("roster", &["domain"]),
        ("uplink", &["domain", "packet"]),
        ("sticks", &["domain", "packet"]),
        (
            "station",
            &["domain", "quality", "photo", "card", "packet", "qr", "roster"],
        ),
        (
            "compose",
            &[
                "domain", "quality", "photo", "print", "books", "packet", "camera", "vision", "store",
                "roster", "uplink", "sticks", "station",
            ],
        ),
    ])
}

/// Libraries of the outside world that the pure core must not know.
const NOT_IN_THE_CORE: [&str; 10] = [
    "tokio",
    "reqwest",
    "rusqlite",
    "ort",
    "nokhwa",
    "axum",
    "tracing",
    "tauri",
    "jiff",
    "getrandom",
];

fn dependencies(krate: &str) -> BTreeSet<String> {
    let path = root().join("src-tauri/crates").join(krate).join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let dependencies = table.get("dependencies").and_then(|d| d.as_table());
    dependencies
        .map(|d| d.keys().cloned().collect())
        .unwrap_or_default()
}

#[test]
fn every_crate_is_listed_here() {
    let folder = fs::read_dir(root().join("src-tauri/crates")).expect("crates");
    let found: BTreeSet<String> = folder
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let listed: BTreeSet<String> = allowed().keys().map(ToString::to_string).collect();
    assert_eq!(found, listed);
}

#[test]
fn arrows_point_inwards() {
    let allowed = allowed();
    for (krate, may_use) in &allowed {
        let ours: Vec<String> = dependencies(krate)
            .into_iter()
            .filter(|d| allowed.contains_key(d.as_str()))
            .collect();
        for used in ours {
            assert!(may_use.contains(&used.as_str()), "{krate} must not use {used}");
        }
    }
}

#[test]
fn nothing_under_crates_knows_tauri() {
    for krate in allowed().keys() {
        let tauri: Vec<String> = dependencies(krate)
            .into_iter()
            .filter(|d| d == "wry" || d.starts_with("tauri"))
            .collect();
        assert!(tauri.is_empty(), "{krate} uses {tauri:?}");
    }
}

#[test]
fn the_core_does_no_io() {
    // Files that are a crate's own door to the system.
    let doors = ["print/src/spool_unix.rs", "print/src/spool_windows.rs"];
    for krate in ["domain", "quality", "photo", "card", "print"] {
        let outside: Vec<String> = dependencies(krate)
            .into_iter()
            .filter(|d| NOT_IN_THE_CORE.contains(&d.as_str()))
            .collect();
        assert!(outside.is_empty(), "{krate} uses {outside:?}");
        let banned = [
            "std::fs",
            "std::net",
            "std::env::",
            "std::process",
            "SystemTime::now",
            "Instant::now",
            "thread::spawn",
        ];
        for (path, text) in super::shape::sources(&format!("src-tauri/crates/{krate}/src")) {
            if doors.iter().any(|door| path.ends_with(door)) {
                continue;
            }
            let code: String = text
                .lines()
                .take_while(|line| !line.contains("#[cfg(test)]"))
                .collect();
            for word in banned {
                assert!(!code.contains(word), "{path} uses {word}");
            }
        }
    }
}
