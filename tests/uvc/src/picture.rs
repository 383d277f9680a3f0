//! The pictures a simulated camera sends: known to the byte, so that a test can tell any other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many different pictures there are of each size; they are sent in turn.
pub const PICTURES: usize = 2;

/// One of the JPEG pictures, by its number modulo [`PICTURES`]. Soft colours, so that it is small: an
/// emulated processor has to carry it.
pub fn jpeg(width: u16, height: u16, number: usize) -> Arc<[u8]> {
    type Sets = BTreeMap<(u16, u16), [Arc<[u8]>; PICTURES]>;
    static SETS: Mutex<Sets> = Mutex::new(BTreeMap::new());
    let mut sets = SETS.lock().unwrap_or_else(PoisonError::into_inner);
    let set = sets
        .entry((width, height))
        .or_insert_with(|| std::array::from_fn(|number| encoded(width, height, number).into()));
    Arc::clone(&set[number % PICTURES])
}

/// A raw picture of packed 4:2:2: grey with a bright bar that moves.
pub fn yuyv(width: u16, height: u16, number: usize) -> Vec<u8> {
    let (width, bar) = (usize::from(width), bar(width, number));
    let row: Vec<u8> = (0..width)
        .flat_map(|x| [if bar.contains(&x) { 235 } else { 64 }, 128])
        .collect();
    row.repeat(height.into())
}

fn encoded(width: u16, height: u16, number: usize) -> Vec<u8> {
    let bar = bar(width, number);
    let row = |y: usize| {
        let down = (y * 200 / usize::from(height)) as u8;
        let columns = 0..usize::from(width);
        let bar = bar.clone();
        columns.flat_map(move |x| {
            if bar.contains(&x) {
                [250, 230, 20]
            } else {
                [(x * 200 / usize::from(width)) as u8, down, 90]
            }
        })
    };
    let pixels: Vec<u8> = (0..usize::from(height)).flat_map(row).collect();
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 70);
    // Only a picture of no pixels is refused; nobody has one of those.
    let _ = encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb);
    bytes
}

/// The columns of the bar.
fn bar(width: u16, number: usize) -> std::ops::Range<usize> {
    let start = usize::from(width) / PICTURES * (number % PICTURES);
    start..start + 32
}
