//! Who is found for the enrolment step, and how quickly among many.

use crate::common::*;
use domain::enrolment::Enrolment;
use domain::enrolment::matching::{MatchRule, Sought, judge};
use domain::port::Store;
use std::time::Instant;
use store::StationStore;

const NUMBER: &str = "11010519491231002X";
/// Its sequence differs by one digit, and so does its check character.
const ONE_OFF: &str = "110105194912310038";

fn found(store: &StationStore, sought: &Sought) -> Vec<String> {
    let people = store.look_up(SESSION, sought).unwrap();
    people.into_iter().map(|p| p.id).collect()
}

fn numbered(id: &str, name: &str, number: &str) -> Enrolment {
    let mut person = person(id, name);
    person.document_number = Some(number.to_string().into());
    person
}

#[test]
fn the_own_number_comes_before_the_own_name() {
    let (_folder, store) = store();
    let one = numbered("s1:2", "李明", NUMBER);
    let again = Enrolment {
        id: "s1:4".into(),
        ..one.clone()
    };
    store
        .merge_roster(SESSION, &[one, person("s1:3", "王欣怡")])
        .unwrap();
    assert_eq!(found(&store, &sought("别人", "11010519491231002x")), ["s1:2"]);
    assert_eq!(found(&store, &sought(" 王 欣怡", "34052419800101001X")), ["s1:3"]);
    assert!(found(&store, &sought("没有", "34052419800101001X")).is_empty());
    assert!(found(&store, &sought("", "")).is_empty());
    store.merge_roster(SESSION, &[again]).unwrap();
    assert_eq!(found(&store, &sought("李明", NUMBER)), ["s1:2", "s1:4"]);
    assert!(
        store
            .look_up("other", &sought("李明", NUMBER))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn by_student_number_exam_number_ticket_and_code() {
    let (_folder, store) = store();
    let mut one = person("s1:24010002", "李明");
    one.exam_number = "26110105150317".into();
    one.ticket = "012".into();
    one.code = Some("ab".repeat(32));
    store.merge_roster(SESSION, &[one]).unwrap();
    let by = [
        (
            Sought {
                student_number: "24010002".into(),
                ..sought("甲", "")
            },
            MatchRule::StudentNumber,
        ),
        (
            Sought {
                exam_number: "26110105150317".into(),
                ..sought("甲", "")
            },
            MatchRule::ExamNumber,
        ),
        (
            Sought {
                ticket: "012".into(),
                ..sought("甲", "")
            },
            MatchRule::Ticket,
        ),
        (
            Sought {
                code: Some("ab".repeat(32)),
                ..sought("甲", "")
            },
            MatchRule::Code,
        ),
    ];
    for (sought, rule) in by {
        let people = store.look_up(SESSION, &sought).unwrap();
        assert_eq!(people.len(), 1, "{rule:?}");
        assert_eq!(judge(&sought, &people[0]).rule, rule);
    }
    // The beginning of a number is the search's affair.
    let part = Sought {
        student_number: "2401".into(),
        exam_number: "2611".into(),
        ticket: "01".into(),
        code: Some("ab".into()),
        ..sought("甲", "")
    };
    assert!(found(&store, &part).is_empty());
    let ids = |text| -> Vec<String> {
        let people = store.search(SESSION, text, 9).unwrap();
        people.into_iter().map(|p| p.id).collect()
    };
    for text in ["26110105150317", "2611", "0317"] {
        assert_eq!(ids(text), ["s1:24010002"], "{text}");
    }
}

#[test]
fn what_nearly_agrees_is_found_when_nothing_does() {
    let (_folder, store) = store();
    store
        .merge_roster(
            SESSION,
            &[
                numbered("s1:2", "林小桐", "34052419800101001X"),
                numbered("s1:3", "林彤", ONE_OFF),
                numbered("s1:4", "王彤", ONE_OFF),
                person("s1:5", "阿卜杜热合曼"),
                person("s1:6", "曾小贤"),
            ],
        )
        .unwrap();
    // The number nearly, of the same first character; the name by its sound.
    assert_eq!(found(&store, &sought("林晓桐", NUMBER)), ["s1:3", "s1:2"]);
    assert_eq!(found(&store, &sought("阿卜杜·热合曼", "")), ["s1:5"]);
    assert_eq!(found(&store, &sought("增小闲", "")), ["s1:6"]);
    assert_eq!(found(&store, &sought("ZENG XIAOXIAN", "")), ["s1:6"]);
    // Who has the own number needs no look-alikes.
    store
        .merge_roster(SESSION, &[numbered("s1:7", "林晓桐", NUMBER)])
        .unwrap();
    assert_eq!(found(&store, &sought("林晓桐", NUMBER)), ["s1:7"]);
}

/// Twenty thousand people of one name: what nearly agrees is looked for in stretches of an index.
#[test]
fn many_look_alikes_cost_little() {
    let (_folder, store) = store();
    let rows: Vec<_> = (2..20_002)
        .map(|n| numbered(&format!("s1:{n}"), "张伟", &format!("1101051949{n:08}")))
        .collect();
    store.merge_roster(SESSION, &rows).unwrap();
    let mut times = vec![];
    for n in 0..50 {
        let sought = sought("章玮", &format!("1101051949{:08}", 40_000 + n));
        let started = Instant::now();
        let people = store.look_up(SESSION, &sought).unwrap();
        times.push(started.elapsed());
        assert!((1..=20).contains(&people.len()), "{}", people.len());
    }
    times.sort();
    println!("near look-up among 20,000: p95 {:?}", times[47]);
    assert!(times[47].as_millis() < 100, "{:?}", times[47]);
}
