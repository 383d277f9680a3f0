//! What a CSV text and a sheet of a workbook have in common.

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
}

/// One row that is not empty.
pub(crate) struct Row {
    /// As the spreadsheet counts, from 1.
    pub(crate) number: u32,
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
}

/// One sheet.
pub(crate) struct Table {
    /// Name of the sheet; empty for CSV.
    pub(crate) sheet: String,
    /// Rows from top to bottom.
    pub(crate) rows: Vec<Row>,
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
