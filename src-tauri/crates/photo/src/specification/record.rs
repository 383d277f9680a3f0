//! A specification as it stands in its file: every number in a table that names its source.

use super::SpecificationFault;
use domain::specification::{BackgroundUse, Quantity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One file of `assets/specifications`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Id, the same as the file's name.
    pub id: String,
    /// Version of the record; grows with every change of a number.
    pub version: u32,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// What a reader should know: contradictions between sources, what was left out.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The documents, by the names that the tables use.
    pub sources: BTreeMap<String, Source>,
    /// The picture.
    pub picture: PictureRecord,
    /// The file.
    pub file: FileRecord,
    /// Accepted backgrounds; the first is the one used where a session does not choose.
    pub background: Vec<BackgroundRecord>,
    /// Where crown, eyes, chin and lengths must lie.
    #[serde(default)]
    pub band: Vec<BandRecord>,
    /// The face's axis.
    pub centring: CentringRecord,
    /// What may be done to the sample.
    pub operations: OperationsRecord,
    /// The paper print.
    #[serde(default)]
    pub print: Option<PrintRecord>,
}

/// How far a source can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Trust {
    /// Official text, or the provider's own documentation.
    A,
    /// Several independent copies agree.
    B,
    /// Derived: arithmetic on the others, or this program's own working tolerance of a demand they make.
    D,
    /// One copy, or the copies disagree. Never gates.
    C,
    /// From memory; no copy was found. Never gates.
    M,
}

impl Trust {
    /// True when a number of this trust may stop a photo.
    pub const fn gates(self) -> bool {
        matches!(self, Self::A | Self::B | Self::D)
    }

    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::M => "M",
        }
    }
}

/// A document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title and clause, in the words it is known by.
    pub document: String,
    /// How far it can be trusted.
    pub confidence: Trust,
    /// Since when it holds: a year, a month or a day; `unknown` where no copy says it.
    pub valid_from: String,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRecord {
    /// Key of its source.
    pub source: String,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Dots per inch written into the file.
    pub density_dpi: u32,
    /// Key of the density's source where it is another.
    #[serde(default)]
    pub density_source: Option<String>,
    /// `srgb`: three components of eight bits.
    pub colour: Colour,
    /// Accepted widths, when others are accepted too.
    #[serde(default)]
    pub widths_px: Option<[f32; 2]>,
    /// Accepted heights, when others are accepted too.
    #[serde(default)]
    pub heights_px: Option<[f32; 2]>,
}

/// Colour space of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// sRGB (IEC 61966-2-1), 24 bits a pixel.
    Srgb,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Key of its source.
    pub source: String,
    /// Smallest file in bytes; 0 where nothing is said.
    #[serde(default)]
    pub min_bytes: u32,
    /// Largest file in bytes.
    pub max_bytes: u32,
    /// Lowest JPEG quality, 1..=100.
    pub min_jpeg_quality: u8,
    /// Key of the quality's source where it is another.
    #[serde(default)]
    pub quality_source: Option<String>,
    /// Pattern of the name, e.g. `{document_number}.jpg`.
    pub name: String,
}

/// A background.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundRecord {
    /// Key of its source.
    pub source: String,
    /// Its name, e.g. `light-blue`.
    pub id: String,
    /// Its colour, sRGB.
    pub rgb: [u8; 3],
    /// Largest CIE76 distance from it after compression.
    pub max_delta_e: f32,
    /// Key of the distance's source where it is another.
    #[serde(default)]
    pub tolerance_source: Option<String>,
}

/// In what a band is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandUnit {
    /// Photo pixels.
    Px,
    /// Millimetres on a picture whose height is `of_height_mm`.
    Mm,
    /// Share of the picture's height.
    Height,
    /// Share of the picture's width.
    Width,
}

/// The edge from which a row is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The upper edge.
    #[default]
    Top,
    /// The lower edge.
    Bottom,
}

/// What the source means by the crown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrownMeans {
    /// The top of the hair; tall hair that leaves no other way may leave the picture.
    #[default]
    Hair,
    /// The head: tall hair and top-knots never count.
    Head,
}

/// A band.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandRecord {
    /// Key of its source.
    pub source: String,
    /// What it is about.
    pub of: Quantity,
    /// In what the numbers are given.
    pub unit: BandUnit,
    /// Height of the picture that millimetres are counted on.
    #[serde(default)]
    pub of_height_mm: Option<f32>,
    /// From which edge a row is counted.
    #[serde(default)]
    pub from: Edge,
    /// Smallest value; the picture's edge where nothing is said.
    #[serde(default)]
    pub min: Option<f32>,
    /// Largest value; the picture's edge where nothing is said.
    #[serde(default)]
    pub max: Option<f32>,
    /// Where the crop aims; always this program's own choice.
    #[serde(default)]
    pub aim: Option<f32>,
    /// What is meant by a crown.
    #[serde(default)]
    pub means: CrownMeans,
    /// Bands that cannot all hold give way in falling order of this; 0 never does.
    #[serde(default)]
    pub gives_way: u8,
}

/// The face's axis.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CentringRecord {
    /// Key of its source.
    pub source: String,
    /// Largest distance from the middle, photo pixels.
    pub max_px: f32,
}

/// What may be done to the sample. Every photo is a crop; mirroring, turning and retouching are not among the
/// operations at all, so no specification can allow them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationsRecord {
    /// Key of its source.
    pub source: String,
    /// Largest scale from sample to photo, at most 1.1.
    pub max_scale: f32,
    /// Whether the background is replaced.
    pub background: BackgroundUse,
    /// Whether flat colour may go on beyond an edge that the person does not touch.
    pub extend: bool,
}

/// The paper print.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintRecord {
    /// Key of its source.
    pub source: String,
    /// Width in millimetres.
    pub width_mm: f32,
    /// Height in millimetres.
    pub height_mm: f32,
}

impl Record {
    /// The source of a table.
    ///
    /// # Errors
    /// [`SpecificationFault::Impossible`] when the table names one that is not there.
    pub fn source(&self, key: &str) -> Result<&Source, SpecificationFault> {
        self.sources.get(key).ok_or_else(|| {
            SpecificationFault::impossible("source", format!("{key:?} is not among the sources"))
        })
    }
}
