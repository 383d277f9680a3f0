//! What the central server tells: once each, in the order of the cursors.

use crate::common::*;
use domain::Moment;
use domain::change::{Message, RosterChange, Twin, What};
use domain::port::Store;
use domain::queue::ReviewState;
use store::StationStore;

fn roster(first_row: u32, names: &[(&str, &str)], problems: &[&str], removed: &[&str]) -> What {
    What::Roster(RosterChange {
        session: SESSION.into(),
        first_row,
        count: (names.len() + problems.len()) as u32,
        rows: names.iter().map(|(id, name)| person(id, name)).collect(),
        problems: problems.iter().map(|p| p.to_string()).collect(),
        removed: removed.iter().map(|id| id.to_string()).collect(),
    })
}

fn twin(packet: &str, other: &str) -> What {
    What::Twin(Twin {
        packet: packet.into(),
        station: "station-1".into(),
        other_packet: other.into(),
        other_station: "station-2".into(),
        at: Moment(50),
    })
}

#[test]
fn a_change_that_comes_again_changes_nothing() {
    let (folder, store) = store();
    let message = |text: &str| {
        What::Message(Message {
            id: "m1".into(),
            urgent: true,
            text: text.into(),
            at: Moment(5),
        })
    };
    store.apply_change(&change(4, message("下午三点前传完"))).unwrap();
    store.apply_change(&change(4, message("another"))).unwrap();
    store
        .apply_change(&change(3, roster(1, &[("s1:9", "王五")], &[], &[])))
        .unwrap();
    assert_eq!(store.messages().unwrap()[0].text, "下午三点前传完");
    assert_eq!(
        store.enrolment("s1:9").unwrap(),
        None,
        "an older one was applied before"
    );
    // Also after a crash in between: the cursor lies in the same transaction.
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    assert_eq!(store.change_cursor().unwrap(), 4);
    store
        .apply_change(&change(5, message("under the same id")))
        .unwrap();
    assert_eq!(
        (store.messages().unwrap().len(), store.change_cursor().unwrap()),
        (1, 5)
    );
    store.read_message("m1", &event("message_read", "m1")).unwrap();
    store.read_message("m1", &event("message_read", "m1")).unwrap();
    assert_eq!(
        (store.messages().unwrap().len(), store.tally().unwrap().messages),
        (0, 0)
    );
    assert_eq!(store.check_audit().unwrap(), Ok(1), "read once");
}

#[test]
fn a_roster_changes_row_by_row_and_forgets_nobody() {
    let (_folder, store) = store();
    let first = roster(
        1,
        &[("s1:1", "陈思涵"), ("s1:2", "李明")],
        &["3: name", "4: duplicate"],
        &[],
    );
    store.apply_change(&change(1, first)).unwrap();
    assert_eq!(
        store.roster_problems(SESSION).unwrap(),
        ["3: name", "4: duplicate"]
    );
    store.enqueue(&packet("p1", b"one")).unwrap();

    // Row 3 is good now; row 4 was not sent again and stays on the list. One is renamed, one is removed.
    let second = roster(3, &[("s1:3", "孙悦")], &[], &["s1:1"]);
    store.apply_change(&change(2, second)).unwrap();
    store
        .apply_change(&change(3, roster(2, &[("s1:2", "李鸣")], &[], &[])))
        .unwrap();
    assert_eq!(store.roster_problems(SESSION).unwrap(), ["4: duplicate"]);
    let removed = store.enrolment("s1:1").unwrap().unwrap();
    assert_eq!(removed.not_eligible.as_deref(), Some("removed"));
    assert_eq!(
        store.newest_packet("s1:1").unwrap().unwrap().packet,
        "p1",
        "the photo stays"
    );
    assert_eq!(store.look_up(SESSION, &sought("李鸣", "")).unwrap()[0].id, "s1:2");
    let before = store.look_up(SESSION, &sought("李明", "")).unwrap();
    assert!(before.iter().all(|found| found.name.as_str() != "李明"));
    // Who comes back is eligible again.
    store
        .apply_change(&change(4, roster(1, &[("s1:1", "陈思涵")], &[], &[])))
        .unwrap();
    assert_eq!(store.enrolment("s1:1").unwrap().unwrap().not_eligible, None);
}

#[test]
fn a_pair_is_shown_to_whoever_has_a_packet_of_it() {
    let (_folder, store) = store();
    store.enqueue(&packet("p1", b"one")).unwrap();
    store.apply_change(&change(1, twin("elsewhere", "p1"))).unwrap();
    store
        .apply_change(&change(2, twin("elsewhere", "nowhere")))
        .unwrap();
    store.apply_change(&change(3, twin("elsewhere", "p1"))).unwrap();
    let twins = store.twins().unwrap();
    assert_eq!(twins.len(), 1);
    assert_eq!(
        (twins[0].packet.as_str(), twins[0].other_station.as_str()),
        ("p1", "station-1")
    );
    assert_eq!(store.tally().unwrap().twins, 1);
    store.settle_twin("p1", &event("twin_kept", "p1")).unwrap();
    assert!(store.twins().unwrap().is_empty());
}

#[test]
fn what_cannot_be_used_only_moves_the_cursor() {
    let (_folder, store) = store();
    let before = store.enrolment("s1:1").unwrap();
    store
        .apply_change(&change(7, What::Unusable("setup_invalid")))
        .unwrap();
    store
        .apply_change(&verdict(8, "nobody's", ReviewState::Approved))
        .unwrap();
    assert_eq!(store.change_cursor().unwrap(), 8);
    assert_eq!(store.enrolment("s1:1").unwrap(), before);
}
