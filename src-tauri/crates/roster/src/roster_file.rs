//! A whole file.

use crate::enrolment_row::Around;
use crate::fault::{ProblemCode, RosterFault, RowProblem, letters};
use crate::headings::{Columns, Field, Headings};
use crate::progress::{Progress, ROWS_A_WORD, Step};
use crate::table::Table;
use crate::{csv_table, xlsx_table};
use domain::enrolment::Enrolment;
use domain::identity::date::Date;
use std::collections::HashSet;

/// What could be read of a roster, and what could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Students in the file's order, with ids that stay the same when the file is read again.
    pub rows: Vec<Enrolment>,
    /// Everything that is wrong, in the file's order; a row named here is not in `rows`.
    pub problems: Vec<RowProblem>,
}

/// Reads a roster of a session from the bytes of a CSV or XLSX file; the content decides, `file_name` only
/// tells a damaged workbook from a text. `school` stands in rows that name none. All visible sheets with
/// headings are read. Birth dates are checked against today's date.
pub fn read(bytes: &[u8], file_name: &str, session: &str, school: &str) -> Result<Roster, RosterFault> {
    read_telling(bytes, file_name, session, school, &mut |_| {})
}

/// [`read`] that says now and then how far it is.
pub fn read_telling(
    bytes: &[u8],
    file_name: &str,
    session: &str,
    school: &str,
    told: &mut dyn FnMut(Progress),
) -> Result<Roster, RosterFault> {
    let headings = Headings::builtin()?;
    if bytes.len() as u64 > headings.limits.file_bytes {
        return Err(RosterFault::TooLarge);
    }
    let tables = tables(bytes, file_name, &headings, told)?;
    let found: Vec<(&Table, Columns)> = tables
        .iter()
        .filter_map(|table| Some((table, headings.find(table)?)))
        .collect();
    if found.is_empty() {
        return Err(RosterFault::NoHeadings);
    }
    let mut roster = Roster::default();
    let mut ids = HashSet::new();
    let total = found
        .iter()
        .map(|(table, columns)| table.rows.len().saturating_sub(columns.first_row))
        .sum();
    let mut done = 0_usize;
    for (table, columns) in &found {
        let around = Around {
            headings: &headings,
            columns,
            session,
            school,
            today: today(),
        };
        for row in &table.rows[columns.first_row..] {
            if done.is_multiple_of(ROWS_A_WORD) {
                told(Progress::of(Step::Checking, done, total));
            }
            done += 1;
            let mut name = |(column, at), code| {
                let (sheet, row, letters) = (table.sheet.clone(), row.number, letters(at));
                roster.problems.push(RowProblem {
                    sheet,
                    row,
                    column,
                    letters,
                    code,
                });
            };
            match around.enrolment(row) {
                Err(problems) => problems.into_iter().for_each(|(column, code)| name(column, code)),
                Ok(enrolment) if !ids.insert(enrolment.id.clone()) => {
                    let by = if enrolment.student_number.is_empty() {
                        Field::DocumentNumber
                    } else {
                        Field::StudentNumber
                    };
                    name(around.heading(by), ProblemCode::Duplicate);
                }
                Ok(enrolment) => roster.rows.push(enrolment),
            }
        }
    }
    told(Progress::of(Step::Checking, total, total));
    Ok(roster)
}

fn tables(
    bytes: &[u8],
    file_name: &str,
    headings: &Headings,
    told: &mut dyn FnMut(Progress),
) -> Result<Vec<Table>, RosterFault> {
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx_table::read(bytes, &headings.limits, told);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(RosterFault::OldExcel);
    }
    let name = file_name.to_lowercase();
    if name.ends_with(".xlsx") || name.ends_with(".xls") {
        return Err(RosterFault::Unreadable("the file is not a workbook".to_string()));
    }
    Ok(vec![csv_table::read(bytes, &headings.limits)?])
}

/// Today where the station stands.
fn today() -> Date {
    let today = jiff::Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    u16::try_from(today.year())
        .ok()
        .and_then(|year| Date::new(year, part(today.month()), part(today.day())))
        .unwrap_or(Date::EPOCH)
}
