//! A school with as many students as a test needs.

use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Student numbers of a school with `count` students.
pub(crate) fn student_numbers(count: u32) -> Vec<String> {
    (1..=count).map(|n| format!("2501{n:04}")).collect()
}

/// Student numbers of those who pay at the desk: the first, and then every second one.
pub(crate) fn unpaid(students: &[String]) -> BTreeSet<&str> {
    students.iter().map(String::as_str).step_by(2).collect()
}

/// Writes the three files the server reads a school from.
pub(crate) fn write(folder: &Path, count: u32) -> Result<()> {
    let sample = acceptance::root::root().join("tests/central/sample");
    fs::create_dir_all(folder)?;
    for name in ["session.toml", "agreement.txt"] {
        fs::copy(sample.join(name), folder.join(name))?;
    }
    let mut roster = String::from("学号,姓名,身份证号,班级,号码牌,已缴费,可采集,不可采集原因\n");
    let students = student_numbers(count);
    let unpaid = unpaid(&students);
    for (number, n) in students.iter().zip(1..) {
        let prepaid = if unpaid.contains(number.as_str()) {
            "否"
        } else {
            "是"
        };
        writeln!(
            roster,
            "{number},{},{},护理 2501 班,{n:03},{prepaid},是,",
            name(n),
            document_number(n)
        )?;
    }
    Ok(fs::write(folder.join("roster.csv"), roster)?)
}

/// Writes the sample school's files with one more line before the tables of its session.
pub(crate) fn copy(folder: &Path, line: &str) -> Result<()> {
    let sample = acceptance::root::root().join("tests/central/sample");
    fs::create_dir_all(folder)?;
    for name in ["agreement.txt", "roster.csv"] {
        fs::copy(sample.join(name), folder.join(name))?;
    }
    let session = fs::read_to_string(sample.join("session.toml"))?;
    Ok(fs::write(
        folder.join("session.toml"),
        format!("{line}\n{session}"),
    )?)
}

/// A valid resident number of somebody born in 2006; different for every `n` below 999.
pub(crate) fn document_number(n: u32) -> String {
    let body = format!("11010120060{}{:02}{n:03}", 1 + n % 9, 1 + n % 28);
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][sum as usize % 11];
    format!("{body}{check}")
}

fn name(n: u32) -> String {
    let family = ["赵", "钱", "孙", "周", "吴", "郑", "冯"][n as usize % 7];
    let given = ["安然", "博文", "晨曦", "冬梅", "方圆"][n as usize / 7 % 5];
    format!("{family}{given}")
}
