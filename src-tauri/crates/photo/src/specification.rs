//! Reading and checking photo specifications (`assets/specifications/*.toml`).

use domain::specification::{PhotoSpecification, Range};
use thiserror::Error;

const GRADUATION: &str = include_str!("../../../../assets/specifications/graduation-480x640.toml");

/// Why a specification is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpecificationFault {
    /// Not TOML, a key missing, or a key nobody knows; `detail` names the line.
    #[error("the specification cannot be read: {detail}")]
    Unreadable {
        /// What the reader said, with the line.
        detail: String,
    },
    /// A value no photo can meet.
    #[error("the specification's {key} is impossible: {detail}")]
    Impossible {
        /// The key.
        key: &'static str,
        /// Why.
        detail: String,
    },
}

impl SpecificationFault {
    /// Every code that [`Self::code`] can give.
    pub const CODES: [&'static str; 2] = ["specification_unreadable", "specification_impossible"];

    /// The code under which the UI has its message and remedy.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "specification_unreadable",
            Self::Impossible { .. } => "specification_impossible",
        }
    }
}

/// Reads one specification; unknown keys and impossible values are refused.
///
/// # Errors
/// [`SpecificationFault`].
pub fn parse(text: &str) -> Result<PhotoSpecification, SpecificationFault> {
    let spec: PhotoSpecification = toml::from_str(text).map_err(|e| SpecificationFault::Unreadable {
        detail: e.to_string(),
    })?;
    check(&spec)?;
    Ok(spec)
}

/// The specifications that come with the program, the national graduation photo first.
///
/// # Errors
/// [`SpecificationFault`] when a shipped file is broken, which a test excludes.
pub fn builtin() -> Result<Vec<PhotoSpecification>, SpecificationFault> {
    [GRADUATION].into_iter().map(parse).collect()
}

fn check(spec: &PhotoSpecification) -> Result<(), SpecificationFault> {
    let require = |holds: bool, key: &'static str, detail: &str| {
        holds.then_some(()).ok_or_else(|| SpecificationFault::Impossible {
            key,
            detail: detail.into(),
        })
    };
    let id = &spec.id;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    require(
        !id.is_empty() && id.len() <= 64 && id.chars().all(plain),
        "id",
        "use a-z, 0-9 and '-', at most 64",
    )?;
    require(!spec.name_zh.trim().is_empty(), "name_zh", "empty")?;
    require(!spec.name_en.trim().is_empty(), "name_en", "empty")?;
    require(
        !spec.source.trim().is_empty(),
        "source",
        "empty: every number needs its source",
    )?;
    require(
        ["A", "B", "C"].contains(&spec.confidence.as_str()),
        "confidence",
        "must be A, B or C",
    )?;
    require(spec.version >= 1, "version", "starts at 1")?;
    require(
        (32..=4096).contains(&spec.width_px),
        "width_px",
        "must be 32..=4096",
    )?;
    require(
        (32..=4096).contains(&spec.height_px),
        "height_px",
        "must be 32..=4096",
    )?;
    require(
        (72..=1200).contains(&spec.density_dpi),
        "density_dpi",
        "must be 72..=1200",
    )?;
    require(
        spec.min_bytes < spec.max_bytes,
        "max_bytes",
        "must be larger than min_bytes",
    )?;
    require(
        (1..=100).contains(&spec.min_jpeg_quality),
        "min_jpeg_quality",
        "must be 1..=100",
    )?;
    let delta = spec.background_max_delta_e;
    require(
        delta.is_finite() && (0.5..=50.0).contains(&delta),
        "background_max_delta_e",
        "must be 0.5..=50",
    )?;

    let (width, height) = (spec.width_px as f32, spec.height_px as f32);
    range("crown_px", &spec.crown_px, height, spec.crown_target_px)?;
    range("eyes_px", &spec.eyes_px, height, spec.eyes_target_px)?;
    range(
        "face_width_px",
        &spec.face_width_px,
        width,
        spec.face_width_target_px,
    )?;
    require(
        spec.face_width_px.min > 0.0,
        "face_width_px",
        "must be larger than 0",
    )?;
    require(
        spec.eyes_px.max > spec.crown_px.min,
        "eyes_px",
        "must lie below the crown",
    )?;
    require(
        spec.eyes_target_px > spec.crown_target_px,
        "eyes_target_px",
        "must lie below the crown's",
    )?;
    let centre = spec.centre_max_px;
    require(
        centre.is_finite() && centre >= 0.0 && centre < width / 2.0,
        "centre_max_px",
        "must be 0..width/2",
    )?;
    let scale = spec.max_scale;
    require(
        scale.is_finite() && scale > 0.0 && scale <= 2.0,
        "max_scale",
        "must be larger than 0, at most 2",
    )
}

fn range(key: &'static str, range: &Range, side: f32, target: f32) -> Result<(), SpecificationFault> {
    let impossible = |detail: String| Err(SpecificationFault::Impossible { key, detail });
    if !(range.min.is_finite() && range.max.is_finite() && range.min < range.max) {
        return impossible(format!("{} must be smaller than {}", range.min, range.max));
    }
    if range.min < 0.0 || range.max > side {
        return impossible(format!("must lie in 0..={side}"));
    }
    if !range.contains(target) {
        return impossible(format!("the target {target} lies outside"));
    }
    Ok(())
}
