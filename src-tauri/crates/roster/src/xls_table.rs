//! Workbooks of Excel 97 to 2003, and whatever else lies in a compound file.

use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::progress::{Progress, ROWS_A_WORD, Step};
use crate::table::{Row, Table};
use crate::xlsx_table::{area, gave_up, owned_cell};
use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};
use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads the sheets of an old workbook, hidden ones too.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    told: &mut dyn FnMut(Progress),
) -> Result<Vec<Table>, RosterFault> {
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits, told))).unwrap_or_else(|_| Err(gave_up()))
}

/// What one sheet's records say of it.
#[derive(Debug, Default)]
struct Extent {
    last_row: u32,
    last_column: u32,
    hidden: HashSet<u32>,
}

fn sheets(bytes: &[u8], limits: &Limits, told: &mut dyn FnMut(Progress)) -> Result<Vec<Table>, RosterFault> {
    let stream = workbook_stream(bytes)?;
    let bounds = bounds(&stream);
    let cells = |extent: &Extent| (u64::from(extent.last_row) + 1) * (u64::from(extent.last_column) + 1);
    // The reader lays a whole rectangle out for every sheet, whether or not anybody looks at it.
    if bounds.iter().map(|(_, e)| cells(e)).sum::<u64>() > limits.rectangle_cells {
        return Err(RosterFault::TooLarge);
    }
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(unreadable)?;
    let found: Vec<_> = workbook
        .sheets_metadata()
        .iter()
        .enumerate()
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .map(|(at, sheet)| (at, sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut tables = vec![];
    let mut count = 0;
    for (at, name, hidden) in found {
        let range = workbook.worksheet_range(&name).map_err(unreadable)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let hidden_rows = bounds.get(at).map(|(_, extent)| &extent.hidden);
        let mut rows = vec![];
        for (offset, cells) in range.rows().enumerate() {
            let row = first_row.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            let cells: Vec<_> = (first_column..limits.columns)
                .zip(cells)
                .filter_map(|(column, value)| Some((column, owned_cell(value)?)))
                .collect();
            if cells.is_empty() {
                continue;
            }
            count += 1;
            if count > limits.rows {
                return Err(RosterFault::TooManyRows);
            }
            rows.push(Row {
                number: row.saturating_add(1),
                hidden: hidden_rows.is_some_and(|rows| rows.contains(&row)),
                cells,
            });
            if rows.len().is_multiple_of(ROWS_A_WORD) {
                told(Progress::of(
                    Step::Reading,
                    rows.len(),
                    range.height().max(rows.len()),
                ));
            }
        }
        let mut table = Table {
            sheet: name,
            hidden,
            rows,
            deleted: 0,
        };
        if let Ok(merged) = workbook.merge_cells_by_sheet_name(&table.sheet) {
            table.spread(&merged.iter().map(area).collect::<Vec<_>>(), limits.heading_rows);
        }
        tables.push(table);
    }
    Ok(tables)
}

/// The stream with the workbook's records. A new workbook under a password lies in such a file as well.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, RosterFault> {
    let unreadable = |e: std::io::Error| RosterFault::Unreadable(e.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(unreadable)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(RosterFault::Password);
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| RosterFault::Unreadable("no workbook in the file".to_string()))?;
    let mut stream = vec![];
    let most = bytes.len() as u64;
    let opened = file.open_stream(name).map_err(unreadable)?;
    opened.take(most).read_to_end(&mut stream).map_err(unreadable)?;
    Ok(stream)
}

/// The extents of the workbook's sheets in the order in which it names them, each with the place where it begins.
fn bounds(stream: &[u8]) -> Vec<(u32, Extent)> {
    let mut sheets: Vec<(u32, Extent)> = vec![];
    for (kind, data) in Records(stream) {
        match kind {
            // BoundSheet: its first four bytes are the place of the sheet's first record.
            0x0085 => {
                if let Some(place) = data.first_chunk::<4>() {
                    sheets.push((u32::from_le_bytes(*place), Extent::default()));
                }
            }
            0x000a => break,
            _ => {}
        }
    }
    for (place, extent) in &mut sheets {
        let Some(records) = stream.get(*place as usize..) else {
            continue;
        };
        for (kind, data) in Records(records) {
            let short = |at: usize| {
                let two = data.get(at..at + 2)?;
                Some(u32::from(u16::from_le_bytes([two[0], two[1]])))
            };
            match kind {
                // Cells: Formula, Label, RString, Number, BoolErr, RK, LabelSst, MulRk and their ancestors.
                0x0006
                | 0x0204
                | 0x00d6
                | 0x0203
                | 0x0205
                | 0x027e
                | 0x00fd
                | 0x00bd
                | 0x0002..=0x0005
                | 0x0206
                | 0x0406 => {
                    let last = if kind == 0x00bd {
                        short(data.len().saturating_sub(2))
                    } else {
                        short(2)
                    };
                    if let (Some(row), Some(column)) = (short(0), last) {
                        extent.last_row = extent.last_row.max(row);
                        extent.last_column = extent.last_column.max(column);
                    }
                }
                // Row: the bit says that its height is nothing.
                0x0208 => {
                    if let (Some(row), Some(flags)) = (short(0), short(12))
                        && flags & 0x20 != 0
                    {
                        extent.hidden.insert(row);
                    }
                }
                0x000a => break,
                _ => {}
            }
        }
    }
    sheets
}

/// Records of a stream: kind and content.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let data = rest.get(..length)?;
        self.0 = &rest[length..];
        Some((u16::from_le_bytes([head[0], head[1]]), data))
    }
}

fn unreadable(error: XlsError) -> RosterFault {
    match error {
        XlsError::Password => RosterFault::Password,
        other => RosterFault::Unreadable(other.to_string()),
    }
}
