//! Mending: what it does, what it writes down, what it leaves alone.

use crate::common::*;
use domain::Moment;
use domain::port::Store;
use rusqlite::Connection;
use std::fs;

/// Lines of the audit trail that tell of mending.
fn lines(folder: &std::path::Path) -> Vec<(String, String)> {
    let connection = Connection::open(folder.join("station.sqlite")).unwrap();
    connection
        .prepare("SELECT what, subject FROM audit WHERE what LIKE 'mended%' ORDER BY seq")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn pair(what: &str, subject: &str) -> (String, String) {
    (what.to_string(), subject.to_string())
}

#[test]
fn damaged_packets_are_marked_once_and_arrived_ones_never() {
    let (folder, store) = store();
    for id in ["p1", "p2"] {
        store.enqueue(&packet(id, id.as_bytes())).unwrap();
    }
    store.acknowledge("p2", "{}", Moment(2_000)).unwrap();
    let all = ["p1", "p2", "nobody"].map(String::from);
    let line = event("mended_packet_marked", "");
    assert_eq!(store.mark_damaged(&all, &line).unwrap(), ["p1"]);
    assert!(store.mark_damaged(&all, &line).unwrap().is_empty());
    let tally = store.tally().unwrap();
    assert_eq!((tally.attention, tally.acknowledged), (1, 1));
    assert_eq!(lines(folder.path()), [pair("mended_packet_marked", "p1")]);
    assert!(store.check_audit().unwrap().is_ok());
}

#[test]
fn strange_files_are_moved_and_never_written_over() {
    let (folder, store) = store();
    store.enqueue(&packet("known", b"known")).unwrap();
    let file = |name: &str| folder.path().join("packets").join(name);
    let line = event("mended_file_set_aside", "");
    let aside = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        store.set_aside_unknown(&names, &line)
    };
    for content in [b"first", b"other"] {
        fs::write(file("stranger.packet"), content).unwrap();
        assert_eq!(aside(&["stranger", "known"]).unwrap(), ["stranger"]);
    }
    assert!(aside(&["absent"]).unwrap().is_empty());
    assert!(aside(&["../settings"]).is_err());
    assert_eq!(fs::read(file("unknown/stranger.packet")).unwrap(), b"first");
    assert_eq!(fs::read(file("unknown/stranger.2.packet")).unwrap(), b"other");
    assert_eq!(store.sealed("known").unwrap(), b"known");
    let told = pair("mended_file_set_aside", "stranger");
    assert_eq!(lines(folder.path()), [told.clone(), told]);
}

#[test]
fn the_log_is_written_into_the_database() {
    let (folder, store) = store();
    store.swept().unwrap();
    store.enqueue(&packet("p1", b"one")).unwrap();
    let log = folder.path().join("station.sqlite-wal");
    assert!(fs::metadata(&log).unwrap().len() > 0);
    assert!(store.checkpoint().unwrap().is_some());
    assert_eq!(fs::metadata(&log).unwrap().len(), 0);
    assert_eq!(store.tally().unwrap().waiting, 1);
}
