//! Writing JPEG.

use crate::departure::{Departure, DepartureCode};
use domain::picture::Picture;
use domain::specification::PhotoSpecification;
use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor,
};
use thiserror::Error;

/// Why a picture could not be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EncodeFault {
    /// A side is longer than JPEG's 65535 pixels.
    #[error("{width}x{height} is too large for JPEG")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The encoder failed.
    #[error("the JPEG encoder failed: {detail}")]
    Encoder {
        /// What it said.
        detail: String,
    },
}

impl EncodeFault {
    /// The code under which the UI has its message and remedy.
    pub const fn code(&self) -> &'static str {
        "encode_failed"
    }
}

/// A small JPEG for the screen: 4:2:0.
///
/// # Errors
/// [`EncodeFault`].
pub fn preview_jpeg(picture: &Picture, quality: u8) -> Result<Vec<u8>, EncodeFault> {
    write(picture, quality, 72, Chroma::Quarter)
}

/// A JPEG to keep: baseline, sRGB, 4:4:4, `dpi` dots per inch in a leading JFIF segment, no metadata.
///
/// # Errors
/// [`EncodeFault`].
pub fn jpeg(picture: &Picture, quality: u8, dpi: u32) -> Result<Vec<u8>, EncodeFault> {
    write(picture, quality, dpi, Chroma::Full)
}

/// Resolution of the colour components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chroma {
    /// As luminance (4:4:4).
    Full,
    /// Half in each direction (4:2:0).
    Quarter,
}

impl Chroma {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Full => "4:4:4",
            Self::Quarter => "4:2:0",
        }
    }
}

/// A file inside the byte window.
pub(crate) struct Fitted {
    pub(crate) bytes: Vec<u8>,
    pub(crate) quality: u8,
    pub(crate) chroma: Chroma,
}

/// 4:4:4 is kept from this quality on: clean edges on a saturated background are worth more than a finer
/// step in the face. Below it, fewer colour samples leave more bytes for the face.
const FULL_CHROMA_FROM: u8 = 84;

/// Finds the highest legal quality whose file fits the specification's byte window; 4:4:4 where it fits
/// well. Never pads a file.
pub(crate) fn fit(
    picture: &Picture,
    spec: &PhotoSpecification,
) -> Result<Result<Fitted, Departure>, EncodeFault> {
    let full = highest(picture, spec, Chroma::Full)?;
    let best = match full {
        Some(full) if full.quality >= FULL_CHROMA_FROM => Some(full),
        full => highest(picture, spec, Chroma::Quarter)?.or(full),
    };
    let Some(best) = best else {
        let least = write(picture, spec.min_jpeg_quality, spec.density_dpi, Chroma::Quarter)?;
        return Ok(Err(outside(DepartureCode::BytesTooMany, least.len(), spec)));
    };
    if best.bytes.len() < spec.min_bytes as usize {
        let most = write(picture, 100, spec.density_dpi, Chroma::Full)?;
        if most.len() < spec.min_bytes as usize {
            return Ok(Err(outside(DepartureCode::BytesTooFew, most.len(), spec)));
        }
        if most.len() <= spec.max_bytes as usize {
            return Ok(Ok(Fitted {
                bytes: most,
                quality: 100,
                chroma: Chroma::Full,
            }));
        }
        // The window is narrower than one step of quality.
        return Ok(Err(outside(DepartureCode::BytesTooFew, best.bytes.len(), spec)));
    }
    Ok(Ok(best))
}

fn outside(code: DepartureCode, bytes: usize, spec: &PhotoSpecification) -> Departure {
    Departure::of(
        code,
        bytes as f32,
        Some(spec.min_bytes as f32),
        Some(spec.max_bytes as f32),
        "bytes",
    )
}

/// The file of the highest quality not larger than the window, if the lowest legal quality is not too large.
fn highest(
    picture: &Picture,
    spec: &PhotoSpecification,
    chroma: Chroma,
) -> Result<Option<Fitted>, EncodeFault> {
    let max = spec.max_bytes as usize;
    let at = |quality: u8| write(picture, quality, spec.density_dpi, chroma);
    let (mut low, mut high) = (spec.min_jpeg_quality, 100u8);
    let mut best = None;
    while low <= high {
        let quality = low + (high - low) / 2;
        let bytes = at(quality)?;
        if bytes.len() <= max {
            best = Some(Fitted {
                bytes,
                quality,
                chroma,
            });
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    // Size does not grow strictly with quality: the next two steps may fit again.
    if let Some(found) = &best {
        for quality in (found.quality + 1..=found.quality.saturating_add(2).min(100)).rev() {
            let bytes = at(quality)?;
            if bytes.len() <= max {
                return Ok(Some(Fitted {
                    bytes,
                    quality,
                    chroma,
                }));
            }
        }
    }
    Ok(best)
}

fn write(picture: &Picture, quality: u8, dpi: u32, chroma: Chroma) -> Result<Vec<u8>, EncodeFault> {
    let (width, height) = (picture.width(), picture.height());
    let too_large = |_| EncodeFault::TooLarge { width, height };
    let (columns, rows) = (
        u16::try_from(width).map_err(too_large)?,
        u16::try_from(height).map_err(too_large)?,
    );
    let dots = u16::try_from(dpi).unwrap_or(u16::MAX);
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    encoder.set_density(PixelDensity {
        density: (dots, dots),
        unit: PixelDensityUnit::Inches,
    });
    encoder.set_sampling_factor(match chroma {
        Chroma::Full => SamplingFactor::R_4_4_4,
        Chroma::Quarter => SamplingFactor::R_4_2_0,
    });
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_progressive(false);
    // Optimised tables would save four per cent of the bytes, but this encoder then writes each component as
    // a scan of its own, which some decoders of baseline files get wrong.
    encoder.set_optimized_huffman_tables(false);
    encoder
        .encode(picture.pixels(), columns, rows, ColorType::Rgb)
        .map_err(|e| EncodeFault::Encoder {
            detail: e.to_string(),
        })?;
    Ok(bytes)
}
