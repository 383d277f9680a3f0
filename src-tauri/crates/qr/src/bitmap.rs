//! Dark and light, told apart by what lies around a pixel.

use crate::Seen;
use crate::grey::Grey;
use rqrr::PreparedImage;

/// The surroundings of a pixel reach so far, as a part of the picture's longer side: more than a finder pattern of a
/// code that fills half of the picture.
const REACH: f64 = 1.0 / 24.0;
/// A pixel that differs less from its surroundings than this, of 255, is light: noise of a plain wall is no code.
const LEAST: i32 = 5;

/// Sums of brightness from the upper left corner.
pub(crate) struct Around {
    sums: Vec<u32>,
    reach: usize,
}

/// What is dark.
pub(crate) struct Bitmap {
    pub(crate) width: usize,
    pub(crate) height: usize,
    dark: Vec<bool>,
}

impl Around {
    pub(crate) fn of(grey: &Grey) -> Self {
        let wide = grey.width + 1;
        let mut sums = vec![0_u32; wide * (grey.height + 1)];
        for y in 0..grey.height {
            let mut row = 0_u32;
            for x in 0..grey.width {
                row += u32::from(grey.values[y * grey.width + x]);
                sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
            }
        }
        let reach = (grey.width.max(grey.height) as f64 * REACH) as usize;
        Self {
            sums,
            reach: reach.max(8),
        }
    }

    /// What is darker than its surroundings, or lighter.
    pub(crate) fn dark(&self, grey: &Grey, inverted: bool) -> Bitmap {
        let wide = grey.width + 1;
        let mut dark = Vec::with_capacity(grey.values.len());
        for y in 0..grey.height {
            let (top, bottom) = (
                y.saturating_sub(self.reach),
                (y + self.reach + 1).min(grey.height),
            );
            for x in 0..grey.width {
                let (left, right) = (x.saturating_sub(self.reach), (x + self.reach + 1).min(grey.width));
                // The sums of one picture of 1920 by 1920 stay below 2^30.
                let sum = self.sums[bottom * wide + right] + self.sums[top * wide + left]
                    - self.sums[top * wide + right]
                    - self.sums[bottom * wide + left];
                let mean = sum / ((right - left) * (bottom - top)) as u32;
                let below = mean as i32 - i32::from(grey.values[y * grey.width + x]);
                dark.push(if inverted { -below } else { below } >= LEAST);
            }
        }
        Bitmap {
            width: grey.width,
            height: grey.height,
            dark,
        }
    }
}

impl Bitmap {
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.width + x]
    }

    pub(crate) fn look(&self) -> Seen {
        let dark = |x: usize, y: usize| self.is_dark(x, y);
        let mut prepared = PreparedImage::prepare_from_bitmap(self.width, self.height, dark);
        crate::seen(&prepared.detect_grids())
    }
}
