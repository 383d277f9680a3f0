use super::filter;

/// Weighted local mean colours, kept at half size.
pub(super) struct Neighbourhood {
    width: usize,
    height: usize,
    /// Sums of weight, the three colours and the colours' squared length.
    planes: [Vec<f32>; 5],
}

impl Neighbourhood {
    pub(super) fn gather(
        image: &[[f32; 3]],
        weight: &[f32],
        width: usize,
        height: usize,
        sigma: f32,
    ) -> Self {
        let (w, h) = (width.div_ceil(2), height.div_ceil(2));
        let planes = std::array::from_fn(|plane| {
            let full: Vec<f32> = image
                .iter()
                .zip(weight)
                .map(|(colour, weight)| match plane {
                    0 => *weight,
                    4 => weight * colour.iter().map(|v| v * v).sum::<f32>(),
                    c => weight * colour[c - 1],
                })
                .collect();
            let mut half = filter::halve(&full, width, height);
            filter::gaussian(&mut half, w, h, sigma / 2.0);
            half
        });
        Self {
            width: w,
            height: h,
            planes,
        }
    }

    /// Mean colour, how much of it there is (0..=1), and its variance.
    pub(super) fn at(&self, x: usize, y: usize) -> ([f32; 3], f32, f32) {
        let value = |plane: usize| filter::at_half(&self.planes[plane], self.width, self.height, x, y);
        let there = value(0).max(1e-4);
        let mean = [value(1) / there, value(2) / there, value(3) / there];
        let variance = value(4) / there - mean.iter().map(|v| v * v).sum::<f32>();
        (mean, there, variance.max(0.0))
    }
}

/// 1 where alpha says that there surely is wall, with all its neighbours.
pub(super) fn sure_wall(alpha: &[f32], width: usize, height: usize) -> Vec<f32> {
    eroded(width, height, |at| if alpha[at] < 0.02 { 1.0 } else { 0.0 })
}

/// 1 where alpha says that there surely is the person.
pub(super) fn sure_person(alpha: &[f32]) -> Vec<f32> {
    alpha.iter().map(|a| if *a > 0.96 { 1.0 } else { 0.0 }).collect()
}

/// A weight that is 1 only where all neighbours are 1 too.
fn eroded(width: usize, height: usize, weight: impl Fn(usize) -> f32) -> Vec<f32> {
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let mut least = 1.0f32;
            for ny in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for nx in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    least = least.min(weight(ny * width + nx));
                }
            }
            out.push(least);
        }
    }
    out
}

/// 0 up to `low`, 1 from `high` on, straight between.
pub(super) fn ramp(value: f32, low: f32, high: f32) -> f32 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}
