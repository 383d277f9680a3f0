//! CSV: the encoding, the separator, the rows.

use crate::encoding::{TextEncoding, Told, decode};
use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::table::{Cell, Row, Table};

/// Reads a CSV text. [`decode`] says what it is written in.
pub(crate) fn read(
    bytes: &[u8],
    chosen: Option<TextEncoding>,
    limits: &Limits,
) -> Result<(Table, Told), RosterFault> {
    let (text, told) = decode(bytes, chosen)?;
    Ok((table(&text, limits)?, told))
}

/// Reads a text.
pub(crate) fn table(text: &str, limits: &Limits) -> Result<Table, RosterFault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut number = 0u32;
    for record in reader.records() {
        let record = record.map_err(|e| RosterFault::Unreadable(e.to_string()))?;
        let start = record.position().map_or(0, |p| p.byte() as usize);
        number = number
            .saturating_add(1)
            .saturating_add(empty_lines(text.as_bytes(), start));
        let cells: Vec<_> = (0..limits.columns)
            .zip(record.iter())
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| (at, Cell::Text(text.to_string())))
            .collect();
        if !cells.is_empty() {
            rows.push(Row {
                number,
                hidden: false,
                cells,
            });
        }
        if rows.len() > limits.rows {
            return Err(RosterFault::TooManyRows);
        }
    }
    Ok(Table {
        sheet: String::new(),
        hidden: false,
        rows,
        deleted: 0,
    })
}

/// Empty lines at `start`: the reader leaves them out, a spreadsheet counts them as rows.
fn empty_lines(text: &[u8], start: usize) -> u32 {
    let (before, rest) = text.split_at(start.min(text.len()));
    // The reader may stop between the two signs that end a line on Windows.
    let rest = if before.last() == Some(&b'\r') {
        rest.strip_prefix(b"\n").unwrap_or(rest)
    } else {
        rest
    };
    let ends = rest.iter().take_while(|b| matches!(**b, b'\r' | b'\n')).copied();
    let pairs = rest
        .windows(2)
        .take_while(|w| matches!(w[0], b'\r' | b'\n'))
        .filter(|w| *w == b"\r\n");
    (ends.count() - pairs.count()) as u32
}

/// The sign that stands most often in the first lines; schools' programs write all three.
fn separator(text: &str) -> u8 {
    let count = |sign: u8| {
        text.lines()
            .take(30)
            .map(|l| l.bytes().filter(|b| *b == sign).count())
            .sum::<usize>()
    };
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}
