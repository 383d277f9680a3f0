//! Files stay small, and nothing of the place they were written at gets into them.

use acceptance::root::root;
use std::fs;
use std::path::Path;

/// Longest file in lines, tests in it included.
const LONGEST: usize = 400;

/// Every Rust file below a folder of the checkout, by its path from the top.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    walk(&root().join(folder), &["rs"], &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !matches!(
                name.as_str(),
                "node_modules" | "dist" | "target" | "files" | "gen" | "__pycache__"
            ) {
                walk(&path, endings, found);
            }
        } else if path
            .extension()
            .is_some_and(|e| endings.iter().any(|known| e == *known))
        {
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            found.push((
                path.strip_prefix(root()).unwrap_or(&path).display().to_string(),
                text,
            ));
        }
    }
}

#[test]
fn files_stay_small() {
    let mut found = vec![];
    for folder in ["src-tauri", "tests", "ui", "models"] {
        walk(&root().join(folder), &["rs", "ts", "svelte", "py"], &mut found);
    }
    assert!(found.len() > 100, "the walk lost its way: {} files", found.len());
    let long: Vec<String> = found
        .iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(path, text)| format!("{path}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split these: {long:#?}");
}

#[test]
fn no_unfinished_work_is_called_done() {
    let marks = ["todo", "unimplemented"].map(|word| format!("{word}!("));
    let mut found = vec![];
    for folder in ["src-tauri", "tests"] {
        walk(&root().join(folder), &["rs"], &mut found);
    }
    for (path, text) in found.iter().filter(|(path, _)| !path.ends_with("shape.rs")) {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} has {mark}");
        }
        assert!(!text.contains("#[ignore"), "{path} ignores a test");
    }
}

#[test]
fn the_top_level_is_the_agreed_one() {
    let agreed = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "assets",
        "clippy.toml",
        "models",
        "rustfmt.toml",
        "src-tauri",
        "target",
        "tests",
        "ui",
    ];
    for entry in fs::read_dir(root()).expect("the checkout") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(
            name.starts_with('.') || agreed.contains(&name.as_str()),
            "{name} at the top level"
        );
    }
}
