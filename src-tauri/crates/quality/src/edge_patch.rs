//! How sharp the face is: edge width and the re-blur measure around eyes, brows and lips.
//!
//! Both are ratios of gradients of the same pixels, so contrast, exposure and skin tone cancel out.

use crate::face_patch::INTER_EYE;
use crate::face_source::FaceSource;
use crate::mesh;
use crate::raster::Plane;
use crate::region::{Brush, Region};
use crate::statistics::{median, quantile};
use domain::face::Face;
use domain::geometry::Point;
use domain::picture::Picture;

/// Share of the strongest gradients that are edges.
const STRONGEST: f32 = 0.06;
/// Pixels the filters below look away from the one they are asked for: a Gaussian of 2 pixels reaches 8, a slope of
/// its result one more, and the step to the next pixel another.
const REACH: usize = 10;
/// Fewest pixels round eyes, brows and lips.
const LEAST_PIXELS: usize = 200;

/// What the edges of a face say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edges {
    /// Blur of the strongest edges, the worse of both axes, percent of the inter-eye distance.
    pub(crate) width: f32,
    /// The same across over that down, log2: 0 for a blur that is alike in all directions.
    pub(crate) across_over_down: f32,
    /// Share of gradient that survives a nine-pixel blur, the worse axis (Crete and others, 2007).
    pub(crate) reblur: f32,
}

impl Edges {
    /// Measures on at most 96 pixels an inter-eye distance, never enlarged. `None` when too few pixels
    /// of the face are in the picture.
    pub(crate) fn measure(picture: &Picture, face: &Face) -> Option<Self> {
        let source = FaceSource::cut(picture, face, INTER_EYE, LUMA_601)?;
        let px = source.inter_eye;
        let area = source.clip(detail(&source.landmarks, (0.06 * px).max(1.0) as i32));
        let pixels: Vec<(usize, usize)> = area.pixels().map(|(x, y)| (x as usize, y as usize)).collect();
        if pixels.len() < LEAST_PIXELS {
            return None;
        }
        let (grey, pixels) = source.grey.around(pixels, REACH);
        let widths = edge_widths(&grey, &pixels)?;
        let across = surviving(&grey, &grey.mean_across(4), &pixels, (1, 0));
        let down = surviving(&grey, &grey.mean_down(4), &pixels, (0, 1));
        Some(Self {
            width: widths.0.max(widths.1) / px * 100.0,
            across_over_down: ((widths.0 / px * 100.0 + 0.3) / (widths.1 / px * 100.0 + 0.3)).log2(),
            reblur: across.max(down),
        })
    }
}

/// Eyes, brows and lips, grown by `n` pixels and more: where a face has edges of its own.
fn detail(points: &[Point], n: i32) -> Region {
    let part = |corners: &[Point], grow: i32| Region::polygon(corners).grown(Brush::Square(grow));
    part(&mesh::pick(points, mesh::RIGHT_EYE), 3 * n)
        .joined(&part(&mesh::pick(points, mesh::LEFT_EYE), 3 * n))
        .joined(&part(&mesh::pick(points, mesh::RIGHT_BROW), 2 * n))
        .joined(&part(&mesh::pick(points, mesh::LEFT_BROW), 2 * n))
        .joined(&part(&mesh::pick(points, mesh::LIPS), n))
}

/// Edge width along x and along y in pixels: a Gaussian edge of width s, blurred by 1 and by 2 pixels,
/// has gradients in the ratio R with s² = (2² − R²) / (R² − 1).
pub(crate) fn edge_widths(grey: &Plane, pixels: &[(usize, usize)]) -> Option<(f32, f32)> {
    let fine = grey.gaussian(1.0).slopes();
    let coarse = grey.gaussian(2.0).slopes();
    let width = |p: &Plane, q: &Plane| {
        let strength = |plane: &Plane, (x, y): (usize, usize)| plane.at(x, y).abs();
        let mut all: Vec<f32> = pixels.iter().map(|at| strength(q, *at)).collect();
        let threshold = quantile(&mut all, 1.0 - STRONGEST)?;
        let mut ratios: Vec<f32> = pixels
            .iter()
            .filter(|at| strength(q, **at) >= threshold)
            .map(|at| strength(p, *at) / (strength(q, *at) + 1e-6))
            .collect();
        let r = median(&mut ratios)?.clamp(1.0005, 1.9998);
        Some(((4.0 - r * r) / (r * r - 1.0)).max(0.0).sqrt())
    };
    Some((width(&fine.0, &coarse.0)?, width(&fine.1, &coarse.1)?))
}

/// Share of the steps between neighbours that a blur leaves.
fn surviving(grey: &Plane, blurred: &Plane, pixels: &[(usize, usize)], (dx, dy): (usize, usize)) -> f32 {
    let (mut all, mut lost) = (0.0, 0.0);
    for (x, y) in pixels {
        let before = (grey.at(x + dx, y + dy) - grey.at(*x, *y)).abs();
        let after = (blurred.at(x + dx, y + dy) - blurred.at(*x, *y)).abs();
        all += before;
        lost += (before - after).max(0.0);
    }
    (all - lost) / (all + 1e-6)
}

/// Weights of red, green and blue in BT.601 and BT.709 luma.
pub(crate) const LUMA_601: [f32; 3] = [0.299, 0.587, 0.114];
pub(crate) const LUMA_709: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// The luma of a part of the picture (left, top, right, bottom), shrunk by `k` at most 1 with every
/// source pixel weighing by its area.
pub(crate) fn shrunk_grey(picture: &Picture, [x0, y0, x1, y1]: [u32; 4], k: f32, weights: [f32; 3]) -> Plane {
    let (w, h) = ((x1 - x0) as usize, (y1 - y0) as usize);
    let width = ((w as f32 * k).round() as usize).clamp(1, w);
    let height = ((h as f32 * k).round() as usize).clamp(1, h);
    let columns = shares(w, width);
    let rows = shares(h, height);
    let mut out = Plane::from_fn(width, height, |_, _| 0.0);
    let mut line = vec![0.0; width];
    for (y, (row, part)) in rows.iter().enumerate() {
        line.iter_mut().for_each(|v| *v = 0.0);
        let start = ((y0 as usize + y) * picture.width() as usize + x0 as usize) * 3;
        let source = picture.pixels()[start..start + w * 3].chunks_exact(3);
        for (rgb, (column, part)) in source.zip(&columns) {
            let v: f32 = weights.iter().zip(rgb).map(|(w, v)| w * f32::from(*v)).sum();
            line[*column] += v * part;
            if *part < 1.0 && column + 1 < width {
                line[column + 1] += v * (1.0 - part);
            }
        }
        for (next, weight) in [(*row, *part), (row + 1, 1.0 - part)] {
            if weight > 0.0 && next < height {
                out.row_mut(next)
                    .iter_mut()
                    .zip(&line)
                    .for_each(|(o, v)| *o += weight * v);
            }
        }
    }
    let norm = (width * height) as f32 / (w * h) as f32;
    (0..height).for_each(|y| out.row_mut(y).iter_mut().for_each(|v| *v *= norm));
    out
}

/// For each of `from` cells: the first of `to` cells it falls into and the share that falls there; the
/// rest falls into the next one.
fn shares(from: usize, to: usize) -> Vec<(usize, f32)> {
    let step = to as f64 / from as f64;
    (0..from)
        .map(|i| {
            let (start, end) = (i as f64 * step, (i + 1) as f64 * step);
            let cell = (start as usize).min(to - 1);
            let border = (cell + 1) as f64;
            let part = if end > border + 1e-9 {
                (border - start) / step
            } else {
                1.0
            };
            (cell, part as f32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinking_keeps_the_mean() {
        let mut picture = Picture::filled(37, 23, [0; 3]);
        picture
            .pixels_mut()
            .iter_mut()
            .enumerate()
            .for_each(|(i, v)| *v = (i * 7 % 251) as u8);
        let whole = shrunk_grey(&picture, [0, 0, 37, 23], 1.0, LUMA_601);
        let small = shrunk_grey(&picture, [0, 0, 37, 23], 0.37, LUMA_601);
        let mean = |p: &Plane| {
            (0..p.height())
                .flat_map(|y| (0..p.width()).map(move |x| (x, y)))
                .map(|(x, y)| p.at(x, y))
                .sum::<f32>()
                / (p.width() * p.height()) as f32
        };
        assert!((mean(&whole) - mean(&small)).abs() < 0.01);
    }

    #[test]
    fn the_width_of_a_known_edge_is_found() {
        let step = Plane::from_fn(80, 80, |x, _| if x < 40 { 30.0 } else { 200.0 });
        for blur in [1.5_f32, 2.5, 4.0] {
            let edge = step.gaussian(blur);
            let pixels: Vec<_> = (20..60).flat_map(|y| (25..55).map(move |x| (x, y))).collect();
            let (width, _) = edge_widths(&edge, &pixels).unwrap();
            assert!(
                (width - blur).abs() < 0.25 * blur,
                "an edge of {blur} reads {width}"
            );
        }
    }
}
