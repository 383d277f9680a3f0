//! What every kind of file is read into: sheets of cells.

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text as it stands.
    Text(String),
    /// A number of a spreadsheet: exact for whole numbers up to 15 digits only.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// The spreadsheet shows an error.
    Error,
    /// A formula whose value the file does not have.
    Uncalculated,
    /// A text that its column was too narrow for: the file cut a character in half.
    Cut,
    /// Bytes that are no text in the encoding of the file.
    Undecodable,
    /// The text lies in another file that was not given (a memo).
    Elsewhere,
}

/// One row that is not empty.
#[derive(Debug)]
pub(crate) struct Row {
    /// As the spreadsheet counts, from 1.
    pub(crate) number: u32,
    /// The spreadsheet hides it.
    pub(crate) hidden: bool,
    /// Cells by column, from 0; empty ones are left out.
    pub(crate) cells: Vec<(u32, Cell)>,
}

impl Row {
    /// The cell of a column.
    pub(crate) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|(at, _)| *at == column)
            .map(|(_, cell)| cell)
    }

    /// The text of a column, where it is one.
    pub(crate) fn text(&self, column: u32) -> Option<&str> {
        match self.cell(column) {
            Some(Cell::Text(text)) => Some(text.trim()),
            _ => None,
        }
    }
}

/// A rectangle of merged cells: first and last row and column, from 0.
pub(crate) struct Merged {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// Cells that merged ones are spread over at most, and columns of one area.
const MOST_SPREAD: u32 = 2_000_000;
const MOST_WIDE: u32 = 200;

/// One sheet.
#[derive(Debug)]
pub(crate) struct Table {
    /// Name of the sheet; empty for files that have none.
    pub(crate) sheet: String,
    /// The workbook hides it.
    pub(crate) hidden: bool,
    /// Rows from top to bottom.
    pub(crate) rows: Vec<Row>,
    /// Records that the file says are deleted; they are not among the rows.
    pub(crate) deleted: u32,
}

impl Table {
    /// Only the first of merged cells has their value; gives it to all that the rectangle covers downwards, and in
    /// the rows of headings also to the right.
    pub(crate) fn spread(&mut self, merged: &[Merged], heading_rows: usize) {
        // A damaged sheet may merge everything again and again.
        let mut left = MOST_SPREAD;
        for area in merged {
            let (top, bottom) = (area.rows.0.saturating_add(1), area.rows.1.saturating_add(1));
            let Ok(first) = self.rows.binary_search_by_key(&top, |row| row.number) else {
                continue;
            };
            let Some(value) = self.rows[first].cell(area.columns.0).cloned() else {
                continue;
            };
            let wide = (area.rows.0 as usize) < heading_rows;
            let last = if wide { area.columns.1 } else { area.columns.0 };
            for row in self.rows[first..]
                .iter_mut()
                .take_while(|row| row.number <= bottom)
            {
                for column in area.columns.0..=last.min(area.columns.0.saturating_add(MOST_WIDE)) {
                    left -= 1;
                    if left == 0 {
                        return;
                    }
                    if row.cell(column).is_none() {
                        row.cells.push((column, value.clone()));
                    }
                }
                row.cells.sort_by_key(|(at, _)| *at);
            }
        }
    }
}

/// Full-width letters, digits and signs, and the wide space, as plain ones.
pub(crate) fn narrow(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    };
    text.chars().map(plain).collect()
}
