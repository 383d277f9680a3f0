//! Known exceptions belong to the person and outlive the program.

use crate::common::*;
use domain::Moment;
use domain::exception::{ExceptionKind, KnownException};
use domain::port::Store;
use store::StationStore;

fn exception(kind: ExceptionKind, reason: &str) -> KnownException {
    KnownException {
        kind,
        reason: reason.to_string(),
        supervisor: "lizhuren".to_string(),
        at: Moment(2_000),
    }
}

#[test]
fn an_exception_survives_a_restart_and_comes_with_the_person() {
    let (folder, store) = store();
    let injury = exception(ExceptionKind::Injury, "左臂骨折，无法坐正");
    let cover = exception(ExceptionKind::HeadCover, "化疗后头部遮盖");
    for granted in [&injury, &cover] {
        let line = event("exception_granted", "s1:1");
        store.grant_exception("s1:1", granted, &line).unwrap();
    }
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    // Retaken later, and read in the order of the offer, whichever was granted first.
    let standing = store.standing("s1:1").unwrap();
    assert_eq!(standing.exceptions, [cover.clone(), injury]);
    assert_eq!(store.check_audit().unwrap(), Ok(2));
    let again = exception(ExceptionKind::HeadCover, "少数民族传统头饰");
    let line = event("exception_granted", "s1:1");
    store.grant_exception("s1:1", &again, &line).unwrap();
    let known = store.exceptions("s1:1").unwrap();
    assert_eq!((known.len(), &known[0]), (2, &again), "one of a kind");
}

#[test]
fn nobody_else_has_it_and_a_stranger_gets_none() {
    let (_folder, store) = store();
    store.merge_roster(SESSION, &[person("s1:2", "王欣怡")]).unwrap();
    let granted = exception(ExceptionKind::Spectacles, "高度近视常年戴镜");
    let line = event("exception_granted", "s1:1");
    store.grant_exception("s1:1", &granted, &line).unwrap();
    assert_eq!(store.exceptions("s1:2").unwrap(), []);
    assert!(store.grant_exception("nobody", &granted, &line).is_err());
    assert_eq!(
        store.check_audit().unwrap(),
        Ok(1),
        "no line of what was not kept"
    );
}
