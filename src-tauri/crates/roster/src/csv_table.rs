//! CSV: the encoding, the separator, the rows.

use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::table::{Cell, Row, Table};
use encoding_rs::{Encoding, GB18030};

/// Reads a CSV text. A byte-order mark decides; else strict UTF-8, else GB18030.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, RosterFault> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| RosterFault::Unreadable(e.to_string()))?;
        let number = record
            .position()
            .map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
        let cells: Vec<_> = (0..limits.columns)
            .zip(record.iter())
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| (at, Cell::Text(text.to_string())))
            .collect();
        if !cells.is_empty() {
            rows.push(Row { number, cells });
        }
        if rows.len() > limits.rows {
            return Err(RosterFault::TooManyRows);
        }
    }
    Ok(Table {
        sheet: String::new(),
        rows,
    })
}

fn decode(bytes: &[u8]) -> Result<String, RosterFault> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default()),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.into()),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        },
    };
    // Nothing a person types holds a NUL; a picture or a program does.
    text.filter(|text| !text.contains('\0'))
        .map(|text| text.into_owned())
        .ok_or(RosterFault::Encoding)
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
