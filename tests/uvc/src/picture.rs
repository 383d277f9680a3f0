//! The pictures a simulated camera sends: known to the byte, so that a test can tell any other.

use crate::{Model, Size};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// How many different pictures there are of each size; they are sent in turn.
pub const PICTURES: usize = 3;

/// One of the JPEG pictures, by its number modulo [`PICTURES`]. Soft colours, so that it is small: an
/// emulated processor has to carry it.
pub fn jpeg(width: u16, height: u16, number: usize) -> Arc<[u8]> {
    type Sets = BTreeMap<(u16, u16), [Arc<[u8]>; PICTURES]>;
    static SETS: OnceLock<Sets> = OnceLock::new();
    let sets = SETS.get_or_init(|| {
        let sizes = Model::WEBCAM.mjpeg.iter().chain(Model::GRABBER.mjpeg);
        let set = |size: &Size| std::array::from_fn(|n| encoded(size.width, size.height, n).into());
        sizes.map(|size| ((size.width, size.height), set(size))).collect()
    });
    sets.get(&(width, height))
        .map(|set| Arc::clone(&set[number % PICTURES]))
        .unwrap_or_default()
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
    let (columns, rows) = (usize::from(width), usize::from(height));
    let pixels: Vec<u8> = (0..columns * rows)
        .flat_map(|at| {
            let (x, y) = (at % columns, at / columns);
            if bar.contains(&x) {
                [250, 230, 20]
            } else {
                [(x * 200 / columns) as u8, (y * 200 / rows) as u8, 90]
            }
        })
        .collect();
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
