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
    let output = desk.run(&["roster", "good.csv", "--session", SESSION]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        told(&output),
        "2 students merged, 0 rows left out\nnew 2, changed 0, unchanged 0, gone 0 (marked 0, removed 0), conflicts 0\n"
    );
    assert_eq!(people(&desk), 3);
}

#[test]
fn bad_rows_are_listed_and_nothing_is_merged_unless_somebody_agrees() {
    let desk = Desk::new();
    desk.put("mixed.csv", MIXED);
    let output = desk.run(&["roster", "mixed.csv", "--session", SESSION]);
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
    let output = desk.run(&["roster", "mixed.csv", "--session", SESSION, "--accept-good-rows"]);
    assert!(output.status.success(), "{output:?}");
    assert!(
        told(&output).contains("2 students merged, 2 rows left out\n"),
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
    let output = desk.run(&["roster", "long.csv", "--session", SESSION]);
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
fn columns_are_shown_given_a_meaning_and_remembered() {
    let desk = Desk::new();
    desk.put("odd.csv", "学员,编码\n王欣怡,2\n李明,3\n");
    let seen = desk.run(&["roster", "odd.csv", "--session", SESSION, "--preview"]);
    assert_eq!(seen.status.code(), Some(3), "{seen:?}");
    assert!(
        told(&seen).contains("A \"学员\" = - (Unknown)") && told(&seen).contains("missing: sheet"),
        "{seen:?}"
    );
    let mapped = [
        "roster",
        "odd.csv",
        "--session",
        SESSION,
        "--map",
        "姓名=A",
        "--map",
        "学号=B",
    ];
    let seen = desk.run(&[mapped.as_slice(), &["--preview", "--json"]].concat());
    assert!(seen.status.success(), "{seen:?}");
    let document: serde_json::Value = serde_json::from_str(&told(&seen)).unwrap();
    assert_eq!(document["rows"]["new"].as_array().unwrap().len(), 2);
    assert_eq!(document["sheets"][0]["columns"][0]["field"], "name");
    assert!(!told(&seen).contains("李明"), "no names: {seen:?}");
    assert_eq!(people(&desk), 1, "a preview keeps nothing");
    assert!(desk.run(&mapped).status.success());
    assert_eq!(people(&desk), 3);
    desk.put("next.csv", "学员,编码\n李明,3\n赵琳,4\n");
    let output = desk.run(&["roster", "next.csv", "--session", SESSION, "--gone", "remove"]);
    assert!(
        told(&output).contains("new 1, changed 0, unchanged 1, gone 1 (marked 0, removed 1), conflicts 0"),
        "{output:?}"
    );
    assert_eq!(people(&desk), 3);
    for wrong in [
        ["--map", "学号"],
        ["--map", "颜色=A"],
        ["--map", "学号=Z"],
        ["--gone", "burn"],
        ["--encoding", "klingon"],
    ] {
        let output = desk.run(&[&["roster", "next.csv", "--session", SESSION], wrong.as_slice()].concat());
        assert_eq!(output.status.code(), Some(1), "{wrong:?}: {output:?}");
    }
}

#[test]
fn what_is_no_roster_is_refused() {
    let desk = Desk::new();
    desk.put("good.csv", GOOD);
    desk.put("no.csv", "a,b\n1,2\n");
    for words in [
        ["no.csv", SESSION, "3"],
        ["good.csv", "other", "1"],
        ["absent.csv", SESSION, "1"],
    ] {
        let [file, session, ends] = words;
        let output = desk.run(&["roster", file, "--session", session]);
        assert_eq!(
            output.status.code().map(|code| code.to_string()).as_deref(),
            Some(ends),
            "{words:?}: {output:?}"
        );
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
