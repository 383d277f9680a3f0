use super::filter;

/// A blur of fewer cells than this is worked out at half the size at most.
const COARSE: f32 = 10.0;

/// Weighted local mean colours, kept at half size or, for a wide blur, smaller.
pub(super) struct Neighbourhood {
    width: usize,
    height: usize,
    /// Cells of the crop along one of these cells.
    step: usize,
    /// Sums of weight, the three colours and the colours' squared length.
    sums: Vec<[f32; SUMS]>,
}

const SUMS: usize = 5;

impl Neighbourhood {
    pub(super) fn gather(
        image: &[[f32; 3]],
        weight: &[f32],
        width: usize,
        height: usize,
        sigma: f32,
    ) -> Self {
        let mut sums = halved(image, weight, width, height);
        let (mut w, mut h, mut step) = (width.div_ceil(2), height.div_ceil(2), 2);
        while sigma / step as f32 >= COARSE {
            sums = filter::halve(&sums, w, h);
            (w, h, step) = (w.div_ceil(2), h.div_ceil(2), 2 * step);
        }
        for channel in 0..SUMS {
            let mut plane: Vec<f32> = sums.iter().map(|cell| cell[channel]).collect();
            filter::gaussian(&mut plane, w, h, sigma / step as f32);
            sums.iter_mut()
                .zip(plane)
                .for_each(|(cell, value)| cell[channel] = value);
        }
        Self {
            width: w,
            height: h,
            step,
            sums,
        }
    }

    /// Mean colour, how much of it there is (0..=1), and its variance.
    pub(super) fn at(&self, x: usize, y: usize) -> ([f32; 3], f32, f32) {
        let place = |at: usize, cells: usize| {
            let at = ((at as f32 + 0.5) / self.step as f32 - 0.5).clamp(0.0, (cells - 1) as f32);
            let before = at as usize;
            (before, (before + 1).min(cells - 1), at - before as f32)
        };
        let ((x0, x1, fx), (y0, y1, fy)) = (place(x, self.width), place(y, self.height));
        let row = |y: usize| (self.sums[y * self.width + x0], self.sums[y * self.width + x1]);
        let ((a, b), (c, d)) = (row(y0), row(y1));
        let value =
            |i: usize| (a[i] * (1.0 - fx) + b[i] * fx) * (1.0 - fy) + (c[i] * (1.0 - fx) + d[i] * fx) * fy;
        let there = value(0).max(1e-4);
        let mean = [value(1) / there, value(2) / there, value(3) / there];
        let variance = value(4) / there - mean.iter().map(|v| v * v).sum::<f32>();
        (mean, there, variance.max(0.0))
    }
}

/// The sums of each square of two by two pixels, a quarter of them; odd ends repeat.
fn halved(image: &[[f32; 3]], weight: &[f32], width: usize, height: usize) -> Vec<[f32; SUMS]> {
    let mut out = Vec::with_capacity(width.div_ceil(2) * height.div_ceil(2));
    for y in (0..height).step_by(2) {
        let rows = [y * width, (y + 1).min(height - 1) * width];
        for x in (0..width).step_by(2) {
            let mut sum = [0.0; SUMS];
            for at in rows
                .iter()
                .flat_map(|row| [row + x, row + (x + 1).min(width - 1)])
            {
                let (w, [r, g, b]) = (weight[at] / 4.0, image[at]);
                if w > 0.0 {
                    let add = [w, w * r, w * g, w * b, w * (r * r + g * g + b * b)];
                    sum.iter_mut().zip(add).for_each(|(sum, add)| *sum += add);
                }
            }
            out.push(sum);
        }
    }
    out
}

/// 1 where alpha says that there surely is wall, with all its neighbours.
pub(super) fn sure_wall(alpha: &[f32], width: usize) -> Vec<f32> {
    let mut across = alpha.to_vec();
    for (to, from) in across.chunks_exact_mut(width).zip(alpha.chunks_exact(width)) {
        larger(to, &from[1..], 0);
        larger(to, from, 1);
    }
    let mut most = across.clone();
    larger(&mut most, &across[width..], 0);
    larger(&mut most, &across, width);
    most.iter()
        .map(|most| if *most < 0.02 { 1.0 } else { 0.0 })
        .collect()
}

/// Takes the larger of each cell from `skip` on and the cells of `other` from its start.
fn larger(cells: &mut [f32], other: &[f32], skip: usize) {
    for (own, other) in cells.iter_mut().skip(skip).zip(other) {
        *own = own.max(*other);
    }
}

/// 1 where alpha says that there surely is the person.
pub(super) fn sure_person(alpha: &[f32]) -> Vec<f32> {
    alpha.iter().map(|a| if *a > 0.96 { 1.0 } else { 0.0 }).collect()
}

/// 0 up to `low`, 1 from `high` on, straight between.
pub(super) fn ramp(value: f32, low: f32, high: f32) -> f32 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}
