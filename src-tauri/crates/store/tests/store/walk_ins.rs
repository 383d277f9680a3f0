//! Walk-ins that the central server settled: fee and photo stay, and nobody is there twice.

use crate::common::*;
use domain::Moment;
use domain::change::{WalkInBecomes, WalkInSettlement, What};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::port::{Days, NewPacket, Store, Till};
use store::StationStore;

const WALK_IN: &str = "walk-in-1";

/// A walk-in with a fee and a photo.
fn served(store: &StationStore) {
    let walk_in = Enrolment {
        id: WALK_IN.into(),
        class_name: "自报班级".into(),
        provisional: true,
        ..person("s1:w", "林晓桐")
    };
    store.keep_provisional(&walk_in).unwrap();
    store
        .keep_settled_fee(WALK_IN, &paid("o1"), &event("fee_settled", WALK_IN))
        .unwrap();
    store
        .enqueue(&NewPacket {
            enrolment: WALK_IN.into(),
            ..packet("p1", b"sealed")
        })
        .unwrap();
}

fn settled(cursor: i64, becomes: WalkInBecomes) -> domain::change::Change {
    change(
        cursor,
        What::WalkIn(WalkInSettlement {
            session: SESSION.into(),
            provisional: WALK_IN.into(),
            becomes,
            at: Moment(9_000),
        }),
    )
}

fn listed() -> Enrolment {
    Enrolment {
        class_name: "会计 2402 班".into(),
        ..person("s1:24010077", "林晓桐")
    }
}

fn ids(store: &StationStore, text: &str) -> Vec<String> {
    let people = store.search(SESSION, text, 10).unwrap();
    people.into_iter().map(|p| p.id).collect()
}

/// What must be so after a walk-in became a person of the roster.
fn is_one_person(store: &StationStore) {
    let kept = store.enrolment(WALK_IN).unwrap().unwrap();
    assert!(!kept.provisional);
    assert_eq!(
        (kept.class_name.as_str(), kept.student_number.as_str(), kept.state),
        ("会计 2402 班", "24010077", EnrolmentState::Captured)
    );
    assert_eq!(ids(store, "林晓桐"), [WALK_IN]);
    assert_eq!(ids(store, "24010077"), [WALK_IN]);
    let standing = store.standing(WALK_IN).unwrap();
    assert_eq!(standing.settled, Some(paid("o1")));
    assert_eq!(store.newest_packet(WALK_IN).unwrap().unwrap().packet, "p1");
    let classes = store.classes(SESSION).unwrap();
    let counts: Vec<_> = classes
        .iter()
        .map(|c| (c.name.as_str(), c.total, c.captured))
        .collect();
    assert_eq!(counts, [("护理 2401 班", 1, 0), ("会计 2402 班", 1, 1)]);
}

#[test]
fn a_walk_in_becomes_a_person_of_the_roster_and_stays_one() {
    let (_folder, store) = store();
    served(&store);
    let becomes = WalkInBecomes::Enrolment(Box::new(listed()));
    store.apply_change(&settled(1, becomes.clone())).unwrap();
    is_one_person(&store);
    let lines = store.check_audit().unwrap().unwrap();
    // The same under another cursor, and the roster's row after it: nothing is doubled.
    store.apply_change(&settled(2, becomes)).unwrap();
    assert_eq!(store.check_audit().unwrap().unwrap(), lines);
    store.merge_roster(SESSION, &[listed()]).unwrap();
    is_one_person(&store);
    let mut moved = listed();
    moved.ticket = "099".into();
    store.merge_roster(SESSION, &[moved]).unwrap();
    assert_eq!(store.enrolment(WALK_IN).unwrap().unwrap().ticket, "099");
    is_one_person(&store);
}

#[test]
fn the_rosters_own_row_gives_way_when_nothing_hangs_on_it() {
    let (_folder, store) = store();
    served(&store);
    store.merge_roster(SESSION, &[listed()]).unwrap();
    assert_eq!(ids(&store, "林晓桐").len(), 2);
    let becomes = WalkInBecomes::Enrolment(Box::new(listed()));
    store.apply_change(&settled(1, becomes)).unwrap();
    is_one_person(&store);
    assert_eq!(store.enrolment("s1:24010077").unwrap(), None);
}

#[test]
fn who_was_served_under_both_records_keeps_both_and_is_closed_once() {
    let (_folder, store) = store();
    served(&store);
    store.merge_roster(SESSION, &[listed()]).unwrap();
    store
        .enqueue(&NewPacket {
            enrolment: "s1:24010077".into(),
            ..packet("p2", b"other")
        })
        .unwrap();
    let becomes = WalkInBecomes::Enrolment(Box::new(listed()));
    store.apply_change(&settled(1, becomes)).unwrap();
    let kept = store.enrolment(WALK_IN).unwrap().unwrap();
    assert!(kept.provisional);
    assert_eq!(kept.not_eligible.as_deref(), Some("settled_twice"));
    assert_eq!(store.newest_packet("s1:24010077").unwrap().unwrap().packet, "p2");
    assert_eq!(store.newest_packet(WALK_IN).unwrap().unwrap().packet, "p1");
}

#[test]
fn a_refused_walk_in_is_closed_and_an_unknown_one_is_nobodys() {
    let (_folder, store) = store();
    store
        .apply_change(&settled(1, WalkInBecomes::Refused("不是本校学生".into())))
        .unwrap();
    served(&store);
    store
        .apply_change(&settled(2, WalkInBecomes::Refused("不是本校学生".into())))
        .unwrap();
    let kept = store.enrolment(WALK_IN).unwrap().unwrap();
    assert_eq!(kept.not_eligible.as_deref(), Some("不是本校学生"));
    assert_eq!(kept.state, EnrolmentState::Captured);
    assert_eq!(store.standing(WALK_IN).unwrap().settled, Some(paid("o1")));
}

/// Lines of the day's sheet that say of money taken twice.
fn taken_twice(store: &StationStore) -> Vec<(String, String)> {
    let facts = store.day_facts(Moment(i64::MAX)).unwrap();
    let lines = facts.answered.into_iter();
    lines
        .filter(|line| line.what == "fee_settled_twice")
        .map(|line| (line.subject, line.detail))
        .collect()
}

#[test]
fn two_walk_ins_of_one_person_are_not_two_people_of_the_roster_and_their_fees_are_told() {
    let (_folder, store) = store();
    served(&store);
    let becomes = WalkInBecomes::Enrolment(Box::new(listed()));
    store.apply_change(&settled(1, becomes.clone())).unwrap();
    let again = Enrolment {
        id: "walk-in-2".into(),
        provisional: true,
        ..person("s1:v", "林小桐")
    };
    store.keep_provisional(&again).unwrap();
    store
        .keep_settled_fee("walk-in-2", &paid("o2"), &event("fee_settled", "walk-in-2"))
        .unwrap();
    // Told again under another cursor, it is told once.
    for cursor in 2..=3 {
        let twice = WalkInSettlement {
            session: SESSION.into(),
            provisional: "walk-in-2".into(),
            becomes: becomes.clone(),
            at: Moment(9_000),
        };
        store.apply_change(&change(cursor, What::WalkIn(twice))).unwrap();
    }
    let second = store.enrolment("walk-in-2").unwrap().unwrap();
    assert!(second.provisional);
    assert_eq!(second.not_eligible.as_deref(), Some("settled_twice"));
    assert_eq!(ids(&store, "24010077"), [WALK_IN], "the first is the person");
    assert_eq!(
        taken_twice(&store),
        [("walk-in-2".to_owned(), "order 2000 o2".to_owned())]
    );
    store.merge_roster(SESSION, &[listed()]).unwrap();
    assert!(!store.enrolment(WALK_IN).unwrap().unwrap().provisional);
}

#[test]
fn a_walk_in_that_paid_and_was_prepaid_is_told() {
    let (_folder, store) = store();
    served(&store);
    let prepaid = Enrolment {
        prepaid: true,
        ..listed()
    };
    store
        .apply_change(&settled(1, WalkInBecomes::Enrolment(Box::new(prepaid))))
        .unwrap();
    assert_eq!(
        taken_twice(&store),
        [(WALK_IN.to_owned(), "order 2000 o1".to_owned())]
    );
}
