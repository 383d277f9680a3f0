//! The decoder's door: every picture of the station comes in through here, and nowhere else.
//!
//! Sizes are checked from the header before anything is allocated; foreign decoders run behind
//! `catch_unwind`, so that damage is a code and never a crash.

mod fault;
mod frame;
mod jpeg;
mod raster;

pub use fault::DecodeFault;
pub use frame::{frame, frame_scaled};

use crate::outline::Outline;
use domain::picture::Picture;
use image::metadata::Orientation;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels (width times height).
    pub max_pixels: u64,
    /// Largest file in bytes.
    pub max_file_bytes: u64,
    /// Most memory a decoder may take, in bytes.
    pub max_memory_bytes: u64,
}

impl Default for Limits {
    /// 100 megapixels, a file of 256 MiB, 1 GiB of memory.
    fn default() -> Self {
        Self {
            max_pixels: 100_000_000,
            max_file_bytes: 256 << 20,
            max_memory_bytes: 1 << 30,
        }
    }
}

impl Limits {
    fn check(&self, width: u32, height: u32) -> Result<(), DecodeFault> {
        let pixels = u64::from(width) * u64::from(height);
        // A decoder holds up to three bytes of samples and as many of workspace a pixel.
        if pixels > self.max_pixels || pixels.saturating_mul(6) > self.max_memory_bytes {
            return Err(DecodeFault::TooLarge { width, height });
        }
        Ok(())
    }
}

/// A decoded picture file.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The pixels, upright.
    pub picture: Picture,
    /// `jpeg`, `png`, `bmp`, `webp` or `tiff`.
    pub format: &'static str,
    /// The EXIF orientation 1..=8 that was applied to make it upright; 1 when there was none.
    pub orientation: u8,
}

/// Decodes a picture file and turns it upright by its EXIF orientation.
///
/// # Errors
/// Every [`DecodeFault`] but `Layout`.
pub fn picture(bytes: &[u8], limits: Limits) -> Result<Decoded, DecodeFault> {
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(DecodeFault::FileTooLarge {
            bytes: bytes.len() as u64,
        });
    }
    let (picture, format, orientation) = match Outline::read(bytes) {
        Some(outline) => {
            let (picture, orientation) = jpeg::decode(bytes, &outline, &limits)?;
            (picture, "jpeg", orientation)
        }
        None => raster::decode(bytes, &limits)?,
    };
    Ok(Decoded {
        picture: upright(picture, orientation)?,
        format,
        orientation: orientation.to_exif(),
    })
}

/// Runs a foreign decoder; a panic inside it becomes `Corrupt`.
fn guarded<T>(decode: impl FnOnce() -> Result<T, DecodeFault>) -> Result<T, DecodeFault> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| {
        Err(DecodeFault::Corrupt {
            detail: "the decoder gave up".into(),
        })
    })
}

fn upright(picture: Picture, orientation: Orientation) -> Result<Picture, DecodeFault> {
    if orientation == Orientation::NoTransforms {
        return Ok(picture);
    }
    let lost = || DecodeFault::Corrupt {
        detail: "orientation".into(),
    };
    let (width, height) = (picture.width(), picture.height());
    let buffer = image::RgbImage::from_raw(width, height, picture.pixels().to_vec()).ok_or_else(lost)?;
    let mut turned = image::DynamicImage::ImageRgb8(buffer);
    turned.apply_orientation(orientation);
    Picture::new(turned.width(), turned.height(), turned.into_rgb8().into_raw()).ok_or_else(lost)
}
