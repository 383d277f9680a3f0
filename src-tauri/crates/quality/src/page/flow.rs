//! The list in two columns, as large as the page lets it be.

use super::list::{Line, Row};
use super::sign::{INK, INK_2, LINE};
use super::still::numbered;
use super::svg::{Text, escaped, line, wrapped};
use domain::geometry::Rect;

const COLUMNS: usize = 2;
const GAP: f32 = 22.0;
/// Sizes tried, largest first, in hundredths.
const SIZES: std::ops::RangeInclusive<u16> = 10..=118;

pub(super) fn drawn(lines: &[Line], place: Rect) -> String {
    let width = (place.width - GAP) / COLUMNS as f32;
    let fits = SIZES.rev().map(|k| f32::from(k) / 100.0).find_map(|k| {
        let heights: Vec<f32> = lines.iter().map(|line| height(line, k, width)).collect();
        Some((k, placed(lines, &heights, place.height)?))
    });
    let (k, places) = fits.unwrap_or_else(|| (0.1, vec![(0, 0.0); lines.len()]));
    let mut out = String::new();
    for (entry, (column, y)) in lines.iter().zip(places) {
        let x = place.x + column as f32 * (width + GAP);
        let y = place.y + y;
        out += &match entry {
            Line::Heading { words, count, sign } => {
                let base = y + 17.0 * k;
                let said = format!("{words}\u{2002}{count}");
                let text = Text::of(&said)
                    .at(x, base)
                    .size(12.0 * k)
                    .colour(sign.colour())
                    .bold();
                text.within(width).drawn()
                    + &line((x, base + 5.0 * k), (x + width, base + 5.0 * k), LINE, 1.0)
            }
            Line::Question { words, answer, sign } => {
                let base = y + 13.0 * k;
                let said = Text::of(answer).at(x + width, base).size(9.5 * k);
                let said = said.colour(sign.colour()).bold().end().within(70.0).drawn();
                said + &question(words, x, base, k, asked_width(width))
            }
            Line::Result(row) => result(row, x, y, k, width),
        };
    }
    out
}

fn height(entry: &Line, k: f32, width: f32) -> f32 {
    k * match entry {
        Line::Heading { .. } => 29.0,
        Line::Question { words, .. } => 6.0 + 12.0 * wrapped(words, 9.2 * k, asked_width(width)).len() as f32,
        Line::Result(row) if row.small => 13.5,
        Line::Result(_) => 16.5,
    }
}

/// Column and top of each line; `None` when they do not fit. A heading never ends a column.
fn placed(lines: &[Line], heights: &[f32], most: f32) -> Option<Vec<(usize, f32)>> {
    let mut places = Vec::with_capacity(lines.len());
    let (mut column, mut y) = (0, 0.0);
    for (i, height) in heights.iter().enumerate() {
        let mut with = *height;
        for next in i..lines.len() {
            if matches!(lines.get(next), Some(Line::Result(_))) {
                break;
            }
            with += heights.get(next + 1).copied().unwrap_or(0.0);
        }
        if y + with > most && y > 0.0 {
            (column, y) = (column + 1, 0.0);
        }
        if column >= COLUMNS || y + height > most {
            return None;
        }
        places.push((column, y));
        y += height;
    }
    Some(places)
}

/// Room for a question beside its answer.
fn asked_width(width: f32) -> f32 {
    width - 78.0
}

fn question(words: &str, x: f32, base: f32, k: f32, width: f32) -> String {
    let size = 9.2 * k;
    let lines = wrapped(words, size, width).into_iter().enumerate();
    let drawn = |(i, words): (usize, String)| {
        let text = Text::of(&words).at(x, base + 12.0 * k * i as f32).size(size);
        text.colour(INK_2).within(width).drawn()
    };
    lines.map(drawn).collect()
}

fn result(row: &Row, x: f32, y: f32, k: f32, width: f32) -> String {
    let (size, base, radius) = if row.small {
        (9.2, 9.8, 4.4)
    } else {
        (10.5, 12.0, 5.6)
    };
    let (size, base, radius) = (size * k, y + base * k, radius * k);
    let middle = base - size * 0.36;
    let mut out = format!("<g data-rule=\"{}\">", escaped(&row.key));
    out += &row.sign.drawn(x + 7.0, middle, radius);
    if let Some(number) = row.region {
        out += &numbered(number, x + 23.0, middle, radius);
    }
    let name_x = if row.small { x + 18.0 } else { x + 34.0 };
    // Reasons are sentences; verdicts beside a value are a word or two.
    let (name_end, said_from) = if row.measured.is_empty() {
        (x + 152.0, x + 160.0)
    } else {
        (x + 140.0, x + width - 54.0)
    };
    out += &Text::of(&row.name)
        .at(name_x, base)
        .size(size)
        .colour(INK)
        .within(name_end - name_x)
        .drawn();
    let room = said_from - 6.0 - (name_end + 6.0);
    out += &Text::of(&row.measured)
        .at(name_end + 6.0, base)
        .size(size)
        .colour(INK_2)
        .within(room)
        .drawn();
    let said = Text::of(&row.said)
        .at(x + width, base)
        .size(size)
        .colour(row.sign.colour())
        .end();
    out + &said.within(x + width - said_from).drawn() + "</g>"
}
