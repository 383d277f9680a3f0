//! Packets that a supervisor took back, and files whose time is over.

use crate::common::*;
use domain::Moment;
use domain::enrolment::EnrolmentState;
use domain::port::{NewPacket, Store, Till};
use domain::queue::{QueueState, ReviewState, Withdrawal};

fn withdrawal() -> Withdrawal {
    Withdrawal {
        reason: "拍错了人，已重新排队".into(),
        by: "lizhuren".into(),
        at: Moment(3_000),
    }
}

#[test]
fn a_packet_that_is_taken_back_is_sent_no_more_and_keeps_its_history() {
    let (_folder, store) = store();
    store.enqueue(&packet("p1", b"one")).unwrap();
    store
        .keep_settled_fee("s1:1", &paid("o1"), &event("fee_settled", "s1:1"))
        .unwrap();
    store
        .withdraw("p1", &withdrawal(), &event("packet_withdrawn", "p1"))
        .unwrap();
    assert_eq!(store.next_to_send(Moment(9_000), LONGEST_PAUSE).unwrap(), None);
    let entry = store.packet("p1").unwrap().unwrap();
    assert_eq!(
        (entry.state, entry.withdrawal),
        (QueueState::Withdrawn, Some(withdrawal()))
    );
    assert_eq!(
        store.enrolment("s1:1").unwrap().unwrap().state,
        EnrolmentState::ToCapture
    );
    assert!(
        store.standing("s1:1").unwrap().settled.is_some(),
        "nobody pays twice"
    );
    assert_eq!(store.sealed("p1").unwrap(), b"one");

    // The server is told once; a late acknowledgement is kept and changes nothing.
    assert_eq!(store.untold_withdrawal().unwrap().unwrap().packet, "p1");
    store.withdrawal_told("p1").unwrap();
    assert_eq!(store.untold_withdrawal().unwrap(), None);
    store.acknowledge("p1", "{}", Moment(4_000)).unwrap();
    assert_eq!(store.packet("p1").unwrap().unwrap().state, QueueState::Withdrawn);
    assert!(
        store
            .withdraw("p1", &withdrawal(), &event("packet_withdrawn", "p1"))
            .is_err()
    );
    assert!(
        store
            .withdraw("nobody's", &withdrawal(), &event("packet_withdrawn", "x"))
            .is_err()
    );
}

#[test]
fn a_retake_that_is_taken_back_leaves_the_retake_open_and_an_approved_photo_is_locked() {
    let (_folder, store) = store();
    let state = || store.enrolment("s1:1").unwrap().unwrap().state;
    store.enqueue(&packet("p1", b"one")).unwrap();
    store.acknowledge("p1", "{}", Moment(2_000)).unwrap();
    store
        .apply_change(&verdict(1, "p1", ReviewState::Rejected))
        .unwrap();
    let retake = NewPacket {
        retake_of: Some("p1".into()),
        ..packet("p2", b"two")
    };
    store.enqueue(&retake).unwrap();
    store
        .withdraw("p2", &withdrawal(), &event("packet_withdrawn", "p2"))
        .unwrap();
    assert_eq!(state(), EnrolmentState::Retake);
    assert_eq!(store.standing("s1:1").unwrap().retake_of.as_deref(), Some("p1"));

    let again = NewPacket {
        retake_of: Some("p1".into()),
        ..packet("p3", b"three")
    };
    store.enqueue(&again).unwrap();
    store.acknowledge("p3", "{}", Moment(2_500)).unwrap();
    store
        .apply_change(&verdict(2, "p3", ReviewState::Approved))
        .unwrap();
    assert!(
        store
            .withdraw("p3", &withdrawal(), &event("packet_withdrawn", "p3"))
            .is_err()
    );
    assert_eq!(state(), EnrolmentState::Approved);
}

#[test]
fn only_what_was_acknowledged_long_ago_loses_its_file() {
    let (folder, store) = store();
    for (id, bytes) in [("p1", b"one"), ("p2", b"two"), ("p3", b"333")] {
        store.enqueue(&packet(id, bytes)).unwrap();
    }
    store.acknowledge("p1", "{}", Moment(2_000)).unwrap();
    store.acknowledge("p2", "{}", Moment(8_000)).unwrap();
    assert_eq!(store.retire(Moment(5_000), Moment(9_000)).unwrap(), 1);
    assert_eq!(store.retire(Moment(5_000), Moment(9_000)).unwrap(), 0);
    let there = |id: &str| {
        folder
            .path()
            .join("packets")
            .join(format!("{id}.packet"))
            .is_file()
    };
    assert_eq!(["p1", "p2", "p3"].map(there), [false, true, true]);
    assert_eq!(store.acknowledgement("p1").unwrap().as_deref(), Some("{}"));
    assert_eq!(
        store.packet("p1").unwrap().unwrap().state,
        QueueState::Acknowledged
    );
}

#[test]
fn a_stick_is_noted_and_is_no_acknowledgement() {
    let (_folder, store) = store();
    store.enqueue(&packet("p1", b"one")).unwrap();
    store
        .enqueue(&NewPacket {
            held_for: Some("o1".into()),
            ..packet("p2", b"two")
        })
        .unwrap();
    let travelling: Vec<_> = store
        .unacknowledged()
        .unwrap()
        .into_iter()
        .map(|e| e.packet)
        .collect();
    assert_eq!(travelling, ["p1"], "a held photo stays");
    store.note_exported(&["p1".into()], Moment(7_000)).unwrap();
    let entry = store.packet("p1").unwrap().unwrap();
    assert_eq!(
        (entry.state, entry.exported_at),
        (QueueState::Waiting, Some(Moment(7_000)))
    );
    assert_eq!(store.tally().unwrap().waiting, 1);
}
