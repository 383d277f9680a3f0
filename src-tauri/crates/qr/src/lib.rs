//! QR codes in pictures.

mod bitmap;
mod finder;
mod grey;

use bitmap::Around;
use domain::picture::Picture;
use grey::Grey;
use rqrr::{BitGrid, Grid};
use std::collections::BTreeSet;

/// What was seen of codes in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// No code.
    Nothing,
    /// A code is there and cannot be read: too small, blurred, dark or covered.
    Poor,
    /// Several codes that say different things.
    Several,
    /// One code, or the same several times, and what it says. Not fit for a log: it is a sitter's.
    Read(String),
}

/// Looks for codes in a picture. A panic of the foreign reader over what lies before the camera is a code that nobody
/// can read.
pub fn look(picture: &Picture) -> Seen {
    std::panic::catch_unwind(|| look_closely(picture)).unwrap_or(Seen::Poor)
}

/// Looks for codes, dark on light and, where there is none, light on dark as on a phone with a dark theme. Each is
/// looked for twice: over what lies along a row, which is quick and fits most, and over what lies around a pixel,
/// which reads what is blurred or of low contrast.
fn look_closely(picture: &Picture) -> Seen {
    let grey = Grey::of(picture);
    let mut best = Seen::Nothing;
    for inverted in [false, true] {
        match grey.along_rows(inverted) {
            Seen::Nothing => {}
            Seen::Poor => best = Seen::Poor,
            found => return found,
        }
    }
    let around = Around::of(&grey);
    for inverted in [false, true] {
        let bitmap = around.dark(&grey, inverted);
        match bitmap.look() {
            Seen::Nothing if best == Seen::Nothing && finder::three(&bitmap) => best = Seen::Poor,
            Seen::Nothing => {}
            Seen::Poor => best = Seen::Poor,
            found => return found,
        }
    }
    best
}

fn seen<G: BitGrid>(grids: &[Grid<G>]) -> Seen {
    let texts: BTreeSet<String> = grids.iter().filter_map(text).collect();
    let mut texts = texts.into_iter();
    match (texts.next(), texts.next()) {
        (Some(_), Some(_)) => Seen::Several,
        (Some(one), None) => Seen::Read(one),
        (None, _) if grids.is_empty() => Seen::Nothing,
        (None, _) => Seen::Poor,
    }
}

/// What a code says; none when it cannot be read, or is no text.
fn text<G: BitGrid>(grid: &Grid<G>) -> Option<String> {
    grid.decode().ok().map(|(_, text)| text)
}
