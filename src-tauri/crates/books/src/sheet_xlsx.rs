//! The sheet of a day as a workbook: one page with the sums, one for each list.

use crate::tables::{Cell, Head, Table};
use domain::port::PaperFault;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

pub(crate) fn workbook(head: &Head, tables: &[Table]) -> Result<Vec<u8>, PaperFault> {
    write(head, tables).map_err(|error| PaperFault::Failed(error.to_string()))
}

/// Tables whose rows people read one by one get a page of their own.
const MOST_COLUMNS_OF_SUMS: usize = 3;

fn write(head: &Head, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let (sums, lists): (Vec<&Table>, Vec<&Table>) = tables
        .iter()
        .partition(|table| table.columns.len() <= MOST_COLUMNS_OF_SUMS);
    let page = book.add_worksheet();
    page.set_column_width(0, 24)?;
    page.write_string_with_format(0, 0, &head.title, &bold)?;
    let mut row = 1;
    for (label, value) in &head.lines {
        page.write_string(row, 0, label)?;
        page.write_string(row, 1, value)?;
        row += 1;
    }
    for table in sums {
        row = put(page, row + 1, table, &bold)?;
    }
    for table in lists {
        let page = book.add_worksheet();
        page.set_name(&table.title)?;
        put(page, 0, table, &bold)?;
    }
    book.save_to_buffer()
}

/// Writes a table; gives the row behind it. Texts are strings and never formulas, so nothing a name holds is run.
fn put(page: &mut Worksheet, first: u32, table: &Table, bold: &Format) -> Result<u32, XlsxError> {
    let money = Format::new().set_num_format("0.00");
    page.write_string_with_format(first, 0, &table.title, bold)?;
    for (column, name) in (0..).zip(&table.columns) {
        page.write_string_with_format(first + 1, column, name, bold)?;
    }
    let mut at = first + 2;
    for row in &table.rows {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => page.write_string(at, column, text)?,
                Cell::Count(count) => page.write_number(at, column, *count)?,
                Cell::Fen(fen) => page.write_number_with_format(at, column, *fen as f64 / 100.0, &money)?,
            };
        }
        at += 1;
    }
    Ok(at)
}
