//! XLSX workbooks.

use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::progress::{Progress, ROWS_A_WORD, Step};
use crate::table::{Cell, Row, Table};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads the visible sheets of a workbook.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    told: &mut dyn FnMut(Progress),
) -> Result<Vec<Table>, RosterFault> {
    refuse_bomb(bytes, limits)?;
    // The workbook comes from outside and its reader is not ours: a panic in it is one damaged file.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits, told))).unwrap_or_else(|_| {
        Err(RosterFault::Unreadable(
            "the workbook's reader gave up".to_string(),
        ))
    })
}

/// Unpacks everything once into nothing and counts: the sizes written in the archive may lie.
fn refuse_bomb(bytes: &[u8], limits: &Limits) -> Result<(), RosterFault> {
    let unreadable = |e: zip::result::ZipError| RosterFault::Unreadable(e.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
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
    let visible: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    visible
        .into_iter()
        .map(|name| table(&mut workbook, name, limits, told))
        .collect()
}

fn table(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
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
            cells,
        })
        .collect();
    Ok(Table { sheet: name, rows })
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_string()));
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

fn unreadable(error: calamine::XlsxError) -> RosterFault {
    RosterFault::Unreadable(error.to_string())
}
