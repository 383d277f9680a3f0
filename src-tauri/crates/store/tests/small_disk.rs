//! A disk of its own under the store: small, full, read-only.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod common;

use common::*;
use domain::Moment;
use domain::port::{Store, StoreFault};
use store::StationStore;

/// These need a mount of their own, in a namespace of their own, and so the rights of root.
#[cfg(target_os = "linux")]
mod mounted {
    use super::*;
    use std::path::Path;
    use std::process::Command;

    const CHILD: &str = "STORE_TEST_MOUNT";

    fn in_namespace(test: &str, script: &str) {
        let folder = tempfile::tempdir().unwrap();
        let exe = std::env::current_exe().unwrap();
        let script = format!("set -e; mount -t tmpfs -o size=6m,mode=755 none \"$1\"; {script}");
        let run = format!("{script}; exec \"$0\" --exact mounted::{test} --nocapture --test-threads=1");
        // Root needs no user namespace, and some containers grant it none.
        let id = Command::new("id").arg("-u").output().unwrap();
        let own_user: &[&str] = if id.stdout == b"0\n" {
            &[]
        } else {
            &["--map-root-user"]
        };
        // The root of a chroot need not be a mount, and then nobody can say how it propagates.
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
        let rooted = mounts.lines().any(|line| line.split(' ').nth(4) == Some("/"));
        let propagation: &[&str] = if rooted {
            &[]
        } else {
            &["--propagation", "unchanged"]
        };
        let output = Command::new("unshare")
            .arg("--mount")
            .args(propagation)
            .args(own_user)
            .args(["sh", "-c", &run])
            .arg(&exe)
            .arg(folder.path())
            .env(CHILD, folder.path())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}{said}"
        );
    }

    #[test]
    fn on_a_full_disk() {
        let Ok(folder) = std::env::var(CHILD) else {
            return in_namespace("on_a_full_disk", "true");
        };
        let folder = Path::new(&folder);
        let store = StationStore::open(folder).unwrap();
        store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
        let contents = vec![1; 1_000_000];
        let mut kept = 0;
        let fault = loop {
            match store.enqueue(&packet(&format!("p{kept}"), &contents)) {
                Ok(()) => kept += 1,
                Err(fault) => break fault,
            }
        };
        assert!(kept >= 3 && fault == StoreFault::Full, "{kept} {fault:?}");
        // The file fits, its row does not: the database's own writes find the disk full.
        let filler = folder.join("filler");
        let room = std::iter::repeat_n(0u8, 6_000_000).collect::<Vec<_>>();
        let _until_full = std::fs::write(&filler, &room);
        let refused = (0..10_000).find_map(|n| {
            store
                .audit(&event("note", &format!("{n} {}", "x".repeat(500))))
                .err()
        });
        assert_eq!(refused, Some(StoreFault::Full));
        let mut small = packet("small", b"s");
        small.audit.detail = "x".repeat(20_000);
        assert_eq!(store.enqueue(&small), Err(StoreFault::Full));
        assert_eq!(store.queue(99).unwrap().len(), kept);
        for n in 0..kept {
            assert_eq!(store.sealed(&format!("p{n}")).unwrap(), contents);
        }
        // Room again: the same packet goes through, after a restart as well.
        std::fs::remove_file(&filler).unwrap();
        store.enqueue(&small).unwrap();
        drop(store);
        let store = StationStore::open(folder).unwrap();
        store.swept().unwrap();
        assert_eq!(
            (store.queue(99).unwrap().len(), store.tally().unwrap().attention),
            (kept + 1, 0)
        );
        assert!(store.check_audit().unwrap().is_ok());
    }

    /// Room for no page, one, two and so on, until all of a packet fits: every write in turn finds the disk full.
    #[test]
    fn with_room_for_so_many_pages() {
        const PAGE: u64 = 4096;
        let Ok(folder) = std::env::var(CHILD) else {
            return in_namespace("with_room_for_so_many_pages", "true");
        };
        let folder = Path::new(&folder);
        let store = StationStore::open(folder).unwrap();
        store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
        let filler = folder.join("filler");
        let contents = |pages: u64| vec![pages as u8; 20_000];
        let (mut refused, mut fitted, mut pages) = (0, 0, 0);
        while fitted < 3 {
            let room = vec![0; 6_000_000];
            let _until_full = std::fs::write(&filler, &room);
            let file = std::fs::File::options().write(true).open(&filler).unwrap();
            file.set_len(file.metadata().unwrap().len().next_multiple_of(PAGE) - pages * PAGE)
                .unwrap();
            drop(file);
            let id = format!("p{pages}");
            let new = packet(&id, &contents(pages));
            let first = store.enqueue(&new);
            let known = store.queue(999).unwrap().iter().any(|entry| entry.packet == id);
            let names: Vec<_> = std::fs::read_dir(folder.join("packets"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            assert!(names.iter().all(|name| name.ends_with(".packet")), "{names:?}");
            assert_eq!(
                names.contains(&format!("{id}.packet")),
                known,
                "half a state with {pages} pages"
            );
            match first {
                Ok(()) => fitted += 1,
                Err(fault) => {
                    assert_eq!((fault, known), (StoreFault::Full, false), "{pages} pages");
                    refused += 1;
                }
            }
            std::fs::remove_file(&filler).unwrap();
            store.enqueue(&new).unwrap();
            pages += 1;
        }
        println!(
            "refused with {refused} different amounts of room, up to {} pages",
            pages - 1
        );
        assert!(refused >= 8, "{refused}");
        drop(store);
        let store = StationStore::open(folder).unwrap();
        assert_eq!(store.queue(999).unwrap().len() as u64, pages);
        for n in 0..pages {
            assert_eq!(store.sealed(&format!("p{n}")).unwrap(), contents(n));
        }
        assert_eq!(store.check_audit().unwrap(), Ok(pages));
    }

    #[test]
    fn in_a_read_only_folder() {
        let Ok(folder) = std::env::var(CHILD) else {
            return in_namespace("in_a_read_only_folder", "true");
        };
        let remount = |how: &str| {
            let done = Command::new("mount").args(["-o", how, &folder]).status().unwrap();
            assert!(done.success());
        };
        let at = Path::new(&folder);
        let store = StationStore::open(at).unwrap();
        store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
        store.enqueue(&packet("p1", b"one")).unwrap();
        drop(store);
        remount("remount,ro");
        assert_eq!(StationStore::open(at).err(), Some(StoreFault::ReadOnly));
        let missing = at.join("deeper");
        assert_eq!(StationStore::open(&missing).err(), Some(StoreFault::ReadOnly));
        remount("remount,rw");
        let store = StationStore::open(at).unwrap();
        assert_eq!(
            store
                .next_to_send(Moment(1_000), LONGEST_PAUSE)
                .unwrap()
                .unwrap()
                .packet,
            "p1"
        );
    }

    #[test]
    fn on_a_full_disk_from_the_start() {
        let script = "head -c 7000000 /dev/zero > \"$1/filler\" 2>/dev/null || true";
        let Ok(folder) = std::env::var(CHILD) else {
            return in_namespace("on_a_full_disk_from_the_start", script);
        };
        assert_eq!(
            StationStore::open(Path::new(&folder)).err(),
            Some(StoreFault::Full)
        );
    }
}
