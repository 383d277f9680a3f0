//! What a finished photo must be. The numbers live in `assets/specifications/*.toml`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A closed range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Smallest accepted value.
    pub min: f32,
    /// Largest accepted value.
    pub max: f32,
}

impl Range {
    /// True when `value` lies inside or on an end.
    pub fn contains(&self, value: f32) -> bool {
        value >= self.min && value <= self.max
    }
}

/// One photo specification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoSpecification {
    /// Id, the same as the file's name: `graduation-480x640`.
    pub id: String,
    /// Version of the record; travels in the packet.
    pub version: u32,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Where the numbers come from (clause, document).
    pub source: String,
    /// Confidence of the source: `A` official text, `B` several agreeing copies, `C` one copy.
    pub confidence: String,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Density written into the file, dots per inch.
    pub density_dpi: u32,
    /// Smallest file in bytes.
    pub min_bytes: u32,
    /// Largest file in bytes.
    pub max_bytes: u32,
    /// Lowest JPEG quality the encoder may use, 1..=100.
    pub min_jpeg_quality: u8,
    /// Background colour, sRGB.
    pub background_rgb: [u8; 3],
    /// Largest CIE76 distance of the finished background from that colour.
    pub background_max_delta_e: f32,
    /// Crown to the top edge, pixels.
    pub crown_px: Range,
    /// Eye line to the top edge, pixels.
    pub eyes_px: Range,
    /// Width between the outer edges of the cheeks, pixels.
    pub face_width_px: Range,
    /// Face width the crop aims at, pixels.
    pub face_width_target_px: f32,
    /// Crown the crop aims at, pixels.
    pub crown_target_px: f32,
    /// Eye line the crop aims at, pixels.
    pub eyes_target_px: f32,
    /// Largest distance of the face's axis from the middle, pixels.
    pub centre_max_px: f32,
    /// Largest scale from source to photo; 1 means never enlarged.
    pub max_scale: f32,
}
