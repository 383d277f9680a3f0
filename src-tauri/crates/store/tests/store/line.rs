//! The line: pages of a class by filter, who waits, who did not come, who is meant by a number.

use crate::common::*;
use domain::Moment;
use domain::enrolment::Enrolment;
use domain::line::{Called, LineFilter, called};
use domain::port::{Line, Store};
use domain::queue::ReviewState;
use store::StationStore;

fn member(n: u32, class: &str) -> Enrolment {
    Enrolment {
        class_name: class.into(),
        student_number: format!("2024{n:04}"),
        ticket: format!("{n:03}"),
        ..person(&format!("s1:{n}"), &format!("学生{n}"))
    }
}

/// Two classes of so many.
fn classes(each: u32) -> (tempfile::TempDir, StationStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    let first = (1..=each).map(|n| member(n, "甲"));
    let second = (each + 1..=2 * each).map(|n| member(n, "乙"));
    store
        .merge_roster(SESSION, &first.chain(second).collect::<Vec<_>>())
        .unwrap();
    (folder, store)
}

fn ids(people: Vec<Enrolment>) -> Vec<u32> {
    let number = |p: Enrolment| p.id.trim_start_matches("s1:").parse().unwrap();
    people.into_iter().map(number).collect()
}

fn line(store: &StationStore, filter: LineFilter, around: Option<&str>, limit: u32) -> Vec<u32> {
    ids(store.line(SESSION, "甲", filter, around, limit).unwrap())
}

fn capture(store: &StationStore, n: u32) {
    let id = format!("p{n}");
    let mut packet = packet(&id, id.as_bytes());
    packet.enrolment = format!("s1:{n}");
    store.enqueue(&packet).unwrap();
}

#[test]
fn a_page_holds_the_whole_class_or_those_around_one() {
    let (_folder, store) = classes(20);
    assert_eq!(
        line(&store, LineFilter::All, None, 200),
        (1..=20).collect::<Vec<_>>()
    );
    assert_eq!(
        line(&store, LineFilter::All, Some("s1:10"), 8),
        (9..=16).collect::<Vec<_>>()
    );
    assert_eq!(
        line(&store, LineFilter::All, Some("s1:1"), 8),
        (1..=8).collect::<Vec<_>>()
    );
    // At the end of the class the page stays full.
    assert_eq!(
        line(&store, LineFilter::All, Some("s1:20"), 8),
        (13..=20).collect::<Vec<_>>()
    );
    assert_eq!(line(&store, LineFilter::All, Some("nobody"), 3), [1, 2, 3]);
}

#[test]
fn filters_show_whom_the_counts_count() {
    let (_folder, store) = classes(6);
    for n in [2, 3, 5] {
        capture(&store, n);
    }
    store
        .apply_change(&verdict(1, "p3", ReviewState::Rejected))
        .unwrap();
    store
        .apply_change(&verdict(2, "p5", ReviewState::Approved))
        .unwrap();
    assert_eq!(line(&store, LineFilter::Captured, None, 200), [2, 5]);
    assert_eq!(line(&store, LineFilter::Missing, None, 200), [1, 4, 6]);
    assert_eq!(line(&store, LineFilter::Retake, None, 200), [3]);
    let tally = store.classes(SESSION).unwrap().remove(0);
    assert_eq!((tally.total, tally.captured, tally.retake), (6, 2, 1));
    for filter in LineFilter::ALL {
        let shown = store.line(SESSION, "甲", filter, None, 200).unwrap();
        assert!(
            shown.iter().all(|person| filter.shows(person.state)),
            "{filter:?}"
        );
    }
}

#[test]
fn who_waits_is_given_in_order_and_whoever_did_not_come_is_not() {
    let (_folder, store) = classes(4);
    let barred = Enrolment {
        not_eligible: Some("未注册".into()),
        ..member(2, "甲")
    };
    store.merge_roster(SESSION, &[barred]).unwrap();
    capture(&store, 1);
    let waiting = |class, after| ids(store.waiting(SESSION, class, after, 9).unwrap());
    assert_eq!(waiting(Some("甲"), None), [3, 4]);
    assert_eq!(waiting(Some("甲"), Some("s1:3")), [4]);
    assert_eq!(waiting(None, Some("s1:3")), [4, 5, 6, 7, 8]);

    let lines = store.check_audit().unwrap().unwrap();
    let note = |n: u32, at| {
        let id = format!("s1:{n}");
        store.note_absent(&id, Moment(at), &event("absent", &id)).unwrap();
    };
    note(4, 10);
    note(3, 20);
    assert_eq!(store.check_audit().unwrap().unwrap(), lines + 2);
    assert_eq!(waiting(Some("甲"), None), Vec::<u32>::new());
    assert_eq!(ids(store.absent(SESSION, 9).unwrap()), [4, 3]);
    // The place in the line is kept.
    assert_eq!(line(&store, LineFilter::Missing, None, 9), [2, 3, 4]);
    store.note_came("s1:4").unwrap();
    assert_eq!(waiting(Some("甲"), None), [4]);
    // A new roster changes nothing of it.
    store
        .merge_roster(
            SESSION,
            &[Enrolment {
                name: "改名".to_string().into(),
                ..member(3, "甲")
            }],
        )
        .unwrap();
    assert_eq!(ids(store.absent(SESSION, 9).unwrap()), [3]);
    capture(&store, 3);
    assert_eq!(ids(store.absent(SESSION, 9).unwrap()), Vec::<u32>::new());
}

#[test]
fn a_number_calls_one_person_or_offers_several() {
    let (_folder, store) = classes(120);
    let mut named = member(500, "丙");
    named.document_number = Some("11010519491231002X".to_string().into());
    named.exam_number = "24110105150123".into();
    named.ticket = "007".into();
    store.merge_roster(SESSION, &[named]).unwrap();
    let told = |class: &str, text: &str| {
        let found = store.numbered(SESSION, class, text).unwrap();
        match called(text, class, &found) {
            Called::One(one) => ids(vec![one.clone()]),
            Called::Several(several) => ids(several.into_iter().cloned().collect()),
            Called::Nobody => vec![],
        }
    };
    // A ticket, with and without its zeros; the class on screen first.
    assert_eq!(told("甲", "037"), [37]);
    assert_eq!(told("甲", "37"), [37]);
    assert_eq!(told("甲", "３７"), [37]);
    assert_eq!(told("甲", "7"), [7]);
    assert_eq!(told("丙", "7"), [500]);
    assert_eq!(told("乙", "7"), [7, 500]);
    assert_eq!(told("甲", "150"), [150]);
    // Whole numbers.
    assert_eq!(told("甲", "20240200"), [200]);
    assert_eq!(told("甲", "11010519491231002x"), [500]);
    assert_eq!(told("丙", "24110105150123"), [500]);
    // The last digits, of one person in the class or of one in the session.
    assert_eq!(told("甲", "40077"), [77]);
    assert_eq!(told("甲", "1002X"), [500]);
    assert_eq!(told("甲", "999"), Vec::<u32>::new());
    assert_eq!(told("甲", ""), Vec::<u32>::new());
    assert_eq!(told("甲", "0"), Vec::<u32>::new());
}

#[test]
fn records_under_one_number_are_all_given() {
    let (_folder, store) = classes(2);
    let number = Some("11010519491231002X".to_string().into());
    let twice = [7, 8].map(|n| Enrolment {
        document_number: number.clone(),
        ..member(n, "丙")
    });
    store.merge_roster(SESSION, &twice).unwrap();
    assert_eq!(
        ids(store.of_number(SESSION, "11010519491231002x").unwrap()),
        [7, 8]
    );
    assert_eq!(ids(store.of_number(SESSION, "").unwrap()), Vec::<u32>::new());
}
