//! The sheet of a day on A4.

use crate::page::{Pen, Typeface, draw, finish};
use crate::tables::{Cell, Head, Table};
use crate::words::Words;
use domain::port::PaperFault;
use krilla::Document;

const A4_MM: (f32, f32) = (210.0, 297.0);
const LEFT: f32 = 15.0;
const RIGHT: f32 = 195.0;
const TOP: f32 = 20.0;
const BOTTOM: f32 = 280.0;
const LINE: f32 = 6.0;
const SIZE: f32 = 9.0;

/// One line of a page.
enum Line<'a> {
    Title(&'a str, f32),
    Pair(&'a str, &'a str),
    Heads(&'a Table),
    Row(&'a Table, &'a [Cell]),
    Word(String),
    Gap,
}

pub(crate) fn document(
    head: &Head,
    tables: &[Table],
    words: &Words,
    face: &Typeface,
) -> Result<Vec<u8>, PaperFault> {
    let mut lines = vec![Line::Title(&head.title, 16.0), Line::Gap];
    lines.extend(head.lines.iter().map(|(label, value)| Line::Pair(label, value)));
    for table in tables {
        lines.push(Line::Gap);
        lines.push(Line::Title(&table.title, 11.0));
        if table.rows.is_empty() {
            lines.push(Line::Word(words.of("nothing")));
        } else {
            lines.push(Line::Heads(table));
            lines.extend(table.rows.iter().map(|row| Line::Row(table, row)));
        }
    }
    let rare = tables
        .iter()
        .flat_map(|table| table.rows.iter().flatten())
        .any(|cell| face.shown(&cell.shown()).rare);
    if rare {
        lines.push(Line::Gap);
        lines.push(Line::Word(words.of("rare")));
    }
    let most = ((BOTTOM - TOP) / LINE) as usize;
    let mut document = Document::new();
    let pages: Vec<&[Line<'_>]> = lines.chunks(most).collect();
    for (at, page) in pages.iter().enumerate() {
        draw(&mut document, face, A4_MM, |pen| {
            for (row, line) in page.iter().enumerate() {
                one(pen, line, TOP + row as f32 * LINE);
            }
            pen.right(RIGHT, 288.0, 8.0, &format!("{} / {}", at + 1, pages.len()));
        })?;
    }
    finish(document)
}

fn one(pen: &mut Pen<'_, '_>, line: &Line<'_>, y: f32) {
    match line {
        Line::Gap => {}
        Line::Title(text, size) => pen.text(LEFT, y, *size, text),
        Line::Word(text) => pen.text(LEFT, y, SIZE, text),
        Line::Pair(label, value) => {
            pen.text(LEFT, y, SIZE, label);
            let value = pen.face.shown(value).text;
            pen.text(LEFT + 25.0, y, SIZE, &value);
        }
        Line::Heads(table) => {
            for (column, name) in table.columns.iter().enumerate() {
                let right = table
                    .rows
                    .iter()
                    .any(|row| row.get(column).is_some_and(Cell::right));
                cell(pen, table, column, y, name, right);
            }
            pen.rule(LEFT, RIGHT, y + 1.6);
        }
        Line::Row(table, row) => {
            for (column, value) in row.iter().enumerate() {
                let shown = pen.face.shown(&value.shown()).text;
                cell(pen, table, column, y, &shown, value.right());
            }
        }
    }
}

fn cell(pen: &mut Pen<'_, '_>, table: &Table, column: usize, y: f32, text: &str, right: bool) {
    let width = (RIGHT - LEFT) / table.columns.len() as f32;
    let from = LEFT + width * column as f32;
    let text = pen.face.fit(text, SIZE, width - 3.0);
    if right {
        pen.right(from + width - 3.0, y, SIZE, &text);
    } else {
        pen.text(from, y, SIZE, &text);
    }
}
