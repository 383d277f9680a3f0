//! `station doctor`: what it finds, what it mends, what it never touches.

use crate::desk::Desk;
use domain::port::Store;
use serde_json::Value;
use std::process::Output;

/// Codes of a report by what became of them: as they are, or with `mended ` in front.
fn codes(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"));
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|f| {
            assert!(!f["sentence"].as_str().unwrap().is_empty());
            assert_eq!(f["remedy"] == "", f["level"] == "well", "{f}");
            let mended = if f["mended"] == true { "mended " } else { "" };
            format!("{mended}{}", f["code"].as_str().unwrap())
        })
        .collect()
}

fn has(output: &Output, code: &str) -> bool {
    codes(output).iter().any(|c| c == code)
}

#[test]
fn what_is_lost_and_what_is_left_is_found_and_mended() {
    let desk = Desk::new();
    std::fs::remove_file(desk.path("data/packets/p1.packet")).unwrap();
    desk.put("data/packets/p3.packet", "pp");
    desk.put("data/packets/stray.packet", "stray");
    desk.put("data/packets/half.part", "half");
    let looked = desk.run(&["doctor", "--json"]);
    assert_eq!(looked.status.code(), Some(1), "{looked:?}");
    let all = [
        "packet_missing",
        "packet_damaged",
        "files_unknown",
        "files_unfinished",
    ];
    for code in all.into_iter().chain([
        "database_sound",
        "audit_whole",
        "server_none",
        "clock_not_compared",
    ]) {
        assert!(has(&looked, code), "{code}: {:?}", codes(&looked));
    }
    assert!(desk.path("data/packets/half.part").exists(), "it only looked");
    let mended = desk.run(&["doctor", "--mend", "--json"]);
    for code in all {
        assert!(
            has(&mended, &format!("mended {code}")),
            "{code}: {:?}",
            codes(&mended)
        );
    }
    assert!(!desk.path("data/packets/half.part").exists());
    assert_eq!(
        std::fs::read(desk.path("data/packets/unknown/stray.packet")).unwrap(),
        b"stray"
    );
    let store = desk.store();
    assert_eq!(store.tally().unwrap().attention, 2);
    // Three were stored, two marked, one moved, one removed: each has its line.
    assert_eq!(store.check_audit().unwrap(), Ok(3 + 4));
    drop(store);
    let text = String::from_utf8_lossy(&desk.run(&["doctor"]).stdout).into_owned();
    assert!(
        text.contains("TROUBLE packets   1: files of waiting packets are not there (packet_missing)"),
        "{text}"
    );
    assert!(text.contains("- p1") && !text.contains("stray"), "{text}");
}

#[test]
fn beside_a_running_station_it_only_looks() {
    let desk = Desk::new();
    let running = desk.store();
    running.swept().unwrap();
    std::fs::remove_file(desk.path("data/packets/p1.packet")).unwrap();
    desk.put("data/packets/stray.packet", "stray");
    let output = desk.run(&["doctor", "--mend", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["running"], true);
    assert!(has(&output, "packet_missing") && has(&output, "files_unknown") && has(&output, "camera_in_use"));
    assert!(desk.path("data/packets/stray.packet").exists());
    assert_eq!(running.tally().unwrap().attention, 0);
}

#[test]
fn a_torn_database_is_left_exactly_as_it_is() {
    let desk = Desk::new();
    let file = desk.path("data/station.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[8_192..20_480].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    desk.put("data/packets/half.part", "half");
    let output = desk.run(&["doctor", "--mend", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(has(&output, "database_torn"), "{:?}", codes(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("station restore"));
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    assert!(desk.path("data/packets/half.part").exists());
}

#[test]
fn a_changed_audit_trail_is_named() {
    let desk = Desk::new();
    let file = desk.path("data/station.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    let change = "DROP TRIGGER audit_is_not_changed; UPDATE audit SET operator = 'x' WHERE seq = 2";
    connection.execute_batch(change).unwrap();
    drop(connection);
    let output = desk.run(&["doctor", "--mend", "--json"]);
    assert!(has(&output, "audit_broken"), "{:?}", codes(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("from line 2 on"));
}

#[test]
fn where_nothing_is_there_is_nothing_to_look_at() {
    let desk = Desk::new();
    assert_eq!(desk.on("absent", &["doctor"]).status.code(), Some(2));
    assert_eq!(desk.run(&["doctor", "--surprise"]).status.code(), Some(2));
    std::fs::create_dir(desk.path("empty")).unwrap();
    let output = desk.on("empty", &["doctor", "--mend", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(has(&output, "database_missing"), "{:?}", codes(&output));
    assert_eq!(
        std::fs::read_dir(desk.path("empty")).unwrap().count(),
        0,
        "nothing is made"
    );
}
