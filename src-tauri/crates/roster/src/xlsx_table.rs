//! XLSX workbooks.

use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::progress::{Progress, ROWS_A_WORD, Step};
use crate::sheet_marks;
use crate::table::{Cell, Merged, Row, Table};
use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Reads the sheets of a workbook, hidden ones too.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    told: &mut dyn FnMut(Progress),
) -> Result<Vec<Table>, RosterFault> {
    // The workbook comes from outside and its reader is not ours: a panic in it is one damaged file.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits, told))).unwrap_or_else(|_| Err(gave_up()))
}

pub(crate) fn gave_up() -> RosterFault {
    RosterFault::Unreadable("the workbook's reader gave up".to_string())
}

/// Unpacks everything once into nothing and counts: the sizes written in the archive may lie.
pub(crate) fn refuse_bomb(bytes: &[u8], limits: &Limits) -> Result<(), RosterFault> {
    let unreadable = |e: zip::result::ZipError| RosterFault::Unreadable(e.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|e| RosterFault::Unreadable(e.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(RosterFault::TooLarge)?;
    }
    Ok(())
}

fn sheets(bytes: &[u8], limits: &Limits, told: &mut dyn FnMut(Progress)) -> Result<Vec<Table>, RosterFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|e| RosterFault::Unreadable(e.to_string()))?;
    let parts = sheet_marks::parts(&mut archive);
    let found: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut tables = vec![];
    let mut rows = 0;
    for (name, hidden) in found {
        let mut table = table(&mut workbook, name, hidden, limits, told)?;
        rows += table.rows.len();
        if rows > limits.rows {
            return Err(RosterFault::TooManyRows);
        }
        if let Some(part) = parts.get(&table.sheet) {
            mark(&mut table, &sheet_marks::read(&mut archive, part, limits.rows));
        }
        if let Ok(merged) = workbook.merge_cells_by_sheet_name(&table.sheet) {
            table.spread(&merged.iter().map(area).collect::<Vec<_>>(), limits.heading_rows);
        }
        tables.push(table);
    }
    Ok(tables)
}

pub(crate) fn area(found: &Dimensions) -> Merged {
    Merged {
        rows: (found.start.0, found.end.0),
        columns: (found.start.1, found.end.1),
    }
}

fn mark(table: &mut Table, marks: &sheet_marks::Marks) {
    for row in &mut table.rows {
        row.hidden = marks.hidden.contains(&(row.number - 1));
    }
    for (row, column) in &marks.uncalculated {
        match table.rows.binary_search_by_key(&(row + 1), |row| row.number) {
            Ok(at) => {
                let cells = &mut table.rows[at].cells;
                cells.retain(|(at, _)| at != column);
                cells.push((*column, Cell::Uncalculated));
            }
            Err(at) => table.rows.insert(
                at,
                Row {
                    number: row + 1,
                    hidden: marks.hidden.contains(row),
                    cells: vec![(*column, Cell::Uncalculated)],
                },
            ),
        }
    }
}

fn table(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    hidden: bool,
    limits: &Limits,
    told: &mut dyn FnMut(Progress),
) -> Result<Table, RosterFault> {
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    // What the sheet says of itself; no more than is ever read.
    let said = reader.dimensions().end.0.saturating_add(1) as usize;
    let total = said.min(limits.rows);
    let mut rows: BTreeMap<u32, Vec<(u32, Cell)>> = BTreeMap::new();
    let mut words = 0;
    while let Some(found) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = found.get_position();
        if column >= limits.columns {
            continue;
        }
        let Some(cell) = cell(found.get_value()) else {
            continue;
        };
        let row = rows.entry(row).or_default();
        // A damaged sheet may name one cell again and again; the first one counts.
        if !row.iter().any(|(at, _)| *at == column) {
            row.push((column, cell));
        }
        if rows.len() > limits.rows {
            return Err(RosterFault::TooManyRows);
        }
        if rows.len() / ROWS_A_WORD > words {
            words = rows.len() / ROWS_A_WORD;
            let done = rows.len();
            told(Progress::of(Step::Reading, done, total.max(done)));
        }
    }
    let rows = rows
        .into_iter()
        .map(|(at, cells)| Row {
            number: at.saturating_add(1),
            hidden: false,
            cells,
        })
        .collect();
    Ok(Table {
        sheet: name,
        hidden,
        rows,
        deleted: 0,
    })
}

fn text(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_string()))
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Int(value) => Some(Cell::Number(*value as f64)),
        DataRef::Float(value) => Some(Cell::Number(*value)),
        DataRef::DateTime(value) => Some(Cell::Number(value.as_f64())),
        DataRef::Bool(value) => Some(Cell::Truth(*value)),
        DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => text(value),
        DataRef::Error(_) => Some(Cell::Error),
        DataRef::Empty => None,
    }
}

/// The same for a value of an old workbook.
pub(crate) fn owned_cell(value: &Data) -> Option<Cell> {
    match value {
        Data::String(value) => text(value),
        Data::Int(value) => Some(Cell::Number(*value as f64)),
        Data::Float(value) => Some(Cell::Number(*value)),
        Data::DateTime(value) => Some(Cell::Number(value.as_f64())),
        Data::Bool(value) => Some(Cell::Truth(*value)),
        Data::DateTimeIso(value) | Data::DurationIso(value) => text(value),
        Data::Error(_) => Some(Cell::Error),
        Data::Empty => None,
    }
}

fn unreadable(error: calamine::XlsxError) -> RosterFault {
    match error {
        calamine::XlsxError::Password => RosterFault::Password,
        other => RosterFault::Unreadable(other.to_string()),
    }
}
