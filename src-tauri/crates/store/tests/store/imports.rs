//! Roster files: compared with what is kept, taken in one transaction, never losing anybody.

use crate::common::*;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::port::{Imports, Store};
use domain::roster::{
    ConflictKind, Difference, GoneChoice, ImportCounts, ImportRecord, LearnedHeadings, RosterField,
    RosterImport, difference,
};
use std::collections::BTreeSet;
use store::StationStore;

fn fields() -> BTreeSet<RosterField> {
    RosterField::ALL.into_iter().collect()
}

fn compare(store: &StationStore, file: &[Enrolment]) -> Difference {
    difference(&store.kept_rows(SESSION).unwrap(), file, &fields())
}

fn import(found: &Difference, id: &str, choice: GoneChoice) -> RosterImport {
    RosterImport {
        record: ImportRecord {
            id: id.into(),
            session: SESSION.into(),
            at: domain::Moment(5),
            by: "zhoumin".into(),
            file_name: "名单.xlsx".into(),
            sha256: "0".repeat(64),
            counts: ImportCounts {
                new: found.new.len() as u32,
                gone: found.gone.len() as u32,
                ..ImportCounts::default()
            },
        },
        rows: found
            .new
            .iter()
            .chain(found.changed.iter().map(|(row, _)| row))
            .cloned()
            .collect(),
        unchanged: found.unchanged.clone(),
        gone: found.gone.iter().map(|gone| gone.row.id.clone()).collect(),
        choice,
        school: "青禾".into(),
        headings: LearnedHeadings::from([
            ("证".to_string(), Some(RosterField::DocumentNumber)),
            ("备注".to_string(), None),
        ]),
    }
}

fn take(store: &StationStore, file: &[Enrolment], id: &str, choice: GoneChoice) -> ImportCounts {
    let found = compare(store, file);
    let line = event("roster_imported", SESSION);
    store
        .apply_import(&import(&found, id, choice), &line, &mut |_| {})
        .unwrap()
}

fn numbered(id: &str, name: &str, number: &str) -> Enrolment {
    Enrolment {
        document_number: Some(number.to_string().into()),
        ..person(id, name)
    }
}

#[test]
fn a_file_taken_twice_changes_nothing_and_what_it_taught_is_kept() {
    let (folder, store) = store();
    let file = [person("s1:1", "陈思涵"), person("s1:2", "李明")];
    take(&store, &file, "i1", GoneChoice::Keep);
    let again = compare(&store, &file);
    assert!(again.is_empty() && again.unchanged.len() == 2, "{again:?}");
    let learned = store.learned_headings("青禾").unwrap();
    assert_eq!(learned["证"], Some(RosterField::DocumentNumber));
    assert_eq!(learned["备注"], None);
    assert!(store.learned_headings("别校").unwrap().is_empty());
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let imports = store.imports(SESSION).unwrap();
    assert_eq!(
        (imports.len(), imports[0].id.as_str(), imports[0].counts.new),
        (1, "i1", 1)
    );
    assert_eq!(store.check_audit().unwrap(), Ok(1));
}

#[test]
fn who_is_gone_stays_is_marked_or_goes_as_it_was_chosen() {
    for (choice, left, marked) in [
        (GoneChoice::Keep, 3, 0),
        (GoneChoice::Mark, 3, 2),
        (GoneChoice::Remove, 2, 1),
    ] {
        let (_folder, store) = store();
        let all = [
            person("s1:1", "陈思涵"),
            person("s1:2", "李明"),
            person("s1:3", "王欣怡"),
        ];
        take(&store, &all, "i1", GoneChoice::Keep);
        store.enqueue(&packet("p1", b"sealed")).unwrap();
        // The first one was captured, the second was not; the walk-in was on no file.
        let walk_in = Enrolment {
            provisional: true,
            ..person("s1:w", "赵琳")
        };
        store.keep_provisional(&walk_in).unwrap();
        let found = compare(&store, &all[2..]);
        let gone: Vec<_> = found
            .gone
            .iter()
            .map(|gone| (gone.row.id.as_str(), gone.bound))
            .collect();
        assert_eq!(gone, [("s1:1", true), ("s1:2", false)]);
        let counts = take(&store, &all[2..], "i2", choice);
        assert_eq!((counts.marked, counts.removed), (marked, 3 - left), "{choice:?}");
        let people = store.people(SESSION, "护理 2401 班").unwrap();
        assert_eq!(people.len() as u32, left + 1, "{choice:?}");
        assert_eq!(store.classes(SESSION).unwrap()[0].total, left + 1, "{choice:?}");
        let found = store.search(SESSION, "李明", 10).unwrap();
        assert_eq!(found.is_empty(), choice == GoneChoice::Remove, "{choice:?}");
        let captured = store.enrolment("s1:1").unwrap().unwrap();
        assert_eq!(captured.state, EnrolmentState::Captured);
        assert_eq!(captured.not_eligible.is_some(), choice != GoneChoice::Keep);
        // Back on the next file, nobody is marked any more.
        let counts = take(&store, &all, "i3", GoneChoice::Keep);
        assert_eq!(counts.gone, 0);
        assert!(compare(&store, &all).is_empty(), "{choice:?}");
    }
}

#[test]
fn what_contradicts_a_capture_waits_for_a_decision() {
    let (_folder, store) = store();
    let first = [
        numbered("s1:1", "陈思涵", "11010519491231002X"),
        numbered("s1:2", "李明", "31010120060612902X"),
    ];
    take(&store, &first, "i1", GoneChoice::Keep);
    store.enqueue(&packet("p1", b"sealed")).unwrap();
    store
        .keep_provisional(&Enrolment {
            provisional: true,
            ..person("s1:w", "赵琳")
        })
        .unwrap();
    let cases = [
        (
            numbered("s1:1", "陈思涵", "440106200711239053"),
            ConflictKind::DocumentNumber,
        ),
        (
            numbered("s1:1", "陈思函", "11010519491231002X"),
            ConflictKind::Name,
        ),
        (
            numbered("s1:9", "陈思涵", "11010519491231002X"),
            ConflictKind::StudentNumber,
        ),
        (person("s1:w", "赵琳"), ConflictKind::WalkIn),
    ];
    for (row, kind) in cases {
        let found = compare(&store, &[row, first[1].clone()]);
        let kinds: Vec<_> = found.conflicts.iter().map(|conflict| conflict.kind).collect();
        assert_eq!(kinds, [kind]);
        assert!(found.new.is_empty() && found.changed.is_empty(), "{kind:?}");
    }
    // Of somebody who was not captured it is a change; a class may change at any time.
    let moved = Enrolment {
        class_name: "护理 2402 班".into(),
        ..first[0].clone()
    };
    let found = compare(&store, &[moved, numbered("s1:2", "李鸣", "440106200711239053")]);
    let changes: Vec<_> = found
        .changed
        .iter()
        .map(|(row, fields)| (row.id.as_str(), fields.as_slice()))
        .collect();
    assert_eq!(
        changes,
        [
            ("s1:1", [RosterField::ClassName].as_slice()),
            (
                "s1:2",
                [RosterField::Name, RosterField::DocumentNumber].as_slice()
            ),
        ]
    );
}

#[test]
fn a_file_without_a_column_leaves_what_is_known() {
    let (_folder, store) = store();
    take(
        &store,
        &[numbered("s1:2", "李明", "31010120060612902X")],
        "i1",
        GoneChoice::Keep,
    );
    let names = BTreeSet::from([RosterField::Name, RosterField::StudentNumber]);
    let bare = Enrolment {
        class_name: String::new(),
        ..person("s1:2", "李明")
    };
    let found = difference(&store.kept_rows(SESSION).unwrap(), &[bare], &names);
    assert!(found.is_empty(), "{found:?}");
}

/// Many files in a row, each of other people: taken with nobody bound, what is kept is the file.
#[test]
fn what_is_taken_is_what_the_file_says() {
    let (_folder, store) = store();
    take(&store, &[person("s1:1", "陈思涵")], "i0", GoneChoice::Keep);
    let mut seed = 7_u32;
    for n in 0..40 {
        let mut file = vec![];
        for id in 0..12 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let dice = seed >> 16;
            if !dice.is_multiple_of(3) {
                let mut row = person(
                    &format!("s1:{id}"),
                    ["李明", "王欣怡", "陈思涵"][dice as usize % 3],
                );
                row.class_name = format!("{} 班", dice % 4);
                file.push(row);
            }
        }
        take(&store, &file, &format!("i{}", n + 1), GoneChoice::Remove);
        let kept = store.kept_rows(SESSION).unwrap();
        let mut rows: Vec<_> = kept.iter().map(|kept| kept.row.clone()).collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        file.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(rows, file, "file {n}");
        let total: u32 = store
            .classes(SESSION)
            .unwrap()
            .iter()
            .map(|class| class.total)
            .sum();
        assert_eq!(total as usize, file.len());
    }
}
