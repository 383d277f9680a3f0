//! A picture's brightness.

use crate::Seen;
use domain::picture::Picture;
use rqrr::PreparedImage;

/// Longest side that is looked at, in pixels; a larger picture is halved until it fits. More costs time, and a code
/// that is lost by it is held too far away.
const LONGEST_SIDE: usize = 1_920;

/// A picture's brightness.
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<u8>,
}

impl Grey {
    pub(crate) fn of(picture: &Picture) -> Self {
        // Rec. 601, in 1/256.
        let grey =
            |p: &[u8]| ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8) as u8;
        let mut grey = Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            values: picture.pixels().chunks_exact(3).map(grey).collect(),
        };
        while grey.width.max(grey.height) > LONGEST_SIDE {
            grey = grey.halved();
        }
        grey
    }

    fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let at = |x: usize, y: usize| {
            let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
            u32::from(self.values[y * self.width + x])
        };
        let mean = |x: usize, y: usize| {
            let sum = at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1);
            (sum / 4) as u8
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x * 2, y * 2)));
        Self {
            width,
            height,
            values: places.map(|(x, y)| mean(x, y)).collect(),
        }
    }

    /// Codes, where a pixel is dark when it is darker than the mean of those before and behind it in its row.
    pub(crate) fn along_rows(&self, inverted: bool) -> Seen {
        let mask = if inverted { 0xff } else { 0 };
        let value = |x: usize, y: usize| self.values[y * self.width + x] ^ mask;
        let mut prepared = PreparedImage::prepare_from_greyscale(self.width, self.height, value);
        crate::seen(&prepared.detect_grids())
    }
}
