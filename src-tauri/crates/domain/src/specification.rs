//! What a finished photo must be. The numbers live in `assets/specifications/*.toml`, each with its source; this is
//! what is left of them once it is settled which of them bind.

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

    /// Its middle.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.min, self.max)
    }
}

/// What a band is about: a row of the photo, or a length on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Row of the crown, from the upper edge.
    Crown,
    /// Row of the middle between the eyes, from the upper edge.
    Eyes,
    /// Row of the chin, from the upper edge.
    Chin,
    /// Length between the outer edges of the cheeks.
    FaceWidth,
    /// Length from the crown to the chin.
    HeadHeight,
    /// Length between the centres of the eyes.
    EyeDistance,
}

impl Quantity {
    /// All of them, rows first.
    pub const ALL: [Self; 6] = [
        Self::Crown,
        Self::Eyes,
        Self::Chin,
        Self::FaceWidth,
        Self::HeadHeight,
        Self::EyeDistance,
    ];

    /// True for a row, false for a length.
    pub const fn is_row(self) -> bool {
        matches!(self, Self::Crown | Self::Eyes | Self::Chin)
    }

    /// The name that files, reports and messages use, e.g. `face_width`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crown => "crown",
            Self::Eyes => "eyes",
            Self::Chin => "chin",
            Self::FaceWidth => "face_width",
            Self::HeadHeight => "head_height",
            Self::EyeDistance => "eye_distance",
        }
    }
}

/// Where one quantity must lie, in photo pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// What it is about.
    pub of: Quantity,
    /// The accepted values.
    pub range: Range,
    /// Where inside it the crop aims; `None` leaves it to the other bands.
    pub aim: Option<f32>,
    /// True when a photo outside it is refused; false when it is only drawn, because its source is too weak.
    pub gates: bool,
    /// Bands that cannot all hold give way in falling order of this; 0 never does.
    pub gives_way: u8,
}

/// A background that a photo may have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Backdrop {
    /// Its name within the specification, e.g. `light-blue`.
    pub id: String,
    /// Its colour, sRGB.
    pub rgb: [u8; 3],
    /// Largest CIE76 distance of the finished background from that colour.
    pub max_delta_e: f32,
}

/// Whether the background of the sample may or must stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackgroundUse {
    /// It is replaced, unless it already meets the specification.
    Replaced,
    /// The operator chooses.
    Either,
    /// It is never touched; it must meet the specification as it is.
    Untouched,
}

/// What becomes of the background of one sample.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// What the specification says: replaced, unless it must stay or meets the specification already.
    #[default]
    AsSpecified,
    /// It stays, because the operator chose so where the specification leaves the choice.
    Untouched,
}

/// Other sizes in which a photo of this kind is accepted; the proportions stay those of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Accepted widths, pixels.
    pub width_px: Range,
    /// Accepted heights, pixels.
    pub height_px: Range,
}

/// Size of the paper print, which may have other proportions than the file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintSize {
    /// Width in millimetres.
    pub width_mm: f32,
    /// Height in millimetres.
    pub height_mm: f32,
}

/// One photo specification as it binds.
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
    /// The documents behind the numbers that bind.
    pub source: String,
    /// The weakest confidence among them: `A` official text, `B` several agreeing copies.
    pub confidence: String,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Other accepted sizes; `None` when it is exactly this one.
    pub sizes: Option<Sizes>,
    /// Density written into the file, dots per inch.
    pub density_dpi: u32,
    /// Smallest file in bytes.
    pub min_bytes: u32,
    /// Largest file in bytes.
    pub max_bytes: u32,
    /// Lowest JPEG quality the encoder may use, 1..=100.
    pub min_jpeg_quality: u8,
    /// The background chosen for this session, sRGB.
    pub background_rgb: [u8; 3],
    /// Largest CIE76 distance of the finished background from that colour.
    pub background_max_delta_e: f32,
    /// Every background the specification accepts, the chosen one among them.
    pub backgrounds: Vec<Backdrop>,
    /// Whether the sample's own background may or must stay.
    pub background_use: BackgroundUse,
    /// Where crown, eyes, chin and lengths must lie; at most one band a quantity.
    pub bands: Vec<Band>,
    /// True when the crown is the head's and tall hair may leave the picture; false when the top of the hair is
    /// meant, and the head's counts only where the hair leaves no other way.
    pub crown_is_head: bool,
    /// Largest distance of the face's axis from the middle, pixels.
    pub centre_max_px: f32,
    /// Largest scale from source to photo; 1 means never enlarged.
    pub max_scale: f32,
    /// Flat colour may go on beyond an edge of the sample that the person does not touch.
    pub may_extend: bool,
    /// Pattern of the file's name: `{document_number}`, `{student_number}`, `{exam_number}`, `{name}`, `{packet}`.
    pub file_name: String,
    /// The paper print; `None` when the specification has none.
    pub print: Option<PrintSize>,
}

impl PhotoSpecification {
    /// The band of a quantity when it binds.
    pub fn band(&self, of: Quantity) -> Option<&Band> {
        self.bands.iter().find(|band| band.of == of && band.gates)
    }

    /// The range of a quantity when it binds.
    pub fn range(&self, of: Quantity) -> Option<Range> {
        self.band(of).map(|band| band.range)
    }

    /// The bands that bind, in the order of the specification.
    pub fn gating(&self) -> impl Iterator<Item = &Band> {
        self.bands.iter().filter(|band| band.gates)
    }

    /// The same specification at another size that it accepts: bands and tolerance grow with the width. `None` when
    /// it accepts no other, or the proportions differ by more than a pixel.
    #[must_use]
    pub fn resized(&self, width_px: u32, height_px: u32) -> Option<Self> {
        let sizes = self.sizes?;
        let (width, height) = (width_px as f32, height_px as f32);
        let by = width / self.width_px as f32;
        let like = (height - by * self.height_px as f32).abs() <= 1.0;
        if !(like && sizes.width_px.contains(width) && sizes.height_px.contains(height)) {
            return None;
        }
        let mut other = self.clone();
        (other.width_px, other.height_px) = (width_px, height_px);
        other.centre_max_px *= by;
        for band in &mut other.bands {
            band.range = Range {
                min: band.range.min * by,
                max: band.range.max * by,
            };
            band.aim = band.aim.map(|aim| aim * by);
        }
        Some(other)
    }

    /// The same specification with another of its backgrounds; `None` when it has none of that name.
    #[must_use]
    pub fn on(&self, backdrop: &str) -> Option<Self> {
        let chosen = self.backgrounds.iter().find(|there| there.id == backdrop)?;
        Some(Self {
            background_rgb: chosen.rgb,
            background_max_delta_e: chosen.max_delta_e,
            ..self.clone()
        })
    }
}
