//! Patches in which nothing of the card is left but white.

use crate::limits::Limits;
use domain::picture::Picture;

/// Cells of this many elements a side; one is blown out when most of it is.
const CELL: usize = 4;

/// Area of all blown-out patches in square millimetres.
pub(crate) fn area_mm2(card: &Picture, limits: &Limits) -> f64 {
    let (w, h) = (card.width() as usize, card.height() as usize);
    let (columns, rows) = (w / CELL, h / CELL);
    let mut counts = vec![0_usize; columns * rows];
    for (y, row) in card.pixels().chunks_exact(w * 3).take(rows * CELL).enumerate() {
        for (x, rgb) in row.chunks_exact(3).take(columns * CELL).enumerate() {
            let blown = rgb.iter().all(|v| *v >= limits.glare.level);
            counts[y / CELL * columns + x / CELL] += usize::from(blown);
        }
    }
    let mut blown: Vec<bool> = counts.into_iter().map(|n| 2 * n > CELL * CELL).collect();
    let cell = (limits.card.width_mm / columns as f64) * (limits.card.height_mm / rows as f64);
    let mut area = 0.0;
    for start in 0..blown.len() {
        let patch = patch(&mut blown, columns, start) as f64 * cell;
        if patch >= limits.glare.least_patch_mm2 {
            area += patch;
        }
    }
    area
}

/// Cells of the patch at `start`, which are taken out.
fn patch(blown: &mut [bool], columns: usize, start: usize) -> usize {
    let mut open = vec![start];
    let mut size = 0;
    while let Some(i) = open.pop() {
        if !std::mem::take(&mut blown[i]) {
            continue;
        }
        size += 1;
        let x = i % columns;
        open.extend((x > 0).then(|| i - 1));
        open.extend((x + 1 < columns).then_some(i + 1));
        open.extend(i.checked_sub(columns));
        open.extend(Some(i + columns).filter(|j| *j < blown.len()));
    }
    size
}
