//! What the columns mean: proposed, changed, learned.

use crate::{NUMBER, row, xlsx};
use domain::identity::date::Date;
use domain::roster::{LearnedHeadings, RosterField};
use proptest::prelude::*;
use roster::{Book, Confidence, For, Missing, RosterFault, open};

fn book(text: &str) -> Book {
    open(text.as_bytes(), "a.csv", None, &mut |_| {}).unwrap()
}

fn wanted() -> For<'static> {
    For {
        session: "s1",
        school: "青禾",
        today: Date::new(2026, 11, 28).unwrap(),
    }
}

#[test]
fn what_is_not_known_is_chosen_and_known_the_next_time() {
    let text = format!("学员,编码,证\n李明,7,{NUMBER}\n王欣怡,8,31010120060612902X\n");
    let book = book(&text);
    let mut plan = book.propose(&LearnedHeadings::new());
    let fields: Vec<_> = plan.sheets[0]
        .columns
        .iter()
        .map(|c| (c.field, c.confidence))
        .collect();
    assert_eq!(
        fields,
        [
            (None, Confidence::Unknown),
            (None, Confidence::Unknown),
            (Some(RosterField::DocumentNumber), Confidence::Likely),
        ],
        "by what stands in it"
    );
    assert_eq!(plan.missing(), [Missing::Sheet]);
    assert_eq!(
        book.read(&plan, wanted(), &mut |_| {}).unwrap_err(),
        RosterFault::NoHeadings
    );
    assert!(plan.use_sheet(0, true));
    assert_eq!(plan.missing(), [Missing::Name]);
    assert!(
        plan.assign(0, "A", Some(RosterField::Name)) && plan.assign(0, "b", Some(RosterField::StudentNumber))
    );
    assert!(!plan.assign(0, "Z", None) && !plan.assign(1, "A", None));
    assert_eq!(plan.missing(), []);
    let roster = book.read(&plan, wanted(), &mut |_| {}).unwrap();
    assert_eq!((roster.rows.len(), roster.rows[0].id.as_str()), (2, "s1:7"));
    let learned = plan.learned();
    assert_eq!(learned.len(), 3, "what was let stand counts as agreed to");
    let again = book.propose(&learned);
    assert!(again.sheets[0].used && again.missing().is_empty());
    assert!(
        again.sheets[0]
            .columns
            .iter()
            .all(|c| c.confidence == Confidence::Learned)
    );
    assert_eq!(again.sheets[0].columns[0].sample, ["李明", "王欣怡"]);
}

#[test]
fn a_school_may_mean_something_else_by_a_heading_of_the_list() {
    let book = book("姓名,学号,班级\n李明,7,旧\n");
    let mut plan = book.propose(&LearnedHeadings::new());
    assert!(plan.learned().is_empty(), "what the list says is not learned");
    plan.assign(0, "C", None);
    let learned = plan.learned();
    assert_eq!(learned, LearnedHeadings::from([("班级".to_string(), None)]));
    let roster = book.read(&book.propose(&learned), wanted(), &mut |_| {}).unwrap();
    assert_eq!(roster.rows[0].class_name, "");
}

#[test]
fn several_sheets_are_listed_and_each_is_used_or_not() {
    let bytes = xlsx(|workbook| {
        for (name, number) in [("一班", "1"), ("二班", "2")] {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            row(sheet, 0, &["姓名", "学号"]);
            row(sheet, 1, &["李明", number]);
        }
    });
    let book = open(&bytes, "a.xlsx", None, &mut |_| {}).unwrap();
    let mut plan = book.propose(&LearnedHeadings::new());
    assert_eq!(book.read(&plan, wanted(), &mut |_| {}).unwrap().rows.len(), 2);
    plan.use_sheet(0, false);
    let roster = book.read(&plan, wanted(), &mut |_| {}).unwrap();
    assert_eq!(
        roster
            .rows
            .iter()
            .map(|r| r.student_number.as_str())
            .collect::<Vec<_>>(),
        ["2"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever a column is given, it is read as that and proposed as that the next time.
    #[test]
    fn a_choice_survives_to_the_next_file(
        choices in proptest::collection::vec(proptest::option::of(0..RosterField::ALL.len()), 6)
    ) {
        let text = "甲一,甲二,甲三,甲四,甲五,甲六\na,b,c,d,e,f\n";
        let book = book(text);
        let mut plan = book.propose(&LearnedHeadings::new());
        plan.use_sheet(0, true);
        let fields: Vec<Option<RosterField>> =
            choices.into_iter().map(|c| c.map(|c| RosterField::ALL[c])).collect();
        for (letter, field) in ["A", "B", "C", "D", "E", "F"].into_iter().zip(&fields) {
            prop_assert!(plan.assign(0, letter, *field));
        }
        let again = book.propose(&plan.learned());
        let proposed: Vec<_> = again.sheets[0].columns.iter().map(|c| c.field).collect();
        prop_assert_eq!(&proposed, &fields);
        prop_assert_eq!(again.sheets[0].used, plan.missing().is_empty());
        // Nothing of it panics, whatever it means.
        let _outcome = book.read(&plan, wanted(), &mut |_| {});
    }
}
