//! What goes wrong around the store: crashes, a full disk, a read-only folder, a second instance.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod common;

use common::*;
use domain::port::{Store, StoreFault, Till};
use rusqlite::Connection;
use store::{Database, StationStore};

#[test]
fn a_second_instance_is_refused_until_the_first_ends() {
    let (folder, store) = store();
    assert_eq!(StationStore::open(folder.path()).err(), Some(StoreFault::InUse));
    drop(store);
    assert!(StationStore::open(folder.path()).is_ok());
}

#[test]
fn a_newer_database_is_refused_and_untouched() {
    let (folder, store) = store();
    drop(store);
    let file = folder.path().join("station.sqlite");
    let connection = Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.close().unwrap();
    let before = std::fs::read(&file).unwrap();
    let known = Database::VERSION;
    assert_eq!(
        StationStore::open(folder.path()).err(),
        Some(StoreFault::Newer { found: 99, known })
    );
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_changed_or_cut_audit_trail_is_noticed() {
    let (folder, store) = store();
    for what in ["signed_in", "consent_given", "identity_verified"] {
        store.audit(&event(what, "s1:1")).unwrap();
    }
    assert_eq!(store.check_audit().unwrap(), Ok(3));
    let connection = Connection::open(folder.path().join("station.sqlite")).unwrap();
    for sql in ["UPDATE audit SET what = 'x'", "DELETE FROM audit"] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
    connection
        .execute_batch("DROP TRIGGER audit_is_not_changed")
        .unwrap();
    connection
        .execute("UPDATE audit SET subject = 's1:2' WHERE seq = 2", [])
        .unwrap();
    assert_eq!(store.check_audit().unwrap(), Err(2));
    connection
        .execute("UPDATE audit SET subject = 's1:1' WHERE seq = 2", [])
        .unwrap();
    assert_eq!(store.check_audit().unwrap(), Ok(3));
    connection
        .execute_batch("DROP TRIGGER audit_is_not_shortened; DELETE FROM audit WHERE seq = 1")
        .unwrap();
    assert_eq!(store.check_audit().unwrap(), Err(1));
}

#[test]
fn a_fee_and_its_audit_line_are_kept_together_or_not_at_all() {
    let (folder, store) = store();
    let mut held = packet("p1", b"one");
    held.held_for = Some("o1".into());
    store.enqueue(&held).unwrap();
    let fee = paid("o1");
    let keep = || store.keep_settled_fee("s1:1", &fee, &event("order_settled", "o1"));
    let kept = || {
        let settled = store.standing("s1:1").unwrap().settled.is_some();
        let held = store.tally().unwrap().held;
        (settled, held, store.check_audit().unwrap())
    };
    let other = Connection::open(folder.path().join("station.sqlite")).unwrap();
    // Each of the three writes fails once, with the ones before it done.
    for write in ["INSERT ON settled_fee", "INSERT ON audit", "UPDATE ON packet"] {
        let trigger =
            format!("CREATE TRIGGER broken BEFORE {write} BEGIN SELECT RAISE(ABORT, 'broken'); END");
        other.execute_batch(&trigger).unwrap();
        assert!(keep().is_err(), "{write}");
        assert_eq!(kept(), (false, 1, Ok(1)), "{write}");
        other.execute_batch("DROP TRIGGER broken").unwrap();
    }
    keep().unwrap();
    assert_eq!(kept(), (true, 0, Ok(2)));
}

#[test]
fn a_damaged_database_is_a_fault_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("station.sqlite"), vec![7; 9_000]).unwrap();
    assert!(matches!(
        StationStore::open(folder.path()),
        Err(StoreFault::Failed(_))
    ));
}

/// Killed while SQLite itself was writing: what it has to take back first is no reason to call the folder read-only.
#[test]
fn a_transaction_that_a_crash_left_half_written_is_taken_back() {
    let before = tempfile::tempdir().unwrap();
    let writer = Connection::open(before.path().join("station.sqlite")).unwrap();
    writer
        .execute_batch("PRAGMA cache_size = 2; CREATE TABLE half (x); BEGIN; INSERT INTO half VALUES (1);")
        .unwrap();
    for _ in 0..200 {
        writer
            .execute("INSERT INTO half VALUES (randomblob(2000))", [])
            .unwrap();
    }
    // What a kill leaves at this moment.
    let folder = tempfile::tempdir().unwrap();
    for name in ["station.sqlite", "station.sqlite-journal"] {
        std::fs::copy(before.path().join(name), folder.path().join(name)).unwrap();
    }
    let store = StationStore::open(folder.path()).unwrap();
    store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
    store.enqueue(&packet("p1", b"one")).unwrap();
    drop(store);
    let after = Connection::open(folder.path().join("station.sqlite")).unwrap();
    let rows = after.query_row("SELECT count(*) FROM half", [], |row| row.get(0));
    assert_eq!(rows, Ok(0), "taken back");
}

#[cfg(unix)]
mod killed {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    const CHILD: &str = "STORE_TEST_ENQUEUE_IN";

    /// Contents that belong to an id, 40 kB each, so that a kill falls into every step.
    fn contents(id: &str) -> Vec<u8> {
        id.bytes().cycle().take(40_000).collect()
    }

    /// Runs in the child only: enqueues until it is killed.
    #[test]
    fn enqueue_until_killed() {
        let Ok(folder) = std::env::var(CHILD) else { return };
        let store = StationStore::open(folder.as_ref()).unwrap();
        for n in 0.. {
            let id = format!("{}-{n}", std::process::id());
            store.enqueue(&packet(&id, &contents(&id))).unwrap();
            println!("\ndone {id}");
        }
    }

    #[test]
    fn what_was_promised_survives_a_kill_at_any_moment() {
        let (folder, store) = store();
        drop(store);
        let mut promised = Vec::new();
        for round in 0..20u32 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "killed::enqueue_until_killed",
                    "--nocapture",
                    "--test-threads=1",
                ])
                .env(CHILD, folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // Killed between 1 and 60 ms after its first packet, at moments that differ in every round.
            let wait = Duration::from_micros(1_000 + u64::from(round.wrapping_mul(2_654_435_761) % 60_000));
            let mut deadline = None;
            for line in lines {
                let line = line.unwrap_or_default();
                if let Some(id) = line.strip_prefix("done ") {
                    promised.push(id.to_string());
                    deadline.get_or_insert_with(|| {
                        let pid = child.id();
                        std::thread::spawn(move || {
                            std::thread::sleep(wait);
                            let killed = Command::new("kill").args(["-9", &pid.to_string()]).status();
                            assert!(killed.unwrap().success());
                        });
                        Instant::now()
                    });
                }
            }
            assert!(
                !child.wait().unwrap().success(),
                "the child was killed and did not end by itself"
            );
        }
        let store = StationStore::open(folder.path()).unwrap();
        store.swept().unwrap();
        let queue = store.queue(u32::MAX).unwrap();
        let ids: std::collections::HashSet<_> = queue.iter().map(|e| e.packet.clone()).collect();
        assert_eq!(ids.len(), queue.len(), "none doubled");
        assert!(promised.len() >= 20 && promised.iter().all(|id| ids.contains(id)));
        for id in &ids {
            assert_eq!(store.sealed(id).unwrap(), contents(id), "{id}");
        }
        assert_eq!(store.check_audit().unwrap(), Ok(ids.len() as u64));
        println!("{} promised, {} kept, 20 kills", promised.len(), ids.len());
    }
}

/// What an `Ok` costs, beside the least it could cost. Printed, with a wide bound.
#[test]
fn enqueue_costs_little_more_than_the_disk() {
    use std::io::Write;
    let (folder, store) = store();
    let contents = vec![5; 3_000_000];
    let p95 = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() * 95 / 100]
    };
    let timed = |work: &dyn Fn(usize)| {
        p95((0..20)
            .map(|n| {
                let started = std::time::Instant::now();
                work(n);
                started.elapsed().as_secs_f64() * 1e3
            })
            .collect())
    };
    let packets: Vec<_> = (0..20).map(|n| packet(&format!("p{n}"), &contents)).collect();
    let enqueue = timed(&|n| store.enqueue(&packets[n]).unwrap());
    let plain = timed(&|n| {
        let mut file = std::fs::File::create(folder.path().join(format!("plain{n}"))).unwrap();
        file.write_all(&contents).unwrap();
        file.sync_all().unwrap();
    });
    println!("3 MB: enqueue p95 {enqueue:.1} ms, write and fsync p95 {plain:.1} ms");
    assert!(enqueue < 2_000.0, "{enqueue} ms");
}
