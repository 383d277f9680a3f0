//! Rosters: merged, searched, looked up, and fast enough at ten thousand rows.

use crate::common::*;
use domain::enrolment::EnrolmentState;
use domain::port::Store;

#[test]
fn a_roster_merges_without_touching_state_or_walk_ins() {
    let (_folder, store) = store();
    store.enqueue(&packet("p1", b"sealed")).unwrap();
    let mut walk_in = person("s1:w", "李明");
    walk_in.provisional = true;
    store.keep_provisional(&walk_in).unwrap();
    let mut changed = person("s1:1", "陈思函");
    changed.ticket = "007".into();
    store
        .merge_roster(
            SESSION,
            &[person("s1:2", "王欣怡"), changed, person("s1:w", "别人")],
        )
        .unwrap();
    let people = store.people(SESSION, "护理 2401 班").unwrap();
    let ids: Vec<_> = people.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["s1:1", "s1:w", "s1:2"]);
    assert_eq!(people[0].name.as_str(), "陈思函");
    assert_eq!(
        (people[0].ticket.as_str(), people[0].state),
        ("007", EnrolmentState::Captured)
    );
    assert_eq!(people[1].name.as_str(), "李明");
    let class = &store.classes(SESSION).unwrap()[0];
    assert_eq!((class.total, class.captured, class.retake), (3, 1, 0));
    assert!(store.classes("other").unwrap().is_empty());
    assert!(store.merge_roster("other", &[person("s1:2", "王欣怡")]).is_err());
    let mut theft = person("s1:2", "王欣怡");
    theft.session = "other".into();
    assert!(store.merge_roster("other", &[theft]).is_err());
    walk_in.id = "s1:2".into();
    assert!(
        store.keep_provisional(&walk_in).is_err(),
        "a walk-in must not replace a roster row"
    );
}

#[test]
fn people_are_found_by_everything_an_operator_types() {
    let (_folder, store) = store();
    let mut zeng = person("s1:24010002", "曾小贤");
    zeng.document_number = Some("11010519491231002X".to_string().into());
    zeng.ticket = "012".into();
    let lv = person("s1:24010003", "吕布");
    let odd = person("s1:24010004", "阿卜杜·热合曼%");
    store.merge_roster(SESSION, &[zeng, lv, odd]).unwrap();
    let ids = |text: &str| -> Vec<String> {
        store
            .search(SESSION, text, 10)
            .unwrap()
            .into_iter()
            .map(|p| p.id)
            .collect()
    };
    for text in [
        "曾",
        "小贤",
        "zxx",
        "ZXX",
        "zengxiao",
        "ceng",
        "zeng xiao xian",
        "xiaoxian",
        "24010002",
        "012",
        "002x",
    ] {
        assert_eq!(ids(text), ["s1:24010002"], "{text}");
    }
    for text in ["lvbu", "lubu", "lb", "lübu"] {
        assert_eq!(ids(text), ["s1:24010003"], "{text}");
    }
    for text in ["阿卜杜热", "%", "曼%"] {
        assert_eq!(ids(text), ["s1:24010004"], "{text}");
    }
    assert_eq!(ids("240100").len(), 3);
    assert_eq!(store.search(SESSION, "240100", 2).unwrap().len(), 2);
    assert!(ids("_").is_empty() && ids("  ").is_empty() && ids("' OR 1=1 --").is_empty());
    assert!(store.search("other", "曾", 10).unwrap().is_empty());
}

#[test]
fn ten_thousand_rows_are_counted_and_searched_at_once() {
    let (_folder, store) = store();
    let rows: Vec<_> = (2..10_002)
        .map(|n| person(&format!("s1:{n}"), "曾小贤"))
        .collect();
    store.merge_roster(SESSION, &rows).unwrap();
    let started = std::time::Instant::now();
    for _ in 0..20 {
        store.tally().unwrap();
    }
    let tally = started.elapsed() / 20;
    let started = std::time::Instant::now();
    assert_eq!(store.search(SESSION, "xiaoxian", 30).unwrap().len(), 30);
    assert_eq!(store.classes(SESSION).unwrap()[0].total, 10_001);
    let search = started.elapsed();
    println!("10,000 people: tally {tally:?}, search and classes {search:?}");
    assert!(
        tally.as_millis() < 20 && search.as_millis() < 500,
        "tally {tally:?}, search {search:?}"
    );
}
