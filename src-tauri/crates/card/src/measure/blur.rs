//! How wide the edges of the print are.

use crate::limits::Limits;
use crate::rectify::WIDTH;

/// A rim of the card that is left out, in elements: its own edge is measured elsewhere.
const RIM: usize = 24;

/// Median width in millimetres of the edges of the print, across and up and down; `None` where there are too
/// few to say anything.
pub(crate) fn widths_mm(brightness: &[f32], width: usize, limits: &Limits) -> [Option<f64>; 2] {
    let height = brightness.len() / width;
    let mm = limits.card.width_mm / f64::from(WIDTH);
    let across = (RIM..height - RIM).flat_map(|y| edges(&brightness[y * width..][..width], 1, limits));
    let down = (RIM..width - RIM).flat_map(|x| edges(&brightness[x..], width, limits));
    let middle = |widths: Vec<f64>| {
        let mut widths = widths;
        widths.sort_by(f64::total_cmp);
        // The sharper half are edges that run straight across; slanted ones are as sharp and look wider.
        (widths.len() >= limits.blur.least_edges).then(|| mm * widths[widths.len() / 3])
    };
    [middle(across.collect()), middle(down.collect())]
}

/// Widths in elements of the edges along one row or column: contrast from foot to foot over the steepest step.
fn edges(line: &[f32], stride: usize, limits: &Limits) -> Vec<f64> {
    let n = line.len().div_ceil(stride);
    let v = |i: usize| f64::from(line[i * stride]);
    let mut found = vec![];
    let mut i = RIM;
    while i + RIM < n {
        let rising = v(i + 1) > v(i);
        let start = i;
        let mut steepest = 0.0_f64;
        while i + RIM < n && (v(i + 1) > v(i)) == rising && v(i + 1) != v(i) {
            // Over two elements: less noise.
            steepest = steepest.max((v(i + 1) - v(i - 1)).abs() / 2.0);
            i += 1;
        }
        let contrast = (v(i) - v(start)).abs();
        if contrast >= limits.blur.contrast {
            found.push(contrast / steepest);
        }
        i = i.max(start + 1);
    }
    found
}
