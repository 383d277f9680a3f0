//! What a sheet of an XLSX workbook says beside its values: hidden rows, and formulas that nobody calculated.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Seek};
use zip::ZipArchive;

/// The marks of one sheet. Rows count from 0.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) hidden: HashSet<u32>,
    /// Row and column.
    pub(crate) uncalculated: Vec<(u32, u32)>,
}

/// Names of sheets with their parts in the archive. What cannot be read is left out: the workbook's own reader says
/// what is wrong with it.
pub(crate) fn parts<R: Read + Seek>(archive: &mut ZipArchive<R>) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    each(archive, "xl/_rels/workbook.xml.rels", |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let part = match target.strip_prefix('/') {
                Some(whole) => whole.to_string(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, part);
        }
    });
    let mut parts = HashMap::new();
    each(archive, "xl/workbook.xml", |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "r:id"))
            && let Some(part) = targets.get(&id)
        {
            parts.insert(name, part.clone());
        }
    });
    parts
}

/// Reads the marks of a part, as far as it can be read; `most` cells without a value at most.
pub(crate) fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, part: &str, most: usize) -> Marks {
    let mut marks = Marks::default();
    let Ok(entry) = archive.by_name(part) else {
        return marks;
    };
    let (mut row, mut cell) = (None::<u32>, None::<(u32, u32)>);
    let (mut formula, mut valued, mut in_value) = (false, false, false);
    walk(BufReader::new(entry), |event| match event {
        Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
            "row" => {
                let number = attribute(tag, "r").and_then(|r| r.parse::<u32>().ok());
                row = match number {
                    Some(number) => number.checked_sub(1),
                    None => Some(row.map_or(0, |row| row.saturating_add(1))),
                };
                let hidden = attribute(tag, "hidden").is_some_and(|h| h == "1" || h == "true");
                if let (true, Some(row)) = (hidden, row) {
                    marks.hidden.insert(row);
                }
            }
            "c" => {
                cell = attribute(tag, "r").and_then(|r| place(&r));
                (formula, valued) = (false, false);
            }
            "f" => formula = true,
            "v" | "is" => in_value = matches!(event, Event::Start(_)),
            _ => {}
        },
        Event::Text(text) if in_value => valued |= !text.is_empty(),
        Event::End(tag) => match tag.local_name().as_ref() {
            "v" | "is" => in_value = false,
            "c" if formula && !valued && marks.uncalculated.len() < most => {
                marks.uncalculated.extend(cell);
            }
            _ => {}
        },
        _ => {}
    });
    marks
}

fn each<R: Read + Seek>(archive: &mut ZipArchive<R>, part: &str, mut seen: impl FnMut(&BytesStart<'_>)) {
    let Ok(entry) = archive.by_name(part) else {
        return;
    };
    walk(BufReader::new(entry), |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            seen(tag);
        }
    });
}

fn walk(source: impl BufRead, mut seen: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return,
            Ok(event) => seen(&event),
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// `B7` as row 6 and column 1.
fn place(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let column = crate::fault::column_of(letters)?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column))
}
