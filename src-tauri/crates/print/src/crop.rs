//! The part of a photo that a print of other sides shows.

use crate::size::Size;

/// Sides whose ratios differ by no more than this are the same sides rounded to whole pixels.
const NOTABLE: f64 = 0.01;

/// A part of a photo in its pixels, about its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    /// Pixels cut off on the left, and as many on the right.
    pub left: f64,
    /// Pixels cut off at the top, and as many at the bottom.
    pub top: f64,
    /// Width that is left.
    pub width: f64,
    /// Height that is left.
    pub height: f64,
    /// Share of the photo's pixels that is left, 0..=1.
    pub kept: f64,
}

impl Crop {
    /// The largest part of a photo with exactly the sides of `print`, so that nothing is ever stretched.
    pub(crate) fn to(width_px: u32, height_px: u32, print: Size) -> Self {
        let (width, height) = (f64::from(width_px), f64::from(height_px));
        let ratio = print.width / print.height;
        let (kept_width, kept_height) = (width.min(height * ratio), height.min(width / ratio));
        Self {
            left: (width - kept_width) / 2.0,
            top: (height - kept_height) / 2.0,
            width: kept_width,
            height: kept_height,
            kept: (kept_width * kept_height) / (width * height),
        }
    }

    /// True when more is cut off than rounding to whole pixels explains (more than 1 %).
    pub fn is_notable(&self) -> bool {
        1.0 - self.kept > NOTABLE
    }

    /// True when anything is cut off.
    pub(crate) fn cuts(&self) -> bool {
        self.left > 1e-6 || self.top > 1e-6
    }
}
