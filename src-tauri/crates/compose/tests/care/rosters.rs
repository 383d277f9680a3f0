//! `station roster`: good files at once, bad rows by agreement only.

use crate::desk::{Desk, SESSION, told};
use domain::port::Store;

const GOOD: &str = "姓名,学号\n王欣怡,2\n李明,3\n";
const MIXED: &str = "姓名,学号,身份证号\n王欣怡,2,\n,3,\n李明,4,11010519491231002\n赵琳,5,\n";

fn people(desk: &Desk) -> usize {
    let classes = desk.store().classes(SESSION).unwrap();
    classes.iter().map(|class| class.total as usize).sum()
}

#[test]
fn a_good_file_is_merged_at_once() {
    let desk = Desk::new();
    desk.put("good.csv", GOOD);
    let output = desk.run(&["roster", SESSION, "good.csv"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(told(&output), "2 students merged, 0 rows left out\n");
    assert_eq!(people(&desk), 3);
}

#[test]
fn bad_rows_are_listed_and_nothing_is_merged_unless_somebody_agrees() {
    let desk = Desk::new();
    desk.put("mixed.csv", MIXED);
    let output = desk.run(&["roster", SESSION, "mixed.csv"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let text = told(&output);
    assert!(
        text.contains("row 3, column A (姓名): no name (name_missing)"),
        "{text}"
    );
    assert!(text.contains("row 4, column C (身份证号): "), "{text}");
    assert!(
        text.contains("2 rows cannot be taken; nothing was merged (2 are good: --accept-good-rows)"),
        "{text}"
    );
    assert!(!text.contains("李明"), "no names: {text}");
    assert_eq!(people(&desk), 1);
    let output = desk.run(&["roster", SESSION, "mixed.csv", "--accept-good-rows"]);
    assert!(output.status.success(), "{output:?}");
    assert!(
        told(&output).ends_with("2 students merged, 2 rows left out\n"),
        "{}",
        told(&output)
    );
    assert_eq!(people(&desk), 3);
}

#[test]
fn a_long_file_is_told_in_tenths() {
    let desk = Desk::new();
    let rows: String = (10..5_010).map(|n| format!("李明,{n}\n")).collect();
    desk.put("long.csv", format!("姓名,学号\n{rows}"));
    let output = desk.run(&["roster", SESSION, "long.csv"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for line in [
        "rows checked: 20 %",
        "rows checked: 100 %",
        "rows kept: 60 %",
        "rows kept: 100 %",
    ] {
        assert!(said.lines().any(|l| l == line), "{line}: {said}");
    }
    assert_eq!(people(&desk), 5_001);
}

#[test]
fn what_is_no_roster_is_refused() {
    let desk = Desk::new();
    desk.put("good.csv", GOOD);
    desk.put("no.csv", "a,b\n1,2\n");
    for words in [
        ["roster", SESSION, "no.csv"],
        ["roster", "other", "good.csv"],
        ["roster", SESSION, "absent.csv"],
    ] {
        let output = desk.run(&words);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {output:?}");
    }
    assert_eq!(people(&desk), 1);
}

#[test]
fn the_help_names_the_codes_it_ends_with() {
    let desk = Desk::new();
    for (command, ends) in [
        ("roster", "3 when there are bad rows and nobody agreed"),
        ("backup", "2 when the folder cannot be used"),
        ("restore", "1 when the backup is damaged"),
        ("doctor", "1 when something needs a hand"),
    ] {
        let text = told(&desk.run(&[command, "--help"]))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(text.contains(ends), "{command}: {text}");
    }
}
