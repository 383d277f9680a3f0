//! The crop, and the room that the sample leaves for it.

use domain::geometry::Point;
use serde::{Deserialize, Serialize};

/// The sample round a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width of the sample, pixels.
    pub width: f32,
    /// Height of the sample, pixels.
    pub height: f32,
    /// Flat colour may go on above the upper edge: the person does not touch it.
    pub extend_top: bool,
    /// Flat colour may go on beyond the left edge.
    pub extend_left: bool,
    /// Flat colour may go on beyond the right edge.
    pub extend_right: bool,
}

/// Which part of the sample becomes the photo, and how large.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CropPlan {
    /// Photo pixels a sample pixel.
    pub scale: f32,
    /// Left edge of the photo in sample pixels; negative when extended.
    pub left: f32,
    /// Upper edge of the photo in sample pixels; negative when extended.
    pub top: f32,
    /// Rows of flat colour added above the sample, photo pixels.
    pub extended_top_px: u32,
    /// Columns of flat colour added at the left, photo pixels.
    pub extended_left_px: u32,
    /// Columns of flat colour added at the right, photo pixels.
    pub extended_right_px: u32,
}

impl CropPlan {
    /// A position of the sample in the photo.
    pub fn map(&self, p: Point) -> Point {
        Point::new(self.column(p.x), self.row(p.y))
    }

    /// A row of the sample in the photo.
    pub fn row(&self, y: f32) -> f32 {
        (y - self.top) * self.scale
    }

    /// A column of the sample in the photo.
    pub fn column(&self, x: f32) -> f32 {
        (x - self.left) * self.scale
    }
}
