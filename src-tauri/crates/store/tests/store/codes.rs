//! Whose a 采集码 is.

use crate::common::*;
use domain::Moment;
use domain::code::{CaptureCode, CodeBinding, CodeId};
use domain::port::{Codes, Store};
use domain::queue::Withdrawal;
use store::StationStore;

fn code(text: &str) -> CodeId {
    CaptureCode::read(text).unwrap().id().clone()
}

fn bind(store: &StationStore, text: &str, enrolment: &str, at: i64) -> bool {
    let binding = CodeBinding {
        session: SESSION.into(),
        code: code(text),
        enrolment: enrolment.into(),
        at: Moment(at),
    };
    store.bind_code(&binding, &event("code_bound", enrolment)).is_ok()
}

/// Enrolment and packet of whoever has this code.
fn holder(store: &StationStore, text: &str) -> Option<(String, Option<String>)> {
    let found = store.code_holder(SESSION, &code(text)).unwrap();
    found.map(|holder| (holder.enrolment.id, holder.packet))
}

#[test]
fn a_code_belongs_to_one_enrolment_and_an_enrolment_has_one_code() {
    let (_folder, store) = store();
    store.merge_roster(SESSION, &[person("s1:2", "李明")]).unwrap();
    assert_eq!(holder(&store, "a"), None);
    assert!(bind(&store, "a", "s1:1", 1));
    assert_eq!(holder(&store, "a"), Some(("s1:1".into(), None)));
    assert_eq!(
        store.code_holder("s2", &code("a")).unwrap(),
        None,
        "another session"
    );
    // Nobody was photographed: shown by mistake, or somebody else's turn.
    assert!(bind(&store, "a", "s1:2", 2) && bind(&store, "b", "s1:2", 3));
    assert_eq!(holder(&store, "a"), None);
    assert_eq!(store.enrolment("s1:1").unwrap().unwrap().code, None);
    assert_eq!(
        store.enrolment("s1:2").unwrap().unwrap().code,
        Some(code("b").as_str().into())
    );
    assert!(!bind(&store, "c", "nobody", 4), "an enrolment that is not there");

    let shown = store.codes_shown(SESSION, Moment(0), 9).unwrap();
    assert_eq!(shown.iter().map(|s| s.at).collect::<Vec<_>>(), [Moment(3)]);
    assert!(store.codes_shown(SESSION, Moment(4), 9).unwrap().is_empty());
}

#[test]
fn a_photo_holds_its_code_until_it_is_taken_back() {
    let (_folder, store) = store();
    store.merge_roster(SESSION, &[person("s1:2", "李明")]).unwrap();
    assert!(bind(&store, "a", "s1:1", 1));
    store.enqueue(&packet("p1", b"one")).unwrap();
    assert_eq!(holder(&store, "a"), Some(("s1:1".into(), Some("p1".into()))));
    assert!(!bind(&store, "a", "s1:2", 2), "another's");
    assert_eq!(
        store.enrolment("s1:2").unwrap().unwrap().code,
        None,
        "nothing of it was kept"
    );
    assert!(bind(&store, "a", "s1:1", 3), "the person's own, again");
    let retake = domain::port::NewPacket {
        retake_of: Some("p1".into()),
        ..packet("p2", b"two")
    };
    store.enqueue(&retake).unwrap();
    assert_eq!(holder(&store, "a"), Some(("s1:1".into(), Some("p2".into()))));
    let withdrawal = Withdrawal {
        reason: "拍错了人，已重新排队".into(),
        by: "lizhuren".into(),
        at: Moment(4),
    };
    store
        .withdraw("p2", &withdrawal, &event("packet_withdrawn", "p2"))
        .unwrap();
    assert_eq!(holder(&store, "a"), Some(("s1:1".into(), None)));
    assert!(bind(&store, "a", "s1:2", 5));
}

/// The roster knows no codes: what was shown here stays.
#[test]
fn a_roster_that_comes_again_takes_no_code_away() {
    let (folder, store) = store();
    assert!(bind(&store, "a", "s1:1", 1));
    let row = domain::enrolment::Enrolment {
        class_name: "护理 2402 班".into(),
        ..person("s1:1", "陈思涵")
    };
    store.merge_roster(SESSION, &[row]).unwrap();
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let kept = store.enrolment("s1:1").unwrap().unwrap();
    assert_eq!(
        (kept.class_name.as_str(), kept.code.as_deref()),
        ("护理 2402 班", Some(code("a").as_str()))
    );
}
