//! The people of a file.

use crate::book::{self, Book};
use crate::enrolment_row::{Around, Problem};
use crate::fault::{ProblemCode, RosterFault, RowProblem, letters};
use crate::plan::{Plan, SheetPlan};
use crate::progress::{Progress, ROWS_A_WORD, Step};
use crate::table::{Cell, Table};
use domain::enrolment::Enrolment;
use domain::identity::date::Date;
use domain::roster::{LearnedHeadings, RosterField};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What could be read of a roster, and what could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Students in the file's order, with ids that stay the same when the file is read again.
    pub rows: Vec<Enrolment>,
    /// Everything that is wrong, in the file's order; a row named here is not in `rows`.
    pub problems: Vec<RowProblem>,
    /// What is odd about rows that are taken, in the file's order.
    pub warnings: Vec<RowProblem>,
    /// What the file has columns for.
    pub fields: BTreeSet<RosterField>,
}

/// What a roster is read for.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// Id of the session.
    pub session: &'a str,
    /// Stands in rows that name no school.
    pub school: &'a str,
    /// Birth dates lie before it.
    pub today: Date,
}

/// Reads a roster of a session from the bytes of a file with what its columns surely mean. All visible sheets with
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
    let book = book::open(bytes, file_name, None, told)?;
    if book.encoding().is_some_and(|encoding| !encoding.sure) {
        return Err(RosterFault::Encoding);
    }
    let mut plan = book.propose(&LearnedHeadings::new());
    plan.only_sure();
    let today = today();
    book.read(
        &plan,
        For {
            session,
            school,
            today,
        },
        told,
    )
}

impl Book {
    /// Reads the people of the used sheets. [`RosterFault::NoHeadings`] when the plan lacks something.
    pub fn read(
        &self,
        plan: &Plan,
        wanted: For<'_>,
        told: &mut dyn FnMut(Progress),
    ) -> Result<Roster, RosterFault> {
        if !plan.missing().is_empty() {
            return Err(RosterFault::NoHeadings);
        }
        let used: Vec<(&Table, &SheetPlan)> = self
            .tables
            .iter()
            .zip(&plan.sheets)
            .filter(|(_, sheet)| sheet.used)
            .collect();
        let mut roster = Roster::default();
        let mut ids = HashSet::new();
        let total = used
            .iter()
            .map(|(table, sheet)| table.rows.len().saturating_sub(sheet.first))
            .sum();
        let mut done = 0_usize;
        for (table, sheet) in &used {
            roster
                .fields
                .extend(sheet.columns.iter().filter_map(|column| column.field));
            let around = Around {
                headings: &self.headings,
                sheet,
                session: wanted.session,
                school: wanted.school,
                today: wanted.today,
            };
            let usual = usual_length(table, sheet);
            for row in table.rows.get(sheet.first..).unwrap_or_default() {
                if done.is_multiple_of(ROWS_A_WORD) {
                    told(Progress::of(Step::Checking, done, total));
                }
                done += 1;
                let place = |((column, at), code): Problem| RowProblem {
                    sheet: table.sheet.clone(),
                    row: row.number,
                    column,
                    letters: letters(at),
                    code,
                };
                if row.hidden && !plan.hidden_rows {
                    roster
                        .problems
                        .push(place((around.heading(RosterField::Name), ProblemCode::RowHidden)));
                    continue;
                }
                match around.enrolment(row) {
                    Err(problems) => roster.problems.extend(problems.into_iter().map(place)),
                    Ok((enrolment, _)) if !ids.insert(enrolment.id.clone()) => {
                        let at = around.key_heading(&enrolment);
                        roster.problems.push(place((at, ProblemCode::Duplicate)));
                    }
                    Ok((enrolment, mut odd)) => {
                        let short = |(column, length): &(u32, usize)| {
                            matches!(row.cell(*column), Some(Cell::Number(_)))
                                && enrolment.student_number.len() < *length
                        };
                        if usual.as_ref().is_some_and(short) {
                            odd.push((around.heading(RosterField::StudentNumber), ProblemCode::ZerosLost));
                        }
                        roster.warnings.extend(odd.into_iter().map(place));
                        roster.rows.push(enrolment);
                    }
                }
            }
        }
        told(Progress::of(Step::Checking, total, total));
        Ok(roster)
    }
}

/// The student numbers' column with their most common length, where more than half of them have it: a shorter one
/// that the spreadsheet keeps as a number has lost its zeros.
fn usual_length(table: &Table, sheet: &SheetPlan) -> Option<(u32, usize)> {
    let (column, _) = sheet.of_field(RosterField::StudentNumber).next()?;
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut all, mut numbers) = (0, false);
    for row in table.rows.get(sheet.first..)? {
        let length = match row.cell(column) {
            Some(Cell::Number(number)) => {
                numbers = true;
                format!("{number:.0}").len()
            }
            Some(Cell::Text(text)) => text.trim().chars().count(),
            _ => continue,
        };
        *lengths.entry(length).or_default() += 1;
        all += 1;
    }
    let (length, count) = lengths.into_iter().max_by_key(|(_, count)| *count)?;
    (numbers && count * 2 > all).then_some((column, length))
}

/// Today where the station stands.
pub fn today() -> Date {
    let today = jiff::Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    u16::try_from(today.year())
        .ok()
        .and_then(|year| Date::new(year, part(today.month()), part(today.day())))
        .unwrap_or(Date::EPOCH)
}
