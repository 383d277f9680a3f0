//! Other accounts of the machine read nothing.

use crate::common::*;
use domain::port::{Store, StoreFault};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use store::StationStore;

const CHILD: &str = "STORE_TEST_FOREIGN";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Every file and folder below with its permissions.
fn below(folder: &Path, found: &mut Vec<(String, u32)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        found.push((name, mode(&path)));
        if path.is_dir() {
            below(&path, found);
        }
    }
}

#[test]
fn a_folder_made_by_hand_is_closed_to_others() {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("data");
    fs::create_dir(&folder).unwrap();
    set(&folder, 0o755);
    // What the system gave the files of an older version.
    for name in ["lock", "station.sqlite"] {
        fs::write(folder.join(name), []).unwrap();
        set(&folder.join(name), 0o644);
    }
    fs::create_dir(folder.join("packets")).unwrap();
    set(&folder.join("packets"), 0o775);

    let store = StationStore::open(&folder).unwrap();
    store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
    store.enqueue(&packet("p1", b"one")).unwrap();
    assert_eq!(mode(&folder), 0o700);
    let mut found = vec![];
    below(&folder, &mut found);
    found.sort();
    let expected = [
        ("lock", 0o600),
        ("p1.packet", 0o600),
        ("packets", 0o700),
        ("station.sqlite", 0o600),
        ("station.sqlite-shm", 0o600),
        ("station.sqlite-wal", 0o600),
    ];
    assert_eq!(found, expected.map(|(name, mode)| (name.to_string(), mode)));
}

#[test]
fn a_folder_shared_on_purpose_is_refused_and_stays_so() {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("shared");
    fs::create_dir(&folder).unwrap();
    set(&folder, 0o1777);
    assert_eq!(StationStore::open(&folder).err(), Some(StoreFault::NotPrivate));
    assert_eq!(
        (mode(&folder), fs::read_dir(&folder).unwrap().count()),
        (0o1777, 0)
    );
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    if let Ok(folder) = std::env::var(CHILD) {
        let refused = StationStore::open(Path::new(&folder)).err();
        return assert_eq!(refused, Some(StoreFault::NotPrivate));
    }
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout != b"0\n" {
        assert_eq!(
            StationStore::open(Path::new("/etc")).err(),
            Some(StoreFault::NotPrivate)
        );
        return;
    }
    // Root may close any folder: somebody else has to try, with a copy where everybody can read it.
    let around = tempfile::tempdir().unwrap();
    set(around.path(), 0o755);
    let folder = around.path().join("data");
    fs::create_dir(&folder).unwrap();
    set(&folder, 0o777);
    let exe = around.path().join("store-tests");
    fs::copy(std::env::current_exe().unwrap(), &exe).unwrap();
    set(&exe, 0o755);
    let output = Command::new(&exe)
        .args(["--exact", "private::a_folder_of_somebody_else_is_refused"])
        .env(CHILD, &folder)
        .uid(65_534)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_eq!(
        (mode(&folder), fs::read_dir(&folder).unwrap().count()),
        (0o777, 0)
    );
}
