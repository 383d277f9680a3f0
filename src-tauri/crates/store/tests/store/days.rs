//! Days: nothing stands on two sheets and nothing on none.

use crate::common::*;
use domain::Moment;
use domain::day::{CashCount, DaySheet, SignedSheet};
use domain::payment::{OrderState, PaymentMethod, Refund, RefundState};
use domain::port::{Days, Settled, Store, Till};
use rusqlite::Connection;
use store::StationStore;

fn signed(store: &StationStore, at: i64) -> SignedSheet {
    SignedSheet {
        number: 0,
        station: "st1".into(),
        sheet: DaySheet::of(store.day_facts(Moment(at)).unwrap(), 0),
        count: Some(CashCount::default()),
        operator: "zhoumin".into(),
        supervisor: "lihua".into(),
        at: Moment(at),
    }
}

fn settle(store: &StationStore, enrolment: &str, order_id: &str) -> Settled {
    store
        .keep_settled_fee(enrolment, &paid(order_id), &event("order_settled", order_id))
        .unwrap()
}

#[test]
fn a_payment_stands_on_one_sheet_whatever_the_clock_says() {
    let (folder, store) = store();
    store
        .merge_roster(SESSION, &[person("s1:2", "李明"), person("s1:3", "王芳")])
        .unwrap();
    settle(&store, "s1:1", "o1");
    settle(&store, "s1:2", "o2");
    // The same fee once more is the same payment; another order for it is more money.
    settle(&store, "s1:1", "o1");
    assert!(matches!(settle(&store, "s1:1", "o9"), Settled::Twice(_)));
    let early = signed(&store, 5_000);
    assert_eq!(early.sheet.facts.takings.len(), 3);
    assert_eq!(early.sheet.facts.answered.len(), 1, "paid twice is told");
    assert_eq!(early.sheet.facts.paid_without_photo.len(), 2);
    // It comes in while the supervisor reads.
    settle(&store, "s1:3", "o3");
    let line = event("day_signed", "");
    let first = store.sign_day(early.clone(), &line).unwrap();
    assert_eq!((first.number, first.sheet.facts.takings.len()), (1, 3));
    assert!(store.sign_day(early, &line).is_err(), "signed once");

    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let second = store.sign_day(signed(&store, 100), &line).unwrap();
    let orders: Vec<_> = second
        .sheet
        .facts
        .takings
        .iter()
        .map(|t| t.proof.as_str())
        .collect();
    assert_eq!((second.number, orders), (2, vec!["o3"]), "the clock was set back");
    assert_eq!(store.signed_days(9).unwrap(), [second, first]);
    assert!(store.day_facts(Moment(9_000)).unwrap().takings.is_empty());
    assert!(store.check_audit().unwrap().is_ok());
}

#[test]
fn a_refund_without_an_answer_stands_on_the_next_sheet_again() {
    let (_folder, store) = store();
    store.keep_order(&order("o1", OrderState::Paid)).unwrap();
    settle(&store, "s1:1", "o1");
    let mut refund = Refund {
        id: "r1".into(),
        enrolment: "s1:1".into(),
        method: PaymentMethod::Order,
        order: Some("o1".into()),
        amount_fen: 2_000,
        reason: "no photo wanted".into(),
        supervisor: "lihua".into(),
        operator: "zhoumin".into(),
        state: RefundState::Unknown,
        at: Moment(10),
    };
    store
        .keep_refund(&refund, &event("refund_decided", "r1"))
        .unwrap();
    let line = event("day_signed", "");
    let first = store.sign_day(signed(&store, 20), &line).unwrap();
    assert_eq!(
        (first.sheet.facts.refunds.len(), first.sheet.refunded.count),
        (1, 0)
    );
    refund.state = RefundState::Done;
    store.keep_refund(&refund, &event("refund_done", "r1")).unwrap();
    let second = store.sign_day(signed(&store, 30), &line).unwrap();
    assert_eq!(
        (second.sheet.facts.takings.len(), second.sheet.refunded.count),
        (0, 1)
    );
    assert!(store.day_facts(Moment(40)).unwrap().refunds.is_empty());
}

#[test]
fn photos_are_counted_once_and_unsent_ones_stay_listed() {
    let (_folder, store) = store();
    store.keep_order(&order("o1", OrderState::Unknown)).unwrap();
    store.enqueue(&packet("p1", b"one")).unwrap();
    let mut held = packet("p2", b"two");
    held.held_for = Some("o1".into());
    store.enqueue(&held).unwrap();
    let line = event("day_signed", "");
    let first = store.sign_day(signed(&store, 20), &line).unwrap();
    assert_eq!(
        (first.sheet.facts.captured, first.sheet.facts.unsent.len()),
        (2, 2)
    );
    let unpaid = &first.sheet.facts.photo_without_payment[0];
    assert_eq!(
        (unpaid.order.as_deref(), unpaid.at),
        (Some("o1"), first.sheet.facts.unsent[1].at)
    );
    let next = store.day_facts(Moment(30)).unwrap();
    assert_eq!((next.captured, next.unsent.len()), (0, 2));
}

#[test]
fn receipts_are_numbered_without_gaps_and_reprints_say_so() {
    let (_folder, store) = store();
    store.merge_roster(SESSION, &[person("s1:2", "李明")]).unwrap();
    let line = event("receipt_printed", "");
    assert_eq!(store.receipt("s1:1", &line).unwrap(), None, "nothing was paid");
    settle(&store, "s1:1", "o1");
    settle(&store, "s1:2", "o2");
    let printed = |enrolment| {
        let receipt = store.receipt(enrolment, &line).unwrap().unwrap();
        (receipt.number, receipt.copy)
    };
    assert_eq!(
        [printed("s1:1"), printed("s1:2"), printed("s1:1"), printed("s1:1")],
        [(1, 1), (2, 1), (1, 2), (1, 3)]
    );
    assert!(store.check_audit().unwrap().is_ok());
}

#[test]
fn a_signed_sheet_is_neither_changed_nor_removed_and_an_altered_one_is_told() {
    let (folder, store) = store();
    settle(&store, "s1:1", "o1");
    store
        .sign_day(signed(&store, 20), &event("day_signed", ""))
        .unwrap();
    drop(store);
    let file = folder.path().join("station.sqlite");
    let connection = Connection::open(&file).unwrap();
    let alter = "UPDATE signed_sheet SET record = replace(record, 'lihua', 'wangwu')";
    assert!(connection.execute(alter, []).is_err());
    assert!(connection.execute("DELETE FROM signed_sheet", []).is_err());
    // Somebody who takes the database's own guard away leaves the hash.
    connection
        .execute("DROP TRIGGER signed_sheet_is_not_changed", [])
        .unwrap();
    assert_eq!(connection.execute(alter, []).unwrap(), 1);
    drop(connection);
    let store = StationStore::open(folder.path()).unwrap();
    assert!(store.signed_days(5).is_err());
    assert!(store.day_facts(Moment(30)).is_ok(), "the day goes on");
}
