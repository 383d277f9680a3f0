use super::filter;
use crate::lab::lab;
use domain::picture::Picture;
use serde::{Deserialize, Serialize};

/// Alpha from which a pixel is person: the outline lies here.
const PERSON: f32 = 0.5;
/// The rim: cells further than the first and no further than the second from the person, in pixels.
const RIM_FROM: f32 = 1.0;
const RIM_TO: f32 = 4.0;
/// Alpha between these is soft.
const SOFT: std::ops::Range<f32> = 0.05..0.95;
/// The person's colour beside a rim pixel is the mean of what is surely person within this many pixels.
const BESIDE: i64 = 6;
const SURE: f32 = 0.95;
/// Old wall, new background and person must lie this far apart, as a share of the colour cube's side, and
/// at an angle of this sine, or what is left of the wall cannot be told from the person's own soft edge.
const APART: f32 = 0.12;
const SINE: f32 = 0.35;

/// How clean the new edge is, measured on the finished photo round the outline that its alpha draws.
///
/// A plain distance from the background's colour would reward a pale rim over a true soft edge of dark
/// hair; so only excess over the background's lightness, and the old wall's own colour, count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeQuality {
    /// Mean of max(0, L* − L* of the background) over the rim, the band 1–4 px outside the outline, in L*
    /// (0..=100). A pale rim left by a light wall gives 1 and more; a clean edge less than 0.5.
    pub rim_excess_l: f32,
    /// Mean share of the old wall's colour in the rim, 0..=1, where it can be told from the background and
    /// from the person beside it; `None` when that is so for less than a tenth of the rim or the old wall is
    /// unknown. For walls darker than the background, whose rim has no excess lightness.
    pub rim_old_wall: Option<f32>,
    /// Pixels with alpha between 0.05 and 0.95 for each pixel of outline: about 1 for a hard edge, 3 to 6 for
    /// short hair, up to 15 for loose or blurred hair.
    pub soft_px: f32,
    /// Pixels with alpha over 0.5 that are not joined to the largest piece. A few hundred are tips of hair;
    /// more is something else that should have been removed.
    pub islands_px: u32,
    /// Pixels in the rim, which says how much the means rest on.
    pub rim_px: u32,
}

impl EdgeQuality {
    /// Rim excess up to which an edge counts as clean, L*: half of what a light wall's left-over gives, so that a
    /// reviewer sees none.
    pub const CLEAN_L: f32 = 0.5;

    /// Measures the edge. `photo` is what was made, before or after coding; `alpha` the person's alpha on its
    /// pixels, row by row; `background` the new background's sRGB colour; `wall` the old wall's, when known.
    /// `None` when `alpha` has another size or there is no outline.
    pub fn measure(
        photo: &Picture,
        alpha: &[f32],
        background: [u8; 3],
        wall: Option<[u8; 3]>,
    ) -> Option<Self> {
        let (width, height) = (photo.width() as usize, photo.height() as usize);
        if alpha.len() != width * height {
            return None;
        }
        let person: Vec<bool> = alpha.iter().map(|a| *a > PERSON).collect();
        let distance = filter::distance(&person, width, height);
        let rim: Vec<usize> = distance
            .iter()
            .enumerate()
            .filter(|(_, d)| **d > RIM_FROM && **d <= RIM_TO)
            .map(|(at, _)| at)
            .collect();
        // Cells that touch the person are its outline.
        let outline = distance.iter().filter(|d| **d > 0.0 && **d <= 1.0).count();
        if rim.is_empty() || outline == 0 {
            return None;
        }
        let [ground, _, _] = lab(background);
        let excess = |at: &usize| (lab(colour(photo, *at))[0] - ground).max(0.0);
        let soft = alpha.iter().filter(|a| SOFT.contains(*a)).count();
        let pieces = filter::pieces(&person, width, height);
        let largest = pieces.iter().map(|piece| piece.cells.len()).max().unwrap_or(0);
        let all: usize = pieces.iter().map(|piece| piece.cells.len()).sum();
        Some(Self {
            rim_excess_l: rim.iter().map(excess).sum::<f32>() / rim.len() as f32,
            rim_old_wall: wall.and_then(|wall| old_wall(photo, alpha, &rim, background, wall)),
            soft_px: soft as f32 / outline as f32,
            islands_px: (all - largest) as u32,
            rim_px: rim.len() as u32,
        })
    }
}

/// Solves photo − background = wall's share · (wall − background) + person's share · (person − background) in
/// the file's gamma space for every rim pixel, by least squares, and means the wall's share.
fn old_wall(
    photo: &Picture,
    alpha: &[f32],
    rim: &[usize],
    background: [u8; 3],
    wall: [u8; 3],
) -> Option<f32> {
    let ground = background.map(f32::from);
    let over = |colour: [f32; 3]| -> [f32; 3] { std::array::from_fn(|c| (colour[c] - ground[c]) / 255.0) };
    let wall = over(wall.map(f32::from));
    let ww = dot(wall, wall);
    if ww < APART * APART {
        return None;
    }
    let (mut sum, mut count) = (0.0, 0usize);
    for at in rim {
        let Some(beside) = person_beside(photo, alpha, *at) else {
            continue;
        };
        let person = over(beside);
        let (pp, wp) = (dot(person, person), dot(wall, person));
        let determinant = ww * pp - wp * wp;
        if pp < APART * APART || determinant < SINE * SINE * ww * pp {
            continue;
        }
        let seen = over(colour(photo, *at).map(f32::from));
        let (sw, sp) = (dot(seen, wall), dot(seen, person));
        // Neither share may be negative; without a person's share the wall's is a plain projection.
        let (from_wall, from_person) = (
            (sw * pp - sp * wp) / determinant,
            (sp * ww - sw * wp) / determinant,
        );
        let share = if from_person < 0.0 { sw / ww } else { from_wall };
        sum += share.clamp(0.0, 1.0);
        count += 1;
    }
    (count * 10 >= rim.len()).then(|| sum / count as f32)
}

/// Mean colour (0..=255) of what is surely person near a pixel.
fn person_beside(photo: &Picture, alpha: &[f32], at: usize) -> Option<[f32; 3]> {
    let (width, height) = (photo.width() as i64, photo.height() as i64);
    let (x, y) = (at as i64 % width, at as i64 / width);
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for ny in (y - BESIDE).max(0)..(y + BESIDE + 1).min(height) {
        for nx in (x - BESIDE).max(0)..(x + BESIDE + 1).min(width) {
            let near = (ny * width + nx) as usize;
            if alpha[near] > SURE {
                let own = colour(photo, near);
                (0..3).for_each(|c| sum[c] += f32::from(own[c]));
                count += 1.0;
            }
        }
    }
    (count > 0.0).then(|| sum.map(|v| v / count))
}

fn colour(photo: &Picture, at: usize) -> [u8; 3] {
    let pixels = photo.pixels();
    [pixels[3 * at], pixels[3 * at + 1], pixels[3 * at + 2]]
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
