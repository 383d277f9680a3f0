//! `station backup` beside a running station, and `station restore`.

use crate::desk::{Desk, told};
use domain::Moment;
use domain::port::Store;
use std::time::Duration;
use store::StationStore;

#[test]
fn a_backup_of_a_running_station_is_restored() {
    let desk = Desk::new();
    let running = desk.store();
    let output = desk.run(&["backup", "copy"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(told(&output), "copy: 2 packets and 2 other files, 0 MB\n");
    // What arrives afterwards is due again in the copy: its id and bytes are the same.
    running.acknowledge("p1", "{signed}", Moment(3_000)).unwrap();
    let output = desk.on("new", &["restore", "copy"]);
    assert!(output.status.success(), "{output:?}");
    let restored = StationStore::open(&desk.path("new")).unwrap();
    restored.swept().unwrap();
    let next = restored
        .next_to_send(Moment(9_000), Duration::from_secs(600))
        .unwrap();
    let next = next.unwrap();
    assert_eq!(next.packet, "p1");
    assert_eq!(restored.sealed("p1").unwrap(), b"p1");
    drop(restored);
    let output = desk.on("new", &["doctor", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    for code in ["database_sound", "audit_whole", "packets_whole", "files_known"] {
        assert!(findings.iter().any(|f| f["code"] == code), "{code}: {report:#}");
    }
}

#[test]
fn faults_are_told_with_a_remedy() {
    let desk = Desk::new();
    assert!(desk.run(&["backup", "copy"]).status.success());
    for (data, words, code, said) in [
        ("data", ["backup", "copy"], 2, "backup_exists"),
        ("nothing", ["backup", "other"], 2, "backup_nothing_there"),
        ("data", ["restore", "copy"], 2, "backup_data_not_empty"),
        ("new", ["restore", "data"], 1, "backup_none"),
    ] {
        let output = desk.on(data, &words);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{words:?}: {text}");
        assert!(
            text.contains(said) && text.lines().count() == 2,
            "{words:?}: {text}"
        );
    }
    desk.put("copy/packets/p1.packet", "p9");
    let output = desk.on("new", &["restore", "copy"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!desk.path("new").exists());
}
