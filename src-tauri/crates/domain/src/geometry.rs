//! Points, rectangles and the framing guide.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A position in pixels of the picture it belongs to; x to the right, y down, origin at the corner of
/// the first pixel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Point {
    /// Columns from the left edge.
    pub x: f32,
    /// Rows from the top edge.
    pub y: f32,
}

impl Point {
    /// Makes a point.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Distance to another point, in pixels.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point half way to another.
    pub fn middle(self, other: Self) -> Self {
        Self::new((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }
}

/// An upright rectangle in pixels; may reach beyond its picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width, not negative.
    pub width: f32,
    /// Height, not negative.
    pub height: f32,
}

impl Rect {
    /// Makes a rectangle.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Its centre.
    pub fn centre(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// True when `p` lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.x + self.width && p.y >= self.y && p.y <= self.y + self.height
    }
}

/// The framing guide in a picture: the largest centred rectangle with the photo's aspect ratio.
///
/// The live screen draws it and live framing is measured in it; the still is cropped freely inside the
/// same bands (see the `photo` crate).
pub fn guide(photo_width: u32, photo_height: u32, picture_width: u32, picture_height: u32) -> Rect {
    let (pw, ph) = (picture_width as f32, picture_height as f32);
    let scale = (pw / photo_width as f32).min(ph / photo_height as f32);
    let (w, h) = (photo_width as f32 * scale, photo_height as f32 * scale);
    Rect::new((pw - w) / 2.0, (ph - h) / 2.0, w, h)
}
