//! Rosters as schools really send them.

use crate::booth::{Booth, PATIENCE, wait_for};
use crate::desk::{give, watch};
use crate::school::document_number;
use acceptance::seed::{OPERATOR, SESSION};
use anyhow::Result;
use compose::{Desktop, supply};
use roster::{ProblemCode, Roster};
use rust_xlsxwriter::Workbook;
use station::contract::{Command, Screen};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const HEADINGS: [&str; 4] = ["学号", "姓名", "身份证号", "班级"];

/// A station that knows the sample session and takes a roster file for it.
fn read(booth: &Booth, file: &Path) -> Result<(Desktop, Roster)> {
    let desktop = booth.desktop()?;
    wait_for("the session", PATIENCE, || {
        Ok((!desktop.store().setups()?.is_empty()).then_some(()))
    })?;
    let roster = supply::roster_file(desktop.store(), SESSION, file)?;
    Ok((desktop, roster))
}

#[test]
fn two_hundred_bad_rows_are_named_and_the_good_ones_are_there() -> Result<()> {
    let booth = Booth::open()?;
    let mut text = HEADINGS.join(",") + "\n";
    let mut bad = BTreeSet::new();
    for n in 1..=300 {
        let number = document_number(n);
        let (name, number) = match n % 3 {
            0 => ("周安然", number),
            1 => ("", number),
            _ => ("周安然", number[..17].to_string()),
        };
        if n % 3 != 0 {
            bad.insert(n + 1);
        }
        writeln!(text, "9901{n:04},{name},{number},护理 9901 班")?;
    }
    let file = booth.folder().join("roster.csv");
    std::fs::write(&file, text)?;
    let (desktop, roster) = read(&booth, &file)?;
    assert_eq!(roster.rows.len(), 100);
    assert_eq!(roster.problems.len(), 200);
    assert_eq!(
        roster.problems.iter().map(|p| p.row).collect::<BTreeSet<_>>(),
        bad,
        "each by its row"
    );
    let codes: BTreeSet<_> = roster.problems.iter().map(|p| p.code.code()).collect();
    assert_eq!(codes, BTreeSet::from(["name_missing", "number_length"]));

    watch(
        &desktop,
        "sign-in",
        |view| matches!(&view.screen, Screen::SignIn { operators, .. } if !operators.is_empty()),
    )?;
    let (operator, pin) = (OPERATOR.0.to_string(), OPERATOR.1.to_string());
    give(
        &desktop,
        Command::SignIn { operator, pin },
        "the sessions",
        |view| matches!(view.screen, Screen::ChooseSession { .. }),
    )?;
    give(
        &desktop,
        Command::ChooseSession { id: SESSION.into() },
        "the class",
        |view| matches!(&view.screen, Screen::Home(home) if home.classes.iter().any(|c| c.name == "护理 9901 班" && c.total == 100)),
    )?;
    Ok(())
}

#[test]
fn a_number_kept_as_a_float_is_never_guessed() -> Result<()> {
    let booth = Booth::open()?;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading)?;
    }
    let (lost, kept) = (document_number(8), document_number(9));
    for (row, name) in [(1, "钱方圆"), (2, "孙博文")] {
        sheet.write_string(row, 0, format!("990200{row:02}"))?;
        sheet.write_string(row, 1, name)?;
        sheet.write_string(row, 3, "护理 9902 班")?;
    }
    // As Excel keeps it when somebody types the number into a plain cell: fifteen digits survive.
    sheet.write_number(1, 2, lost.replace('X', "0").parse::<f64>()?)?;
    sheet.write_string(2, 2, &kept)?;
    let file = booth.folder().join("roster.xlsx");
    workbook.save(&file)?;
    let (desktop, roster) = read(&booth, &file)?;
    assert_eq!(roster.rows.len(), 1, "{:?}", roster.problems);
    let problems: Vec<_> = roster
        .problems
        .iter()
        .map(|p| (p.row, p.column.as_str(), p.code))
        .collect();
    assert_eq!(problems, [(2, "身份证号", ProblemCode::NumberAsFloat)]);
    assert_eq!(desktop.store().search(SESSION, "孙博文", 10)?.len(), 1);
    assert_eq!(
        desktop.store().search(SESSION, "钱方圆", 10)?.len(),
        0,
        "a row that cannot be trusted is not taken"
    );
    Ok(())
}
