//! The search among many, its keys after changes, the counts of classes, and databases of before.

use crate::common::*;
use domain::enrolment::Enrolment;
use domain::port::Store;
use domain::queue::ReviewState;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use store::StationStore;

fn found(store: &StationStore, text: &str) -> Vec<String> {
    let people = store.search(SESSION, text, 10).unwrap();
    people.into_iter().map(|p| p.id).collect()
}

fn numbered(id: &str, name: &str, document: &str) -> Enrolment {
    let mut person = person(id, name);
    person.document_number = Some(document.to_string().into());
    person
}

#[test]
fn the_closest_come_first() {
    let (_folder, store) = store();
    store
        .merge_roster(
            SESSION,
            &[
                person("s1:90", "林欣怡"),
                person("s1:91", "王林"),
                person("s1:92", "林"),
                person("s1:93", "蔺晨"),
                person("s1:94", "赵琳"),
            ],
        )
        .unwrap();
    assert_eq!(found(&store, "林"), ["s1:92", "s1:90", "s1:91"]);
    // Read from the beginning, then from within; equals in the roster's order.
    assert_eq!(
        found(&store, "lin"),
        ["s1:90", "s1:92", "s1:93", "s1:91", "s1:94"]
    );
    assert_eq!(found(&store, "9"), ["s1:90", "s1:91", "s1:92", "s1:93", "s1:94"]);
    assert_eq!(found(&store, "93")[0], "s1:93");
}

#[test]
fn numbers_are_found_from_both_ends_and_by_the_birth_date() {
    let (_folder, store) = store();
    let one = numbered("s1:240177", "吕布", "11010519491231002X");
    store.merge_roster(SESSION, &[one]).unwrap();
    for text in [
        "1101",
        "11010519491231002x",
        "02X",
        "31002x",
        "1231002X",
        "1949",
        "19491231",
        "240",
        "177",
        "0177",
    ] {
        assert_eq!(found(&store, text), ["s1:240177"], "{text}");
    }
    for text in ["0519", "4017", "2X0"] {
        assert!(found(&store, text).is_empty(), "{text}");
    }
}

#[test]
fn a_changed_record_is_found_by_the_new_words_only() {
    let (_folder, store) = store();
    let mut person = numbered("s1:7", "单雄信", "11010519491231002X");
    person.ticket = "055".into();
    store.merge_roster(SESSION, &[person.clone()]).unwrap();
    store.merge_roster(SESSION, &[person.clone()]).unwrap();
    assert_eq!(found(&store, "shanxiong"), ["s1:7"]);
    person.name = String::from("秦琼").into();
    person.document_number = None;
    person.ticket = "056".into();
    store.merge_roster(SESSION, &[person]).unwrap();
    for gone in ["shanxiong", "dan", "雄信", "11010519", "055", "sxx"] {
        assert!(found(&store, gone).is_empty(), "{gone}");
    }
    for new in ["qinqiong", "琼", "qq", "056", "7"] {
        assert_eq!(found(&store, new), ["s1:7"], "{new}");
    }
}

#[test]
fn two_sessions_do_not_find_each_others_people() {
    let (_folder, store) = store();
    let mut other = person("s2:1", "陈思涵");
    other.session = "s2".into();
    store.merge_roster("s2", &[other]).unwrap();
    assert_eq!(found(&store, "csh"), ["s1:1"]);
    assert_eq!(store.search("s2", "csh", 9).unwrap()[0].id, "s2:1");
    assert!(store.search("s3", "csh", 9).unwrap().is_empty());
}

/// A common surname: the work is the same for ten thousand of them as for a thousand.
#[test]
fn a_common_beginning_gives_as_many_as_asked_for() {
    let (_folder, store) = store();
    let rows: Vec<_> = (2..3_002)
        .map(|n| person(&format!("s1:{n}"), if n % 2 == 0 { "王伟" } else { "王芳" }))
        .collect();
    store.merge_roster(SESSION, &rows).unwrap();
    for text in ["王", "w", "wang", "wangw", "伟", "wei", "王伟"] {
        let people = store.search(SESSION, text, 40).unwrap();
        let mut ids: Vec<_> = people.iter().map(|p| p.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 40, "{text}");
    }
    let exact = store.search(SESSION, "王伟", 3).unwrap();
    let ids: Vec<_> = exact.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["s1:2", "s1:4", "s1:6"]);
    assert_eq!(store.search(SESSION, "王", u32::MAX).unwrap().len(), 3_000);
}

/// Classes as they are counted, against a count over all rows.
fn agrees(folder: &Path, store: &StationStore) {
    let connection = Connection::open(folder.join("station.sqlite")).unwrap();
    let sql = "SELECT class_name, count(*), sum(state IN ('captured', 'approved')), sum(state = 'retake')
         FROM enrolment WHERE session = 's1' GROUP BY class_name ORDER BY min(position)";
    let counted: Vec<(String, u32, u32, u32)> = connection
        .prepare(sql)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let kept: Vec<_> = store
        .classes(SESSION)
        .unwrap()
        .into_iter()
        .map(|c| (c.name, c.total, c.captured, c.retake))
        .collect();
    assert_eq!(kept, counted);
}

#[test]
fn counts_follow_every_change() {
    let (folder, store) = store();
    let place = |n: u32, class: &str| {
        let mut one = person(&format!("s1:{n}"), "李明");
        one.class_name = class.to_string();
        one
    };
    store
        .merge_roster(SESSION, &[place(2, "b"), place(3, "a"), place(4, "b")])
        .unwrap();
    agrees(folder.path(), &store);
    store
        .enqueue(&domain::port::NewPacket {
            enrolment: "s1:2".into(),
            ..packet("p1", b"one")
        })
        .unwrap();
    agrees(folder.path(), &store);
    store.acknowledge("p1", "{}", domain::Moment(2_000)).unwrap();
    store
        .apply_change(&verdict(7, "p1", ReviewState::Rejected))
        .unwrap();
    agrees(folder.path(), &store);
    // The first of a class leaves it, with a photo to be taken again; then the last of another one.
    store
        .merge_roster(SESSION, &[place(2, "a"), place(5, "c")])
        .unwrap();
    agrees(folder.path(), &store);
    store.merge_roster(SESSION, &[place(4, "c")]).unwrap();
    agrees(folder.path(), &store);
    assert_eq!(
        store
            .classes(SESSION)
            .unwrap()
            .iter()
            .map(|c| c.total)
            .sum::<u32>(),
        5
    );
    let connection = Connection::open(folder.path().join("station.sqlite")).unwrap();
    connection
        .execute("DELETE FROM enrolment WHERE id IN ('s1:3', 's1:5')", [])
        .unwrap();
    agrees(folder.path(), &store);
}

#[test]
fn a_database_of_before_is_searched_and_counted_like_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let connection = earlier_database(folder.path(), 3);
    let people = [
        ("曾小贤", "24010002", "11010519491231002X", "012", "一班"),
        ("吕布", "24010003", "", "", "二班"),
    ];
    for (at, (name, student, document, ticket, class)) in people.iter().enumerate() {
        connection
            .execute(
                "INSERT INTO enrolment VALUES (?1, 's1', ?2, ?3, nullif(?4, ''), '学校', ?5, ?6, ?7, 0, NULL, 0,
                     'captured', ?3, ?4, ?6, ?7, '', '')",
                rusqlite::params![format!("s1:{student}"), at as i64 + 1, name, document.to_lowercase(), class, student, ticket],
            )
            .unwrap();
    }
    drop(connection);
    let store = StationStore::open(folder.path()).unwrap();
    let wanted = BTreeMap::from([
        ("zxx", "s1:24010002"),
        ("小贤", "s1:24010002"),
        ("012", "s1:24010002"),
        ("002x", "s1:24010002"),
        ("lvbu", "s1:24010003"),
    ]);
    for (text, id) in wanted {
        assert_eq!(found(&store, text), [id], "{text}");
    }
    agrees(folder.path(), &store);
    assert_eq!(store.classes(SESSION).unwrap()[0].captured, 1);
    // Changed afterwards, the old keys go.
    store
        .merge_roster(SESSION, &[person("s1:24010003", "貂蝉")])
        .unwrap();
    assert!(found(&store, "lvbu").is_empty());
    assert_eq!(found(&store, "dc"), ["s1:24010003"]);
}
