//! Packets in the queue and in their folder.

use crate::common::*;
use domain::Moment;
use domain::port::{Store, StoreFault};
use domain::queue::QueueState;
use store::StationStore;

#[test]
fn a_packet_goes_from_waiting_to_acknowledged() {
    let (folder, store) = store();
    let one = packet("p1", b"sealed");
    store.enqueue(&one).unwrap();
    store.enqueue(&one).unwrap();
    assert_eq!(
        store.queue(9).unwrap().len(),
        1,
        "the same packet again is the same packet"
    );
    assert!(store.enqueue(&packet("p1", b"other")).is_err());
    assert!(store.enqueue(&packet("../p2", b"other")).is_err());
    let mut wrong = packet("p3", b"x");
    wrong.sha256 = hash(b"y");
    assert!(store.enqueue(&wrong).is_err());
    assert!(
        store
            .enqueue(&domain::port::NewPacket {
                enrolment: "none".into(),
                ..packet("p4", b"x")
            })
            .is_err()
    );
    assert_eq!(
        std::fs::read_dir(folder.path().join("packets")).unwrap().count(),
        1
    );

    store.begin_sending("p1", Moment(2_000)).unwrap();
    store.keep_upload("p1", Some("https://c.invalid/u/1"), 3).unwrap();
    store
        .fail("p1", "central_unreachable", Some(Moment(9_000)), Moment(8_500))
        .unwrap();
    assert_eq!(store.next_to_send(Moment(8_999), LONGEST_PAUSE).unwrap(), None);
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let entry = store.next_to_send(Moment(9_000), LONGEST_PAUSE).unwrap().unwrap();
    assert_eq!(
        (entry.attempts, entry.confirmed_bytes, entry.state),
        (1, 3, QueueState::Waiting)
    );
    assert_eq!(entry.upload_url.as_deref(), Some("https://c.invalid/u/1"));
    assert_eq!(entry.last_fault.as_deref(), Some("central_unreachable"));
    store.begin_sending("p1", Moment(9_000)).unwrap();
    assert_eq!(store.tally().unwrap().sending, 1);
    assert_eq!(
        store
            .next_to_send(Moment(9_000), LONGEST_PAUSE)
            .unwrap()
            .unwrap()
            .packet,
        "p1",
        "a crash goes on"
    );
    assert_eq!(store.sealed("p1").unwrap(), b"sealed");
    store.fail("p1", "central_mismatch", None, Moment(1_500)).unwrap();
    assert_eq!(store.tally().unwrap().attention, 1);
    assert_eq!(store.next_to_send(Moment(i64::MAX), LONGEST_PAUSE).unwrap(), None);
    store.retry(Some("p1"), Moment(10_000)).unwrap();
    store.begin_sending("p1", Moment(10_000)).unwrap();
    store.acknowledge("p1", "{signed}", Moment(11_000)).unwrap();
    store.fail("p1", "late", None, Moment(1_500)).unwrap();
    let tally = store.tally().unwrap();
    assert_eq!(
        (tally.acknowledged, tally.attention, tally.last_acknowledged),
        (1, 0, Some(Moment(11_000)))
    );
    assert!(store.begin_sending("p1", Moment(12_000)).is_err());
    assert!(store.acknowledge("none", "x", Moment(0)).is_err());
    store.pause(true).unwrap();
    drop(store);
    assert!(StationStore::open(folder.path()).unwrap().tally().unwrap().paused);
}

#[test]
fn a_clock_set_back_does_not_hold_packets() {
    let (_folder, store) = store();
    let month = 30 * 24 * 3_600_000;
    let ahead = Moment(1_000 + month);
    for id in ["stored", "failed", "crashed"] {
        store
            .enqueue(&domain::port::NewPacket {
                at: ahead,
                ..packet(id, id.as_bytes())
            })
            .unwrap();
    }
    store.begin_sending("failed", ahead).unwrap();
    store
        .fail("failed", "central_unreachable", Some(ahead.plus(2_000)), ahead)
        .unwrap();
    store.begin_sending("crashed", ahead).unwrap();
    // Corrected: each is due, and its next pause is an ordinary one again.
    let now = Moment(1_000);
    let mut due = vec![];
    while let Some(entry) = store.next_to_send(now, LONGEST_PAUSE).unwrap() {
        store.begin_sending(&entry.packet, now).unwrap();
        let again = Some(now.plus(600_000));
        store
            .fail(&entry.packet, "central_unreachable", again, Moment(1_500))
            .unwrap();
        due.push(entry.packet);
    }
    assert_eq!(due, ["stored", "failed", "crashed"]);
    let next = |at| store.next_to_send(Moment(at), LONGEST_PAUSE).unwrap();
    assert_eq!(
        (next(600_999), next(601_000).map(|e| e.packet)),
        (None, Some("stored".to_string()))
    );
}

#[test]
fn a_damaged_packet_is_named_and_the_others_go_on() {
    let (folder, store) = store();
    for (id, bytes) in [("p1", b"one"), ("p2", b"two"), ("p3", b"thr")] {
        store.enqueue(&packet(id, bytes)).unwrap();
    }
    let file = |id: &str| folder.path().join(format!("packets/{id}.packet"));
    drop(store);
    std::fs::write(file("p1"), b"cut-off-and-other").unwrap();
    std::fs::write(file("p2"), b"tw0").unwrap();
    std::fs::write(folder.path().join("packets/p9.part"), b"half").unwrap();
    std::fs::write(file("p8"), b"nobody was promised this").unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    assert!(!folder.path().join("packets/p9.part").exists() && file("p8").exists());
    assert_eq!(store.sealed("p2"), Err(StoreFault::PacketDamaged("p2".into())));
    let trouble: Vec<_> = store
        .queue(2)
        .unwrap()
        .into_iter()
        .map(|e| (e.packet, e.last_fault))
        .collect();
    let code = Some("packet_damaged".to_string());
    assert_eq!(
        trouble,
        [("p2".to_string(), code.clone()), ("p1".to_string(), code)]
    );
    assert_eq!(
        store
            .next_to_send(Moment(1_000), LONGEST_PAUSE)
            .unwrap()
            .unwrap()
            .packet,
        "p3"
    );
    assert_eq!(
        store.queue(9).unwrap().len(),
        3,
        "a file without a row is not in the queue"
    );
}
