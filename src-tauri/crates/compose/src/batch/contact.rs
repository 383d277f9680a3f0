//! The contact sheet: every photo small, every refusal with its codes, on one page for people.

use super::folder::Folder;
use super::{Item, Summary};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// Longest side of a thumbnail, pixels, and its JPEG quality.
const SIDE: u32 = 160;
const QUALITY: u8 = 80;
/// A cell's width and height, and how many stand in a row.
const CELL: (usize, usize) = (180, 216);
const ACROSS: usize = 6;

/// Draws the sheet as SVG with the thumbnails inside: it needs nothing beside it.
pub(super) fn drawn(summary: &Summary, folder: &Folder) -> String {
    let rows = summary.items.len().div_ceil(ACROSS).max(1);
    let (width, height) = (ACROSS * CELL.0, rows * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"system-ui,sans-serif\" font-size=\"11\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    );
    for (i, item) in summary.items.iter().enumerate() {
        let (x, y) = (i % ACROSS * CELL.0 + CELL.0 / 2, i / ACROSS * CELL.1 + 8);
        // Writing to a string cannot fail.
        let _ = write!(svg, "{}", cell(item, folder, x, y));
    }
    svg + "</svg>\n"
}

fn cell(item: &Item, folder: &Folder, x: usize, y: usize) -> String {
    let (left, side) = (x - SIDE as usize / 2, SIDE);
    let thumbnail = item
        .output
        .as_ref()
        .and_then(|output| small(&std::fs::read(folder.path(output)).ok()?));
    let picture = match thumbnail {
        Some(jpeg) => format!(
            "<image x=\"{left}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" \
             href=\"data:image/jpeg;base64,{}\"/>",
            STANDARD.encode(jpeg)
        ),
        None => format!(
            "<rect x=\"{left}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" fill=\"#f2f2f2\" stroke=\"#bbb\"/>\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\" fill=\"#b00020\">{}</text>",
            y + side as usize / 2,
            escaped(&item.codes.join(", "), 26)
        ),
    };
    format!(
        "{picture}<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
        y + side as usize + 16,
        escaped(&item.name, 28)
    )
}

fn small(jpeg: &[u8]) -> Option<Vec<u8>> {
    let picture = photo::decode::picture(jpeg, photo::decode::Limits::default())
        .ok()?
        .picture;
    photo::thumbnail(&picture, SIDE, QUALITY)
        .ok()
        .map(|small| small.bytes)
}

/// At most so many characters, harmless inside SVG.
fn escaped(text: &str, most: usize) -> String {
    let cut: String = text.chars().take(most).collect();
    cut.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
