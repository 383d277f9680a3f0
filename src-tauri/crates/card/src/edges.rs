//! Where brightness or colour changes, on a smaller copy of the picture.

use domain::picture::Picture;

/// Longer side of the copy in elements, at most.
const LONGEST: u32 = 640;
/// Levels per element from which a change may be an edge.
const FAINTEST: f32 = 3.0;

/// Edges of a picture, one element wide.
pub(crate) struct Edges {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Elements of the picture for one of the copy.
    pub(crate) scale: f64,
    /// Gradient (towards brighter) where it is greatest across the edge, else nothing.
    pub(crate) ridge: Vec<Option<(f32, f32)>>,
}

impl Edges {
    pub(crate) fn of(picture: &Picture) -> Self {
        let k = picture.width().max(picture.height()).div_ceil(LONGEST).max(1);
        let (width, height, copy) = smaller(picture, k as usize);
        let gradient = gradient(width, height, &copy);
        Self {
            width,
            height,
            scale: f64::from(k),
            ridge: ridges(width, height, &gradient),
        }
    }

    pub(crate) fn at(&self, x: f64, y: f64) -> Option<(f32, f32)> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height as f64;
        inside
            .then(|| self.ridge[y as usize * self.width + x as usize])
            .flatten()
    }
}

/// Means of `k` x `k` elements; a rest at the right and lower rim is left out.
fn smaller(picture: &Picture, k: usize) -> (usize, usize, Vec<[f32; 3]>) {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let (width, height) = ((w / k).max(1), (h / k).max(1));
    let mut sums = vec![[0_u32; 3]; width * height];
    for (y, row) in picture.pixels().chunks_exact(w * 3).take(height * k).enumerate() {
        let line = &mut sums[(y / k) * width..][..width];
        for (cell, block) in line.iter_mut().zip(row.chunks_exact(k * 3)) {
            for rgb in block.chunks_exact(3) {
                cell.iter_mut().zip(rgb).for_each(|(s, v)| *s += u32::from(*v));
            }
        }
    }
    let share = 1.0 / (k * k) as f32;
    let means = sums.into_iter().map(|s| s.map(|v| v as f32 * share)).collect();
    (width, height, means)
}

/// Sobel's gradient of the colour that changes most, in levels per element.
fn gradient(width: usize, height: usize, copy: &[[f32; 3]]) -> Vec<(f32, f32)> {
    let mut out = vec![(0.0, 0.0); width * height];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let i = y * width + x;
            let (up, here, down) = (i - width, i, i + width);
            let mut best = (0.0, 0.0);
            let mut strength = 0.0;
            for colour in [0, 1, 2] {
                let v = |j: usize| copy[j][colour];
                let right = v(up + 1) + 2.0 * v(here + 1) + v(down + 1);
                let left = v(up - 1) + 2.0 * v(here - 1) + v(down - 1);
                let below = v(down - 1) + 2.0 * v(down) + v(down + 1);
                let above = v(up - 1) + 2.0 * v(up) + v(up + 1);
                let g = ((right - left) / 8.0, (below - above) / 8.0);
                let s = g.0 * g.0 + g.1 * g.1;
                if s > strength {
                    (best, strength) = (g, s);
                }
            }
            out[i] = best;
        }
    }
    out
}

/// Keeps what is greatest across the edge.
fn ridges(width: usize, height: usize, gradient: &[(f32, f32)]) -> Vec<Option<(f32, f32)>> {
    let size = |g: (f32, f32)| g.0.hypot(g.1);
    let sizes: Vec<f32> = gradient.iter().map(|g| size(*g)).collect();
    let mut out = vec![None; width * height];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let i = y * width + x;
            let s = sizes[i];
            if s < FAINTEST {
                continue;
            }
            let (gx, gy) = gradient[i];
            // The neighbour nearest to the direction of the gradient, on both sides.
            let step = |g: f32| {
                if g.abs() > s * 0.383 {
                    g.signum() as isize
                } else {
                    0
                }
            };
            let offset = step(gy) * width as isize + step(gx);
            let neighbour = |by: isize| sizes[(i as isize + by) as usize];
            if s >= neighbour(offset) && s > neighbour(-offset) {
                out[i] = Some((gx, gy));
            }
        }
    }
    out
}
