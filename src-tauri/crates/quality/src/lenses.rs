//! Spectacles, read once: lines of a frame across the bridge and below the eyes, and the light that comes through the
//! lenses.
//!
//! Contrast is taken in logarithms of light, so that it depends neither on the skin's tone nor on the exposure.

use crate::colour::Lab;
use crate::face_patch::INTER_EYE;
use crate::head_patch::{EYES, HEIGHT, HeadPatch, WIDTH};
use crate::mesh;
use crate::raster::Plane;
use crate::region::{Brush, Region};
use crate::statistics::{median, quantile};

/// Light added before logarithms.
const FLOOR: f32 = 0.02;
/// A line is compared with what lies this far above and below it, pixels.
const ASIDE: usize = 5;
/// Most that one block counts: a black frame on white skin must not outweigh a missing rim.
const MOST: f32 = 0.5;
/// A rim may step this far from block to block, pixels.
const STEP: usize = 4;
/// Where rims lie: sideways from the middle and below the eye line, inter-eye distances; width of a block.
const RIM_ACROSS: (f32, f32) = (0.28, 0.75);
const RIM_DOWN: (f32, f32) = (0.18, 0.55);
const BLOCK: f32 = 0.07;
/// Where the bridge lies.
const BRIDGE_ACROSS: f32 = 0.11;
const BRIDGE_DOWN: (f32, f32) = (-0.30, 0.22);
/// Skin below the eyes inside the lenses, the subject's right and left.
const UNDER: [[usize; 10]; 2] = [
    [31, 228, 229, 230, 231, 232, 121, 101, 118, 117],
    [261, 448, 449, 450, 451, 452, 350, 330, 347, 346],
];
/// Half axes of a lens, its middle below the eye line, inter-eye distances.
const LENS: (f32, f32, f32) = (0.36, 0.26, 0.06);
/// A reflection: lighter than the cheeks by this much, at least this light, with no more colour than this.
const GLARE_LIGHTER: f32 = 18.0;
const GLARE_LIGHTNESS: f32 = 88.0;
const GLARE_CHROMA: f32 = 12.0;

/// What was seen of spectacles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lenses {
    /// Contrast of a frame: the geometric mean of bridge and weaker rim, ln.
    pub(crate) frame: f32,
    /// Light through the lenses against the cheeks below, both sides' mean, stops; `None` when the cheeks are not seen.
    pub(crate) stops: Option<f32>,
    /// The same of the darker side.
    pub(crate) darker_stops: Option<f32>,
    /// Share of the lenses that is a reflection.
    pub(crate) glare: f32,
}

impl Lenses {
    pub(crate) fn read(patch: &HeadPatch) -> Self {
        let light = Plane::from_fn(WIDTH, HEIGHT, |x, y| {
            (patch.luminance(x as i32, y as i32) + FLOOR).ln()
        })
        .gaussian(1.3);
        let bridge = bridge(&light);
        let rims = [-1.0, 1.0].map(|side| rim(&light, side));
        let cheeks = [patch.region(mesh::RIGHT_CHEEK), patch.region(mesh::LEFT_CHEEK)];
        let through: Vec<f32> = UNDER
            .iter()
            .zip(&cheeks)
            .filter_map(|(under, cheek)| {
                let under = patch.region(*under).shrunk(Brush::Disc(2));
                Some(((bright(patch, &under)? + 0.002) / (bright(patch, cheek)? + 0.002)).log2())
            })
            .collect();
        let sides = through.len();
        Self {
            frame: (bridge * rims[0].min(rims[1])).max(0.0).sqrt(),
            stops: (sides > 0).then(|| through.iter().sum::<f32>() / sides as f32),
            darker_stops: through.iter().copied().reduce(f32::min),
            glare: glare(patch, &cheeks[0].joined(&cheeks[1])),
        }
    }
}

/// Contrast of row after row of a block of columns against what lies above and below; index 0 is row `from`.
fn contrast(light: &Plane, columns: (f32, f32), from: usize, to: usize) -> Vec<f32> {
    let (x0, x1) = (columns.0 as usize, (columns.1 as usize).min(light.width()));
    let row = |y: usize| (x0..x1).map(|x| light.at(x, y)).sum::<f32>() / (x1 - x0).max(1) as f32;
    let rows: Vec<f32> = (from - ASIDE..to + ASIDE).map(row).collect();
    (ASIDE..rows.len() - ASIDE)
        .map(|y| f32::midpoint(rows[y - ASIDE], rows[y + ASIDE]) - rows[y])
        .collect()
}

fn rows((from, to): (f32, f32)) -> (usize, usize) {
    (
        (EYES.y + from * INTER_EYE).round() as usize,
        (EYES.y + to * INTER_EYE).round() as usize,
    )
}

fn bridge(light: &Plane) -> f32 {
    let (from, to) = rows(BRIDGE_DOWN);
    let half = BRIDGE_ACROSS * INTER_EYE;
    let lines = contrast(light, (EYES.x - half, EYES.x + half), from, to);
    lines.into_iter().map(f32::abs).fold(0.0, f32::max)
}

/// The strongest line through all blocks below one eye, dark or light throughout; each block may lie a little higher
/// or lower than its neighbour.
fn rim(light: &Plane, side: f32) -> f32 {
    let (from, to) = rows(RIM_DOWN);
    let count = ((RIM_ACROSS.1 - RIM_ACROSS.0) / BLOCK).ceil() as usize;
    let blocks: Vec<Vec<f32>> = (0..count)
        .map(|i| {
            let near = EYES.x + side * (RIM_ACROSS.0 + i as f32 * BLOCK) * INTER_EYE;
            let far = near + side * BLOCK * INTER_EYE;
            contrast(light, (near.min(far), near.max(far)), from, to)
        })
        .collect();
    let path = |sign: f32| {
        let mut sums = vec![0.0_f32; to - from];
        for block in &blocks {
            let best = |y: usize| {
                let low = y.saturating_sub(STEP);
                sums[low..(y + STEP + 1).min(sums.len())]
                    .iter()
                    .copied()
                    .fold(0.0, f32::max)
            };
            sums = (0..sums.len())
                .map(|y| best(y) + (sign * block[y]).clamp(0.0, MOST))
                .collect();
        }
        sums.into_iter().fold(0.0, f32::max) / blocks.len().max(1) as f32
    };
    path(1.0).max(path(-1.0))
}

/// The brighter part of a region: its 70th percentile, so that a rim's shade does not count.
fn bright(patch: &HeadPatch, region: &Region) -> Option<f32> {
    let mut values: Vec<f32> = region.pixels().map(|(x, y)| patch.luminance(x, y)).collect();
    if values.len() < 30 {
        return None;
    }
    quantile(&mut values, 0.7)
}

fn glare(patch: &HeadPatch, cheeks: &Region) -> f32 {
    let mut skin: Vec<f32> = cheeks.pixels().map(|(x, y)| patch.colour(x, y).l).collect();
    let Some(skin) = median(&mut skin) else {
        return 0.0;
    };
    let eyes =
        [patch.region(mesh::RIGHT_EYE), patch.region(mesh::LEFT_EYE)].map(|e| e.shrunk(Brush::Disc(1)));
    let (mut all, mut bright) = (0_u32, 0_u32);
    let reach = (LENS.0 * INTER_EYE) as i32;
    for side in [-0.5, 0.5] {
        let centre = (EYES.x + side * INTER_EYE, EYES.y + LENS.2 * INTER_EYE);
        for y in centre.1 as i32 - reach..=centre.1 as i32 + reach {
            for x in centre.0 as i32 - reach..=centre.0 as i32 + reach {
                let (dx, dy) = (
                    (x as f32 - centre.0) / INTER_EYE,
                    (y as f32 - centre.1) / INTER_EYE,
                );
                if (dx / LENS.0).powi(2) + (dy / LENS.1).powi(2) > 1.0 || !patch.inside(x, y) {
                    continue;
                }
                all += 1;
                let Lab { l, a, b } = patch.colour(x, y);
                let white = l > (skin + GLARE_LIGHTER).max(GLARE_LIGHTNESS) && a.hypot(b) < GLARE_CHROMA;
                bright += u32::from(white && !eyes.iter().any(|eye| eye.contains(x, y)));
            }
        }
    }
    bright as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plain skin, with a frame of this light drawn over bridge and rims.
    fn skin(frame: Option<f32>, light: f32) -> Plane {
        Plane::from_fn(WIDTH, HEIGHT, |x, y| {
            let (dx, dy) = ((x as f32 - EYES.x) / INTER_EYE, (y as f32 - EYES.y) / INTER_EYE);
            let bridge = dx.abs() < 0.14 && (dy + 0.05).abs() < 0.03;
            let round = ((dx.abs() - 0.5).powi(2) / 0.11 + dy.powi(2) / 0.12).sqrt();
            let rim = (round - 1.0).abs() < 0.08;
            let base = light * (0.35 + 0.02 * dy);
            (frame.filter(|_| bridge || rim).map_or(base, |f| base * f) + FLOOR).ln()
        })
        .gaussian(1.3)
    }

    fn frame(light: &Plane) -> f32 {
        (bridge(light) * rim(light, -1.0).min(rim(light, 1.0))).sqrt()
    }

    #[test]
    fn a_frame_is_found_dark_or_light_in_any_light_and_plain_skin_has_none() {
        for light in [0.25, 0.5, 1.0] {
            assert!(frame(&skin(None, light)) < 0.05);
            let dark = frame(&skin(Some(0.15), light));
            assert!(dark > 0.33, "a dark frame in light {light} reads {dark}");
        }
        let (one, half) = (frame(&skin(Some(0.3), 1.0)), frame(&skin(Some(0.3), 0.8)));
        assert!((one - half).abs() < 0.03, "{one} became {half} in less light");
    }
}
