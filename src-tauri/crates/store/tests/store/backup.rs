//! Backups taken from a station that works, and what comes back of them.

use crate::common::*;
use domain::Moment;
use domain::port::{Store, StoreFault};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use store::StationStore;
use store::backup::{BackupFault, Index, back_up, restore};
use tempfile::TempDir;

const AT: Moment = Moment(5_000);

fn made(data: &Path, to: &Path) -> Result<Index, BackupFault> {
    back_up(data, to, AT, &mut |_, _| {})
}

/// A running station with three packets, one of them acknowledged, and a backup of it.
fn backed_up() -> (TempDir, StationStore, PathBuf) {
    let (folder, store) = store();
    for id in ["p1", "p2", "p3"] {
        store.enqueue(&packet(id, id.as_bytes())).unwrap();
    }
    store.acknowledge("p2", "{signed}", Moment(2_000)).unwrap();
    fs::write(folder.path().join("settings.toml"), "[station]\n").unwrap();
    fs::write(folder.path().join("recording.mjpeg"), vec![0; 2 << 20]).unwrap();
    let backup = folder.path().join("backups-of-today");
    made(folder.path(), &backup).unwrap();
    (folder, store, backup)
}

fn files(folder: &Path) -> Vec<String> {
    let entries =
        |at: &Path| -> Vec<PathBuf> { fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect() };
    let mut names: Vec<String> = entries(folder)
        .into_iter()
        .flat_map(|path| if path.is_dir() { entries(&path) } else { vec![path] })
        .map(|path| path.strip_prefix(folder).unwrap().display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_still_needed_comes_back() {
    let (_folder, store, backup) = backed_up();
    assert_eq!(
        files(&backup),
        [
            "backup.json",
            "packets/p1.packet",
            "packets/p3.packet",
            "settings.toml",
            "station.sqlite"
        ]
    );
    // What happens after it is not in it.
    store.enqueue(&packet("p4", b"later")).unwrap();
    let new = tempfile::tempdir().unwrap();
    let index = restore(&backup, new.path()).unwrap();
    assert_eq!((index.at, index.lacking.len(), index.files.len()), (AT, 0, 4));
    let restored = StationStore::open(new.path()).unwrap();
    restored.swept().unwrap();
    let tally = restored.tally().unwrap();
    assert_eq!((tally.waiting, tally.acknowledged, tally.attention), (2, 1, 0));
    assert_eq!(restored.sealed("p3").unwrap(), b"p3");
    assert_eq!(restored.search(SESSION, "csh", 9).unwrap().len(), 1);
    assert_eq!(restored.check_audit().unwrap(), Ok(3));
    assert!(new.path().join("settings.toml").is_file());
    assert_eq!(store.tally().unwrap().waiting, 3, "the station goes on as before");
}

/// Nothing waits: a backup is taken while packets come in, and is a whole one of some moment.
#[test]
fn a_backup_of_a_busy_station_is_of_one_moment() {
    let (folder, store) = store();
    let store = std::sync::Arc::new(store);
    let busy = {
        let store = std::sync::Arc::clone(&store);
        std::thread::spawn(move || {
            for n in 0..80 {
                store.enqueue(&packet(&format!("p{n}"), &[n; 3_000])).unwrap();
            }
        })
    };
    let mut waiting = vec![];
    for n in 0..4 {
        let backup = folder.path().join(format!("backup-{n}"));
        made(folder.path(), &backup).unwrap();
        let data = folder.path().join(format!("data-{n}"));
        restore(&backup, &data).unwrap();
        let restored = StationStore::open(&data).unwrap();
        restored.swept().unwrap();
        let tally = restored.tally().unwrap();
        assert_eq!(tally.attention, 0);
        assert_eq!(restored.check_audit().unwrap(), Ok(u64::from(tally.waiting)));
        waiting.push(tally.waiting);
    }
    busy.join().unwrap();
    assert!(waiting.is_sorted(), "{waiting:?}");
    assert_eq!(store.tally().unwrap().waiting, 80);
}

#[test]
fn a_backup_that_was_altered_is_refused_and_nothing_is_made() {
    let (folder, _store, backup) = backed_up();
    let data = folder.path().join("restored");
    let spoil = |name: &str, with: &[u8]| {
        let path = backup.join(name);
        let before = fs::read(&path).unwrap();
        fs::write(&path, with).unwrap();
        let fault = restore(&backup, &data).unwrap_err();
        fs::write(&path, before).unwrap();
        assert!(!data.exists() && !folder.path().join("restored.part").exists());
        fault
    };
    let altered = |name: &str| BackupFault::Altered(name.to_string());
    assert_eq!(spoil("packets/p1.packet", b"p0"), altered("packets/p1.packet"));
    assert_eq!(
        spoil("station.sqlite", b"SQLite format 3"),
        altered("station.sqlite")
    );
    assert!(matches!(spoil("backup.json", b"{}"), BackupFault::NoBackup(..)));
    let index = fs::read_to_string(backup.join("backup.json")).unwrap();
    for (from, to) in [
        ("packets/p1.packet", "packets/../../p1.packet"),
        ("settings.toml", "/etc/settings.toml"),
        ("settings.toml", "lock"),
        ("settings.toml", "packets/p1.packet"),
        ("\"version\": 1", "\"version\": 2"),
        ("\"lacking\"", "\"surprise\": 1, \"lacking\""),
    ] {
        let fault = spoil("backup.json", index.replace(from, to).as_bytes());
        assert!(matches!(fault, BackupFault::NoBackup(..)), "{to}: {fault}");
    }
    fs::remove_file(backup.join("packets/p3.packet")).unwrap();
    assert_eq!(restore(&backup, &data), Err(altered("packets/p3.packet")));
}

#[test]
fn nothing_is_written_over() {
    let (folder, store, backup) = backed_up();
    drop(store);
    let data = folder.path();
    assert_eq!(made(data, &backup), Err(BackupFault::Exists(backup.clone())));
    assert_eq!(
        restore(&backup, data),
        Err(BackupFault::NotEmpty(data.to_path_buf()))
    );
    let cut = data.join("cut.part");
    fs::create_dir(&cut).unwrap();
    assert_eq!(
        made(data, &data.join("cut")),
        Err(BackupFault::Unfinished(cut.clone()))
    );
    assert!(matches!(
        restore(&cut, &data.join("new")),
        Err(BackupFault::NoBackup(..))
    ));
    let empty = tempfile::tempdir().unwrap();
    let fault = made(empty.path(), &empty.path().join("b")).unwrap_err();
    assert!(fault.is_usage() && matches!(fault, BackupFault::NothingThere(_)));
}

#[test]
fn a_damaged_packet_is_named_and_the_rest_is_kept() {
    let (folder, _store, _) = backed_up();
    fs::write(folder.path().join("packets/p1.packet"), b"p0").unwrap();
    let backup = folder.path().join("second");
    let index = made(folder.path(), &backup).unwrap();
    assert_eq!(index.lacking, ["p1"]);
    assert!(!backup.join("packets/p1.packet").exists());
    restore(&backup, &folder.path().join("again")).unwrap();
    let restored = StationStore::open(&folder.path().join("again")).unwrap();
    restored.swept().unwrap();
    let tally = restored.tally().unwrap();
    assert_eq!((tally.attention, tally.waiting), (1, 1));
}

#[test]
fn a_torn_database_makes_no_backup_and_a_newer_one_is_refused() {
    let (folder, store, backup) = backed_up();
    drop(store);
    let file = folder.path().join("station.sqlite");
    let connection = Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let refused = || made(folder.path(), &folder.path().join("b")).unwrap_err();
    let fault = refused();
    assert!(
        matches!(fault, BackupFault::Store(StoreFault::Newer { found: 99, .. })),
        "{fault}"
    );
    let connection = Connection::open(&file).unwrap();
    connection
        .pragma_update(None, "user_version", store::Database::VERSION)
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(&file).unwrap();
    bytes[4_096..].fill(0x5a);
    fs::write(&file, &bytes).unwrap();
    let fault = refused();
    assert!(matches!(fault, BackupFault::Torn(_)), "{fault}");
    assert!(!folder.path().join("b").exists() && !folder.path().join("b.part").exists());
    // The last good one still is.
    restore(&backup, &folder.path().join("new")).unwrap();
}

#[cfg(unix)]
#[test]
fn other_accounts_cannot_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _store, backup) = backed_up();
    restore(&backup, &folder.path().join("new")).unwrap();
    for top in [backup, folder.path().join("new")] {
        let inside = files(&top).into_iter().map(|name| top.join(name));
        for path in inside.chain([top.clone(), top.join("packets")]) {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
    }
}
