//! The map between two planes that a pinhole makes.

use crate::geometry::{Point, Quad};

/// A projective map of the plane, row by row; the last entry is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography([f64; 9]);

impl Homography {
    /// The map that takes the rectangle 0..width, 0..height to `quad`, corner by corner; `None` where three
    /// corners lie on one line.
    pub fn onto(width: f64, height: f64, quad: &Quad) -> Option<Self> {
        let from = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        let mut rows = [[0.0; 9]; 8];
        for (i, ((x, y), to)) in from.into_iter().zip(quad.0).enumerate() {
            rows[2 * i] = [x, y, 1.0, 0.0, 0.0, 0.0, -to.x * x, -to.x * y, to.x];
            rows[2 * i + 1] = [0.0, 0.0, 0.0, x, y, 1.0, -to.y * x, -to.y * y, to.y];
        }
        let h = solve(&mut rows)?;
        Some(Self([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1.0]))
    }

    /// Where a place goes.
    pub fn apply(&self, p: Point) -> Point {
        let h = &self.0;
        let w = h[6] * p.x + h[7] * p.y + h[8];
        Point::new(
            (h[0] * p.x + h[1] * p.y + h[2]) / w,
            (h[3] * p.x + h[4] * p.y + h[5]) / w,
        )
    }

    /// Area that an area element at `p` covers after the map.
    pub(crate) fn enlarges(&self, p: Point) -> f64 {
        let h = &self.0;
        let w = h[6] * p.x + h[7] * p.y + h[8];
        let to = self.apply(p);
        let xx = (h[0] - to.x * h[6]) / w;
        let xy = (h[1] - to.x * h[7]) / w;
        let yx = (h[3] - to.y * h[6]) / w;
        let yy = (h[4] - to.y * h[7]) / w;
        (xx * yy - xy * yx).abs()
    }

    /// Width over height of the rectangle whose picture this unit square's map is, for a camera of focal
    /// length `focal` (elements) looking at `centre`.
    pub(crate) fn ratio(&self, focal: f64, centre: Point) -> f64 {
        let h = &self.0;
        let length = |i: usize| {
            let (x, y, w) = (h[i], h[3 + i], h[6 + i]);
            ((x - centre.x * w) / focal)
                .hypot((y - centre.y * w) / focal)
                .hypot(w)
        };
        length(0) / length(1)
    }
}

/// Gauss with pivots.
fn solve(rows: &mut [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for i in 0..8 {
        let pivot = (i..8).max_by(|a, b| rows[*a][i].abs().total_cmp(&rows[*b][i].abs()))?;
        if rows[pivot][i].abs() < 1e-12 {
            return None;
        }
        rows.swap(i, pivot);
        let row = rows[i];
        for (j, other) in rows.iter_mut().enumerate() {
            if j != i {
                let factor = other[i] / row[i];
                other.iter_mut().zip(row).for_each(|(o, r)| *o -= factor * r);
            }
        }
    }
    let mut solution = [0.0; 8];
    for (i, value) in solution.iter_mut().enumerate() {
        *value = rows[i][8] / rows[i][i];
    }
    Some(solution)
}
