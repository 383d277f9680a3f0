//! The wall inside the future photo: how plain, how even, how shadowed.

use crate::colour::Lab;
use crate::raster::Plane;
use crate::region::{Brush, Region};
use crate::statistics::{median, quantile};
use crate::torso_patch::{EYES, INTER_EYE, SIDE, TorsoPatch};

/// Reach of the future photo to each side of the face and below the eyes, inter-eye distances.
const REACH: f32 = 2.6;
/// Top of the grid of cells above the eyes, inter-eye distances; then its cells.
const GRID_TOP: f32 = 2.9;
const GRID_CELL: (f32, f32) = (0.87, 1.3);
/// Fewest pixels of a cell, of the strips of the shadow test.
const CELL_PIXELS: usize = 80;
const STRIP_PIXELS: usize = 60;

/// What the wall says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wall {
    /// Median lightness, L*.
    pub(crate) lightness: f32,
    /// 90th percentile of the distance from an even gradient, ΔE76.
    pub(crate) residual: f32,
    /// Share of pixels on lines.
    pub(crate) lines: f32,
    /// Range of lightness over 6 × 4 cells, L*.
    pub(crate) lightness_range: f32,
    /// Wall next to the head against wall further out, the darker side, stops; `None` when no side
    /// shows enough wall.
    pub(crate) shadow: Option<f32>,
}

impl Wall {
    /// `None` when too little wall is in the picture. `slope` counts as a line, Lab units a pixel.
    pub(crate) fn measure(torso: &TorsoPatch, slope: f32) -> Option<Self> {
        let person = Region::of(SIDE, SIDE, |x, y| torso.person(x, y) > 0.15).grown(Brush::Disc(6));
        let (left, right) = (EYES.x - REACH * INTER_EYE, EYES.x + REACH * INTER_EYE);
        let low = EYES.y + REACH * INTER_EYE;
        let wall = Region::of(SIDE, SIDE, |x, y| {
            let framed = x as f32 >= left && (x as f32) < right && (y as f32) < low;
            framed && torso.inside(x, y) && !person.contains(x as i32, y as i32)
        });
        if (wall.count() as f32) < 0.5 * INTER_EYE * INTER_EYE {
            return None;
        }
        let mut all: Vec<f32> = wall
            .pixels()
            .map(|(x, y)| torso.colour(x as usize, y as usize).l)
            .collect();
        Some(Self {
            lightness: median(&mut all)?,
            residual: residual(torso, &wall)?,
            lines: lines(torso, &wall, slope),
            lightness_range: lightness_range(torso, &wall),
            shadow: shadow(torso, &wall),
        })
    }
}

/// Fits an even gradient three times, each time without what lies far from the last one.
fn residual(torso: &TorsoPatch, wall: &Region) -> Option<f32> {
    let samples: Vec<([f64; 3], Lab)> = wall
        .pixels()
        .map(|(x, y)| {
            let across = (f64::from(x) - f64::from(EYES.x)) / f64::from(INTER_EYE);
            let down = (f64::from(y) - f64::from(EYES.y)) / f64::from(INTER_EYE);
            ([across, down, 1.0], torso.colour(x as usize, y as usize))
        })
        .collect();
    let mut distances: Vec<f32> = vec![0.0; samples.len()];
    let mut limit = f32::INFINITY;
    for _ in 0..3 {
        let kept = samples
            .iter()
            .zip(&distances)
            .filter(|(_, d)| **d < limit)
            .map(|(s, _)| s);
        let gradient = Gradient::fitted(kept)?;
        distances = samples
            .iter()
            .map(|(at, colour)| gradient.at(at).distance(*colour))
            .collect();
        limit = (2.5 * median(&mut distances.clone())?).max(4.0);
    }
    quantile(&mut distances, 0.9)
}

/// A colour that changes evenly over the wall: for each Lab channel the slope across, the slope down and
/// the value at the eyes.
struct Gradient([[f64; 3]; 3]);

impl Gradient {
    /// Least squares over samples of (across, down, 1) and colour. `None` when they lie on one line.
    fn fitted<'a>(samples: impl Iterator<Item = &'a ([f64; 3], Lab)>) -> Option<Self> {
        let mut normal = [[0.0; 6]; 3];
        for (at, colour) in samples {
            let colour = [f64::from(colour.l), f64::from(colour.a), f64::from(colour.b)];
            for (row, p) in normal.iter_mut().zip(at) {
                for (cell, q) in row.iter_mut().zip(at.iter().chain(&colour)) {
                    *cell += p * q;
                }
            }
        }
        for i in 0..3 {
            let pivot = normal[i][i];
            if pivot.abs() < 1e-9 {
                return None;
            }
            normal[i].iter_mut().for_each(|v| *v /= pivot);
            let row = normal[i];
            for other in (0..3).filter(|j| *j != i) {
                let factor = normal[other][i];
                normal[other]
                    .iter_mut()
                    .zip(row)
                    .for_each(|(v, r)| *v -= factor * r);
            }
        }
        Some(Self(std::array::from_fn(|c| {
            std::array::from_fn(|i| normal[i][3 + c])
        })))
    }

    fn at(&self, place: &[f64; 3]) -> Lab {
        let channel = |c: usize| self.0[c].iter().zip(place).map(|(k, p)| k * p).sum::<f64>() as f32;
        Lab {
            l: channel(0),
            a: channel(1),
            b: channel(2),
        }
    }
}

fn lines(torso: &TorsoPatch, wall: &Region, slope: f32) -> f32 {
    let channel = |f: fn(Lab) -> f32| {
        Plane::from_fn(SIDE, SIDE, |x, y| f(torso.colour(x, y)))
            .gaussian(1.2)
            .slopes()
    };
    let slopes = [channel(|c| c.l), channel(|c| c.a), channel(|c| c.b)];
    let inner = wall.shrunk(Brush::Square(1));
    let (mut all, mut steep) = (0_usize, 0_usize);
    for (x, y) in inner.pixels() {
        let square = |plane: &Plane| plane.at(x as usize, y as usize).powi(2);
        let strength: f32 = slopes
            .iter()
            .map(|(across, down)| square(across) + square(down))
            .sum();
        all += 1;
        steep += usize::from(strength > slope * slope);
    }
    steep as f32 / all.max(1) as f32
}

fn lightness_range(torso: &TorsoPatch, wall: &Region) -> f32 {
    let (left, top) = (EYES.x - REACH * INTER_EYE, EYES.y - GRID_TOP * INTER_EYE);
    let (cell_width, cell_height) = (GRID_CELL.0 * INTER_EYE, GRID_CELL.1 * INTER_EYE);
    let mut cells: Vec<Vec<f32>> = vec![Vec::new(); 24];
    for (x, y) in wall.pixels() {
        let column = ((x as f32 - left) / cell_width).floor();
        let row = ((y as f32 - top) / cell_height).floor();
        if (0.0..6.0).contains(&column) && (0.0..4.0).contains(&row) {
            cells[row as usize * 6 + column as usize].push(torso.colour(x as usize, y as usize).l);
        }
    }
    let middles: Vec<f32> = cells
        .iter_mut()
        .filter(|cell| cell.len() > CELL_PIXELS)
        .filter_map(|cell| median(cell))
        .collect();
    let most = middles.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let least = middles.iter().copied().fold(f32::INFINITY, f32::min);
    (most - least).max(0.0)
}

/// A cast shadow makes the wall next to the head darker than the wall further out on the same side.
fn shadow(torso: &TorsoPatch, wall: &Region) -> Option<f32> {
    let distance = distance_to(|x, y| torso.person(x, y) >= 0.3);
    let (top, low) = (
        (EYES.y - 1.2 * INTER_EYE) as usize,
        (EYES.y + 2.2 * INTER_EYE) as usize,
    );
    let side = |from: usize, to: usize| {
        let (mut near, mut far, mut between) = (Vec::new(), Vec::new(), Vec::new());
        for y in top..low {
            for x in from..to {
                let d = distance[y * SIDE + x] / INTER_EYE;
                if d > 0.12 && d < 0.45 && torso.person(x, y) < 0.1 && torso.inside(x, y) {
                    near.push(torso.luminance(x, y));
                } else if d > 0.7 && wall.contains(x as i32, y as i32) {
                    let strip = if d > 1.0 { &mut far } else { &mut between };
                    strip.push(torso.luminance(x, y));
                }
            }
        }
        // Wide hair leaves little wall: then what lies less far out must do.
        if far.len() < STRIP_PIXELS {
            far.append(&mut between);
        }
        if near.len() < STRIP_PIXELS || far.len() < STRIP_PIXELS {
            return None;
        }
        Some(((median(&mut far)? + 0.005) / (median(&mut near)? + 0.005)).log2())
    };
    let sides = [side(0, SIDE / 2), side(SIDE / 2, SIDE)];
    sides.into_iter().flatten().reduce(f32::max)
}

/// Distance of every pixel to the nearest one of a set, by two sweeps (weights 0.955 and 1.3693).
fn distance_to(belongs: impl Fn(usize, usize) -> bool) -> Vec<f32> {
    const STRAIGHT: f32 = 0.955;
    const ACROSS: f32 = 1.3693;
    let mut d: Vec<f32> = (0..SIDE * SIDE)
        .map(|i| if belongs(i % SIDE, i / SIDE) { 0.0 } else { 1e6 })
        .collect();
    let mut relax = |i: usize, neighbours: [(bool, usize, f32); 4]| {
        for (there, j, step) in neighbours {
            if there {
                d[i] = d[i].min(d[j] + step);
            }
        }
    };
    for y in 0..SIDE {
        for x in 0..SIDE {
            let i = y * SIDE + x;
            relax(
                i,
                [
                    (x > 0, i.wrapping_sub(1), STRAIGHT),
                    (y > 0, i.wrapping_sub(SIDE), STRAIGHT),
                    (y > 0 && x > 0, i.wrapping_sub(SIDE + 1), ACROSS),
                    (
                        y > 0 && x + 1 < SIDE,
                        i.wrapping_sub(SIDE).wrapping_add(1),
                        ACROSS,
                    ),
                ],
            );
        }
    }
    for y in (0..SIDE).rev() {
        for x in (0..SIDE).rev() {
            let i = y * SIDE + x;
            relax(
                i,
                [
                    (x + 1 < SIDE, i + 1, STRAIGHT),
                    (y + 1 < SIDE, i + SIDE, STRAIGHT),
                    (y + 1 < SIDE && x + 1 < SIDE, i + SIDE + 1, ACROSS),
                    (y + 1 < SIDE && x > 0, i + SIDE - 1, ACROSS),
                ],
            );
        }
    }
    d
}
