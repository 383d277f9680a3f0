//! A plane of numbers with the few filters the measures need.

/// One channel of numbers, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Plane {
    /// Fills a plane from a function of column and row.
    pub(crate) fn from_fn(width: usize, height: usize, mut f: impl FnMut(usize, usize) -> f32) -> Self {
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                values.push(f(x, y));
            }
        }
        Self {
            width,
            height,
            values,
        }
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    pub(crate) const fn height(&self) -> usize {
        self.height
    }

    /// The value at a position inside the plane.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.width + x]
    }

    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [f32] {
        &mut self.values[y * self.width..(y + 1) * self.width]
    }

    fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..(y + 1) * self.width]
    }

    /// The part round some of its pixels, with a rim of `reach`, and the same pixels in it: what no filter of that reach
    /// asks for is left out. All of it when there are none.
    pub(crate) fn around(&self, pixels: Vec<(usize, usize)>, reach: usize) -> (Self, Vec<(usize, usize)>) {
        let span = |values: &mut dyn Iterator<Item = usize>, length: usize| {
            let (low, high) = values.fold((length, 0), |(low, high), v| (low.min(v), high.max(v)));
            (low.saturating_sub(reach), (high + reach + 1).min(length))
        };
        if pixels.is_empty() {
            return (self.clone(), pixels);
        }
        let (left, right) = span(&mut pixels.iter().map(|p| p.0), self.width);
        let (top, bottom) = span(&mut pixels.iter().map(|p| p.1), self.height);
        let part = Self {
            width: right - left,
            height: bottom - top,
            values: (top..bottom)
                .flat_map(|y| &self.row(y)[left..right])
                .copied()
                .collect(),
        };
        let moved = pixels.into_iter().map(|(x, y)| (x - left, y - top)).collect();
        (part, moved)
    }

    /// Gaussian blur; the border is mirrored.
    pub(crate) fn gaussian(&self, sigma: f32) -> Self {
        let reach = (4.0 * sigma).round().max(1.0) as usize;
        let mut taps: Vec<f32> = (0..=2 * reach)
            .map(|i| (-0.5 * ((i as f32 - reach as f32) / sigma).powi(2)).exp())
            .collect();
        let sum: f32 = taps.iter().sum();
        taps.iter_mut().for_each(|t| *t /= sum);
        self.across(&taps).down(&taps)
    }

    /// Mean over `2 * reach + 1` columns.
    pub(crate) fn mean_across(&self, reach: usize) -> Self {
        self.across(&vec![1.0 / (2 * reach + 1) as f32; 2 * reach + 1])
    }

    /// Mean over `2 * reach + 1` rows.
    pub(crate) fn mean_down(&self, reach: usize) -> Self {
        self.down(&vec![1.0 / (2 * reach + 1) as f32; 2 * reach + 1])
    }

    /// Horizontal and vertical slope per pixel (Sobel, divided by eight).
    pub(crate) fn slopes(&self) -> (Self, Self) {
        let smooth = [0.25, 0.5, 0.25];
        let step = [-0.5, 0.0, 0.5];
        (self.down(&smooth).across(&step), self.across(&smooth).down(&step))
    }

    fn across(&self, taps: &[f32]) -> Self {
        let reach = taps.len() / 2;
        let mut values = vec![0.0; self.values.len()];
        let mut padded = vec![0.0; self.width + 2 * reach];
        for (y, out) in values.chunks_exact_mut(self.width).enumerate() {
            let row = self.row(y);
            for (i, p) in padded.iter_mut().enumerate() {
                *p = row[mirrored(i as i64 - reach as i64, self.width)];
            }
            for (k, tap) in taps.iter().enumerate() {
                for (o, p) in out.iter_mut().zip(&padded[k..]) {
                    *o += tap * p;
                }
            }
        }
        Self {
            width: self.width,
            height: self.height,
            values,
        }
    }

    fn down(&self, taps: &[f32]) -> Self {
        let reach = taps.len() as i64 / 2;
        let mut values = vec![0.0; self.values.len()];
        for (y, out) in values.chunks_exact_mut(self.width).enumerate() {
            for (k, tap) in taps.iter().enumerate() {
                let row = self.row(mirrored(y as i64 + k as i64 - reach, self.height));
                for (o, p) in out.iter_mut().zip(row) {
                    *o += tap * p;
                }
            }
        }
        Self {
            width: self.width,
            height: self.height,
            values,
        }
    }
}

/// Index `i` mirrored at the ends of `0..length` (the end itself is not repeated).
fn mirrored(i: i64, length: usize) -> usize {
    let last = length as i64 - 1;
    if last <= 0 {
        return 0;
    }
    let folded = i.rem_euclid(2 * last);
    folded.min(2 * last - folded) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blur_keeps_the_sum_and_a_ramp_keeps_its_slope() {
        let ramp = Plane::from_fn(40, 30, |x, _| x as f32 * 3.0);
        let (dx, dy) = ramp.gaussian(1.5).slopes();
        assert!(
            (dx.at(20, 15) - 3.0).abs() < 1e-3,
            "slope across is {}",
            dx.at(20, 15)
        );
        assert!(dy.at(20, 15).abs() < 1e-3);
        let spot = Plane::from_fn(31, 31, |x, y| f32::from(x == 15 && y == 15));
        let sum: f32 = spot.gaussian(2.0).values.iter().sum();
        assert!(
            (sum - 1.0).abs() < 1e-3,
            "a blur must not add light, the sum is {sum}"
        );
    }

    #[test]
    fn filters_read_the_same_of_a_part() {
        let mut state = 7_u32;
        let whole = Plane::from_fn(90, 70, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as f32
        });
        // One lies in a corner, where the border of the part is the border of the whole.
        for pixels in [vec![(30, 40), (50, 44)], vec![(0, 0), (12, 9)], vec![(89, 69)]] {
            let (part, moved) = whole.around(pixels.clone(), 10);
            assert!(part.width() < whole.width() && part.height() < whole.height());
            let (far, near) = (whole.gaussian(2.0).slopes(), part.gaussian(2.0).slopes());
            for ((x, y), (px, py)) in pixels.into_iter().zip(moved) {
                assert_eq!(
                    (far.0.at(x, y), far.1.at(x, y), whole.mean_down(4).at(x, y)),
                    (near.0.at(px, py), near.1.at(px, py), part.mean_down(4).at(px, py))
                );
            }
        }
    }

    #[test]
    fn borders_mirror() {
        assert_eq!([-2, -1, 0, 3, 4, 5].map(|i| mirrored(i, 5)), [2, 1, 0, 3, 4, 3]);
        assert_eq!(mirrored(7, 1), 0);
    }
}
