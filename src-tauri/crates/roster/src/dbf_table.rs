//! DBF tables of dBase, FoxPro and Visual FoxPro.
//!
//! A reader of our own (decision 0010): what is hard about the tables that schools hand over is not their form but
//! their texts, whose code page stands in the file wrongly or not at all, and which end in half a character.

use crate::encoding::{self, TextEncoding, Told};
use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::table::{Cell, Row, Table};

/// First bytes that a table begins with.
const VERSIONS: [u8; 18] = [
    0x02, 0x03, 0x04, 0x05, 0x07, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7b, 0x83, 0x8b, 0x8e, 0xcb, 0xe5, 0xf5,
    0xfb,
];
/// Length of the head and of each column's description, in bytes.
const STEP: usize = 32;
/// Ends the descriptions.
const END: u8 = 0x0d;

/// The form of a table, before any text in it is read.
pub(crate) struct Form<'a> {
    columns: Vec<Column<'a>>,
    records: &'a [u8],
    record_bytes: usize,
    said: usize,
    /// The code page that the file says it has.
    declared: Option<TextEncoding>,
}

struct Column<'a> {
    name: &'a [u8],
    kind: u8,
    bytes: std::ops::Range<usize>,
}

impl<'a> Form<'a> {
    /// `None` when the bytes are no table.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let head = bytes.first_chunk::<STEP>()?;
        let short = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let (begin, record_bytes) = (short(8), short(10));
        let said = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let records = bytes.get(begin..)?;
        if !VERSIONS.contains(&head[0]) || record_bytes < 2 {
            return None;
        }
        let mut columns = vec![];
        // The first byte of a record says whether it is deleted.
        let mut at = 1;
        for description in bytes.get(STEP..begin)?.chunks(STEP) {
            if description.first() == Some(&END) {
                let declared = declared(head[29]);
                let fits = at == record_bytes && !columns.is_empty();
                return fits.then_some(Self {
                    columns,
                    records,
                    record_bytes,
                    said,
                    declared,
                });
            }
            let description = description.first_chunk::<STEP>()?;
            // Texts of dBase may be longer than a byte counts; the byte for decimals has the rest.
            let more = if description[11] == b'C' {
                usize::from(description[17]) << 8
            } else {
                0
            };
            let length = usize::from(description[16]) + more;
            let name = description[..11]
                .split(|byte| *byte == 0)
                .next()
                .unwrap_or_default();
            columns.push(Column {
                name,
                kind: description[11],
                bytes: at..at + length,
            });
            at += length;
        }
        None
    }

    fn texts(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        let cells = self.records.chunks_exact(self.record_bytes).flat_map(|record| {
            let texts = self.columns.iter().filter(|column| column.kind == b'C');
            texts.filter_map(move |column| record.get(column.bytes.clone()))
        });
        self.columns.iter().map(|column| column.name).chain(cells)
    }

    /// What the texts are written in: what was chosen, else what fits them, told with what the file says.
    pub(crate) fn told(&self, chosen: Option<TextEncoding>) -> Told {
        if let Some(encoding) = chosen {
            return Told {
                encoding,
                declared: self.declared,
                sure: true,
            };
        }
        let mut sample = vec![];
        for text in self.texts().map(trimmed) {
            // Half a character at the end of a full column must not spoil the guess.
            sample.extend_from_slice(encoding::whole_part(text));
            sample.push(b'\n');
            if sample.len() > 4 << 20 {
                break;
            }
        }
        encoding::guess(&sample, self.declared)
    }

    /// The table with the names of its columns as headings in row 1, as a spreadsheet would show it.
    pub(crate) fn table(&self, encoding: TextEncoding, limits: &Limits) -> Result<Table, RosterFault> {
        let most = limits.columns as usize;
        let name = |column: &Column<'_>| match text(column.name, encoding) {
            Some(Cell::Text(name)) => Cell::Text(name),
            _ => Cell::Undecodable,
        };
        let headings = (0..).zip(self.columns.iter().take(most).map(name)).collect();
        let mut rows = vec![Row {
            number: 1,
            hidden: false,
            cells: headings,
        }];
        let (mut deleted, mut whole) = (0_u32, 0);
        for (at, record) in (2..).zip(self.records.chunks_exact(self.record_bytes)) {
            match record.first() {
                Some(b'*') => deleted += 1,
                Some(b' ') => {
                    let cells: Vec<_> = (0..)
                        .zip(self.columns.iter().take(most))
                        .filter_map(|(at, column)| {
                            Some((
                                at,
                                cell(record.get(column.bytes.clone())?, column.kind, encoding)?,
                            ))
                        })
                        .collect();
                    if !cells.is_empty() {
                        rows.push(Row {
                            number: at,
                            hidden: false,
                            cells,
                        });
                    }
                }
                // The end of the file, or what is no record.
                _ => break,
            }
            whole += 1;
            if rows.len() > limits.rows {
                return Err(RosterFault::TooManyRows);
            }
        }
        // A count that was never brought up to date is harmless; records that are not there are not.
        if whole < self.said {
            let (said, there) = (self.said, whole);
            return Err(RosterFault::Unreadable(format!(
                "{said} records were promised and {there} are there"
            )));
        }
        Ok(Table {
            sheet: String::new(),
            hidden: false,
            rows,
            deleted,
        })
    }
}

/// The encoding that a code-page byte stands for; none for those that no Chinese table has rightly.
const fn declared(byte: u8) -> Option<TextEncoding> {
    match byte {
        0x4d | 0x7a => Some(TextEncoding::Gb18030),
        0x4f | 0x78 => Some(TextEncoding::Big5),
        _ => None,
    }
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let kept = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0));
    let bytes = &bytes[..kept.map_or(0, |last| last + 1)];
    let first = bytes.iter().position(|byte| *byte != b' ').unwrap_or(0);
    &bytes[first..]
}

fn text(bytes: &[u8], encoding: TextEncoding) -> Option<Cell> {
    let kept = trimmed(bytes);
    if kept.is_empty() {
        return None;
    }
    let full = kept.len() == bytes.len() || bytes.ends_with(kept);
    Some(match encoding.strictly(kept) {
        Some(text) => Cell::Text(text),
        None if full && encoding.ends_in_half(kept) => Cell::Cut,
        None => Cell::Undecodable,
    })
}

fn cell(bytes: &[u8], kind: u8, encoding: TextEncoding) -> Option<Cell> {
    let plain = || trimmed(bytes).to_vec();
    match kind {
        // Numbers stand as digits: nothing of a long one is lost here. A column that overflowed is full of stars.
        b'N' | b'F' => match plain() {
            digits if digits.is_empty() => None,
            digits if digits.contains(&b'*') => Some(Cell::Error),
            digits => Some(Cell::Text(String::from_utf8(digits).ok()?)),
        },
        b'L' => match bytes.first()? {
            b'T' | b't' | b'Y' | b'y' => Some(Cell::Truth(true)),
            b'F' | b'f' | b'N' | b'n' => Some(Cell::Truth(false)),
            _ => None,
        },
        b'D' => match plain() {
            digits if digits.iter().all(|byte| *byte == b'0') => None,
            digits => String::from_utf8(digits).ok().map(Cell::Text),
        },
        b'I' | b'+' => {
            let number = bytes.first_chunk::<4>()?;
            Some(Cell::Text(i32::from_le_bytes(*number).to_string()))
        }
        b'B' if bytes.len() == 8 => Some(Cell::Number(f64::from_le_bytes(*bytes.first_chunk::<8>()?))),
        b'M' | b'G' | b'P' | b'W' | b'B' => bytes
            .iter()
            .any(|byte| !matches!(byte, b' ' | b'0' | 0))
            .then_some(Cell::Elsewhere),
        b'C' | b'V' => text(bytes, encoding),
        _ => None,
    }
}
