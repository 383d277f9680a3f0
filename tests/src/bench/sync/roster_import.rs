//! What a large roster costs, from the bytes of a workbook to kept rows.

use super::people::{SESSION, person};
use crate::bench::figure::{Figure, Targets};
use anyhow::{Result, ensure};
use domain::port::Store;
use rust_xlsxwriter::Workbook;
use std::path::Path;
use std::time::Instant;
use store::StationStore;

const STUDENTS: usize = 100_000;

/// Reads an XLSX file of 100,000 students and merges it into an empty store.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let store = StationStore::open(&data.path().join("station"))?;
    let bytes = workbook()?;
    let mut words = 0_u32;
    let start = Instant::now();
    let read = roster::read_telling(&bytes, "roster.xlsx", SESSION, "学校", &mut |_| words += 1)?;
    let parsed = start.elapsed().as_secs_f64();
    store.merge_roster_telling(SESSION, &read.rows, &mut |_| words += 1)?;
    let whole = start.elapsed().as_secs_f64();
    ensure!(
        read.problems.is_empty() && read.rows.len() == STUDENTS,
        "{} rows",
        read.rows.len()
    );
    ensure!(
        store.search(SESSION, &read.rows[77].student_number, 1)?.len() == 1,
        "not kept"
    );
    let again = Instant::now();
    store.merge_roster(SESSION, &read.rows)?;
    let beside = format!(
        "read {parsed:.1} s, kept {:.1} s, the same once more {:.1} s; {words} words of progress; {} MB of XLSX",
        whole - parsed,
        again.elapsed().as_secs_f64(),
        bytes.len() / 1_000_000
    );
    targets.figure("roster_import_s", whole, beside)
}

fn workbook() -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let headings = ["姓名", "身份证号", "学号", "班级", "号码牌", "已缴费"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading)?;
    }
    for n in 0..STUDENTS {
        let row = u32::try_from(n)? + 1;
        let student = person(n);
        let number = student.document_number.as_ref().map_or("", |n| n.as_str());
        sheet.write_string(row, 0, student.name.as_str())?;
        sheet.write_string(row, 1, number)?;
        sheet.write_string(row, 2, &student.student_number)?;
        sheet.write_string(row, 3, &student.class_name)?;
        sheet.write_string(row, 4, &student.ticket)?;
        sheet.write_string(row, 5, if student.prepaid { "是" } else { "否" })?;
    }
    Ok(workbook.save_to_buffer()?)
}
