//! A fee and the packet that waits for it.

use crate::common::*;
use domain::Moment;
use domain::payment::OrderState;
use domain::port::{Settled, Store, Till};
use domain::queue::QueueState;
use store::StationStore;

#[test]
fn a_held_packet_is_released_by_the_fee_and_by_nothing_else() {
    let (folder, store) = store();
    store.keep_order(&order("o1", OrderState::Unknown)).unwrap();
    let mut held = packet("p1", b"one");
    held.held_for = Some("o1".into());
    store.enqueue(&held).unwrap();
    let state = |store: &StationStore, id| {
        store
            .queue(9)
            .unwrap()
            .into_iter()
            .find(|e| e.packet == id)
            .unwrap()
            .state
    };
    assert_eq!(state(&store, "p1"), QueueState::Held);
    store.retry(None, Moment(5)).unwrap();
    assert_eq!(store.next_to_send(Moment(i64::MAX), LONGEST_PAUSE).unwrap(), None);
    // A damaged file needs a person, and trying again holds it again.
    std::fs::remove_file(folder.path().join("packets/p1.packet")).unwrap();
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    store.swept().unwrap();
    assert_eq!(state(&store, "p1"), QueueState::NeedsAttention);
    store.enqueue(&held).unwrap();
    store.retry(Some("p1"), Moment(5)).unwrap();
    assert_eq!(state(&store, "p1"), QueueState::Held);
    assert_eq!(store.tally().unwrap().held, 1);
    // Paid, and the program ends before the fee is settled: the order is still asked about.
    store.keep_order(&order("o1", OrderState::Paid)).unwrap();
    store.keep_order(&order("o1", OrderState::NotPaid)).unwrap();
    assert_eq!(store.open_orders().unwrap(), [order("o1", OrderState::Paid)]);
    assert_eq!(
        store.standing("s1:1").unwrap().order.map(|o| o.id).as_deref(),
        Some("o1")
    );
    let line = event("order_settled", "o1");
    for _again in 0..2 {
        let met = store.keep_settled_fee("s1:1", &paid("o1"), &line).unwrap();
        assert_eq!(met, Settled::Fresh);
    }
    assert_eq!(
        store.check_audit().unwrap(),
        Ok(2),
        "the packet's line and the fee's, once"
    );
    assert!(store.open_orders().unwrap().is_empty());
    assert_eq!(
        store
            .next_to_send(Moment(1_000), LONGEST_PAUSE)
            .unwrap()
            .unwrap()
            .packet,
        "p1"
    );
    let standing = store.standing("s1:1").unwrap();
    assert_eq!(
        (standing.settled, standing.order, standing.retake_of),
        (Some(paid("o1")), None, None)
    );
    // The fee was settled while the next one was being sealed.
    store
        .enqueue(&domain::port::NewPacket {
            held_for: Some("o1".into()),
            ..packet("p2", b"two")
        })
        .unwrap();
    assert_eq!(state(&store, "p2"), QueueState::Waiting);
    // A second payment is written down and the first evidence stays.
    let line = event("order_settled", "o2");
    for _again in 0..2 {
        let met = store.keep_settled_fee("s1:1", &paid("o2"), &line).unwrap();
        assert_eq!(met, Settled::Twice(paid("o1")));
    }
    assert_eq!(store.standing("s1:1").unwrap().settled, Some(paid("o1")));
    assert_eq!(
        store.check_audit().unwrap(),
        Ok(5),
        "two packets, two payments, one warning"
    );
    let mut other_amount = order("o1", OrderState::Paid);
    other_amount.amount_fen = 1;
    assert!(store.keep_order(&other_amount).is_err(), "the amount is frozen");
}

#[test]
fn the_newest_open_orders_come_first() {
    let (_folder, store) = store();
    for (id, at) in [("old", 100), ("newest", 900), ("newer", 500)] {
        let at = Moment(at);
        store
            .keep_order(&domain::payment::Order {
                at,
                ..order(id, OrderState::NotPaid)
            })
            .unwrap();
    }
    let open: Vec<_> = store.open_orders().unwrap().into_iter().map(|o| o.id).collect();
    assert_eq!(open, ["newest", "newer", "old"]);
}

#[test]
fn money_and_photos_that_have_not_met_are_lists() {
    let (_folder, store) = store();
    store
        .merge_roster(SESSION, &[person("s1:1", "陈思涵"), person("s1:2", "李可")])
        .unwrap();
    store.keep_order(&order("o1", OrderState::Unknown)).unwrap();
    store
        .enqueue(&domain::port::NewPacket {
            held_for: Some("o1".into()),
            ..packet("p1", b"one")
        })
        .unwrap();
    let held = store.photo_without_payment().unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(
        (
            held[0].enrolment.as_str(),
            held[0].order.as_deref(),
            held[0].amount_fen
        ),
        ("s1:1", Some("o1"), order("o1", OrderState::Paid).amount_fen)
    );
    assert!(store.paid_without_photo().unwrap().is_empty());
    store
        .keep_settled_fee("s1:1", &paid("o1"), &event("order_settled", "o1"))
        .unwrap();
    assert!(store.photo_without_payment().unwrap().is_empty());
    assert!(store.paid_without_photo().unwrap().is_empty());
    store
        .keep_settled_fee("s1:2", &paid("o2"), &event("order_settled", "o2"))
        .unwrap();
    let paid = store.paid_without_photo().unwrap();
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (paid[0].enrolment.as_str(), paid[0].order.as_deref()),
        ("s1:2", Some("o2"))
    );
}
