//! Facts about a data folder, gathered without changing it.

use crate::common::*;
use domain::Moment;
use domain::port::Store;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use store::StationStore;
use store::inspect::{Inspection, PacketHealth, Soundness, in_use};

#[test]
fn a_running_station_is_looked_at_and_not_held_up() {
    let (folder, store) = store();
    assert!(in_use(folder.path()));
    store.enqueue(&packet("p1", b"one")).unwrap();
    let inspection = Inspection::open(folder.path()).unwrap();
    assert_eq!(inspection.soundness(), Soundness::Sound);
    assert!(inspection.dangling().unwrap().is_empty());
    assert_eq!(inspection.audit().unwrap(), Ok(1));
    assert_eq!(inspection.last_line().unwrap(), Some(Moment(1_000)));
    store.enqueue(&packet("p2", b"two")).unwrap();
    let both = PacketHealth {
        whole: 2,
        ..PacketHealth::default()
    };
    assert_eq!(inspection.packets(&mut |_, _| {}).unwrap(), both);
    drop(store);
    assert!(!in_use(folder.path()));
    assert!(!in_use(Path::new("/nowhere/at/all")));
}

#[test]
fn packets_and_files_are_held_against_each_other() {
    let (folder, store) = store();
    for id in ["whole", "flipped", "cut", "gone", "arrived"] {
        store.enqueue(&packet(id, id.as_bytes())).unwrap();
    }
    store.acknowledge("arrived", "{}", Moment(2_000)).unwrap();
    let file = |name: &str| folder.path().join("packets").join(name);
    fs::write(file("flipped.packet"), b"fliqped").unwrap();
    fs::write(file("cut.packet"), b"c").unwrap();
    fs::remove_file(file("gone.packet")).unwrap();
    fs::remove_file(file("arrived.packet")).unwrap();
    fs::write(file("stranger.packet"), b"x").unwrap();
    fs::write(file("half.part"), b"x").unwrap();
    let before = fs::read(folder.path().join("station.sqlite")).unwrap();
    let inspection = Inspection::open(folder.path()).unwrap();
    let mut words = vec![];
    let found = inspection
        .packets(&mut |done, of| words.push((done, of)))
        .unwrap();
    assert_eq!(
        found,
        PacketHealth {
            whole: 1,
            missing: vec!["gone".into()],
            damaged: vec!["flipped".into(), "cut".into()],
            unknown: vec!["stranger".into()],
            unfinished: vec!["half".into()],
        }
    );
    assert_eq!(words, [(0, 5), (5, 5)]);
    assert_eq!(fs::read(folder.path().join("station.sqlite")).unwrap(), before);
    assert!(file("half.part").exists() && store.tally().unwrap().attention == 0);
}

/// Changes what an index is said to hold.
fn said(file: &Path, sql: &str) {
    let connection = Connection::open(file).unwrap();
    let change = format!(
        "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = {sql} WHERE name = 'enrolment_state'"
    );
    connection.execute_batch(&change).unwrap();
}

#[test]
fn a_torn_table_is_told_from_a_torn_index() {
    let (folder, store) = store();
    let rows: Vec<_> = (2..400).map(|n| person(&format!("s1:{n}"), "曾小贤")).collect();
    store.merge_roster(SESSION, &rows).unwrap();
    drop(store);
    let file = folder.path().join("station.sqlite");
    // An index without its rows: what a lost write of its pages leaves.
    let partly = "' WHERE state <> ''to_capture'''";
    said(&file, &format!("sql || {partly}"));
    Connection::open(&file)
        .unwrap()
        .execute_batch("REINDEX enrolment_state")
        .unwrap();
    said(&file, &format!("replace(sql, {partly}, '')"));
    let look = || Inspection::open(folder.path()).unwrap().soundness();
    let found = look();
    assert!(
        matches!(&found, Soundness::Indexes(lines) if !lines.is_empty()),
        "{found:?}"
    );
    let store = StationStore::open(folder.path()).unwrap();
    store.reindex(&event("mended", "indexes")).unwrap();
    drop(store);
    assert_eq!(look(), Soundness::Sound);
    // A page in the middle of the file.
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0x5a);
    fs::write(&file, &bytes).unwrap();
    let found = look();
    assert!(matches!(found, Soundness::Torn(_)), "{found:?}");
}

#[test]
fn rows_that_refer_to_nothing_are_counted() {
    let (folder, store) = store();
    store.enqueue(&packet("p1", b"one")).unwrap();
    let connection = Connection::open(folder.path().join("station.sqlite")).unwrap();
    connection
        .execute_batch("PRAGMA foreign_keys = off; DELETE FROM enrolment")
        .unwrap();
    assert_eq!(
        Inspection::open(folder.path()).unwrap().dangling().unwrap(),
        ["packet: 1"]
    );
}
