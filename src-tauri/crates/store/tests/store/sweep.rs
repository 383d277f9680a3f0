//! The packet folder held against the queue after an opening, while the store is already in use.

use crate::common::*;
use domain::port::Store;
use rusqlite::Connection;
use std::path::Path;
use store::StationStore;

/// Adds `count` waiting packets of eight bytes, with files, past the store: it would fsync each.
fn fill(folder: &Path, count: usize) {
    let mut connection = Connection::open(folder.join("station.sqlite")).unwrap();
    let transaction = connection.transaction().unwrap();
    for n in 0..count {
        let id = format!("bulk-{n:06}");
        let insert =
            "INSERT INTO packet (id, enrolment, session, state, sha256, size, stored_at, next_attempt_at)
             VALUES (?1, 's1:1', 's1', 'waiting', ?2, 8, 1, 1)";
        transaction.execute(insert, (&id, hash(b"contents"))).unwrap();
        std::fs::write(folder.join(format!("packets/{id}.packet")), b"contents").unwrap();
    }
    transaction.commit().unwrap();
}

#[test]
fn a_lost_and_a_cut_file_among_many_are_found() {
    let (folder, store) = store();
    drop(store);
    fill(folder.path(), 1_500);
    std::fs::remove_file(folder.path().join("packets/bulk-000003.packet")).unwrap();
    std::fs::write(folder.path().join("packets/bulk-001499.packet"), b"cont").unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    store.swept().unwrap();
    let tally = store.tally().unwrap();
    assert_eq!((tally.waiting, tally.attention), (1_498, 2));
    let named: Vec<_> = store.queue(2).unwrap().into_iter().map(|e| e.packet).collect();
    assert_eq!(named, ["bulk-001499", "bulk-000003"]);
}

/// A packet's file is there before its row, and its `.part` before that: neither is taken for a stray one.
#[test]
fn packets_that_come_in_during_the_sweep_are_left_alone() {
    let (folder, store) = store();
    drop(store);
    fill(folder.path(), 1_500);
    for n in 0..200 {
        std::fs::write(folder.path().join(format!("packets/left-{n}.part")), b"half").unwrap();
    }
    let store = StationStore::open(folder.path()).unwrap();
    for n in 0..60 {
        let id = format!("new-{n}");
        store.enqueue(&packet(&id, &vec![n; 50_000])).unwrap();
    }
    store.swept().unwrap();
    for n in 0..60 {
        assert_eq!(store.sealed(&format!("new-{n}")).unwrap(), vec![n; 50_000]);
    }
    assert_eq!(store.tally().unwrap().waiting, 1_560);
    let parts = std::fs::read_dir(folder.path().join("packets"))
        .unwrap()
        .filter(|e| {
            e.as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|x| x == "part")
        })
        .count();
    assert_eq!(parts, 0);
}

#[test]
fn a_store_closed_in_mid_sweep_is_free_at_once() {
    let (folder, store) = store();
    drop(store);
    fill(folder.path(), 3_000);
    std::fs::remove_file(folder.path().join("packets/bulk-002999.packet")).unwrap();
    for _ in 0..20 {
        drop(StationStore::open(folder.path()).unwrap());
    }
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    assert_eq!(store.tally().unwrap().attention, 1);
}

/// The folder is made again, empty, and every packet in it is missed.
#[test]
fn a_lost_folder_is_missed_packet_by_packet() {
    let (folder, store) = store();
    drop(store);
    fill(folder.path(), 300);
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    std::fs::remove_dir_all(folder.path().join("packets")).unwrap();
    assert!(store.sealed("bulk-000000").is_err());
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    assert_eq!(store.tally().unwrap().attention, 300);
}

#[test]
fn counting_a_long_queue_reads_indexes_only() {
    let (folder, store) = store();
    drop(store);
    let connection = Connection::open(folder.path().join("station.sqlite")).unwrap();
    for sql in [
        "SELECT state, count(*) FROM packet GROUP BY state",
        "SELECT count(*) FROM enrolment WHERE state = 'retake'",
        "SELECT max(acknowledged_at) FROM packet",
    ] {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement
            .query_map([], |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(
            plan.iter().all(|step| step.contains("COVERING INDEX")),
            "{sql}: {plan:?}"
        );
    }
}
