//! The decoder's door: every picture of the station comes in through here, and nowhere else.
//!
//! Sizes are checked from the header before anything is allocated; foreign decoders run behind
//! `catch_unwind`, so that damage is a code and never a crash.

mod fault;
mod frame;
mod jpeg;
mod png_chunks;
mod profile;
mod raster;
mod tiff_entries;

pub use fault::DecodeFault;
pub use frame::{frame, frame_scaled};

use crate::outline::Outline;
use domain::picture::Picture;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use profile::Colours;
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
    /// Refuses what would cost too much: `cost` bytes a pixel at the peak, beside a file of `file` bytes of
    /// which a decoder may keep a copy.
    fn check(&self, width: u32, height: u32, cost: u64, file: usize) -> Result<(), DecodeFault> {
        let pixels = u64::from(width) * u64::from(height);
        // Turning it upright holds the picture twice.
        let memory = pixels.saturating_mul(cost.max(6)).saturating_add(2 * file as u64);
        if pixels > self.max_pixels || memory > self.max_memory_bytes {
            return Err(DecodeFault::TooLarge { width, height });
        }
        Ok(())
    }
}

/// A decoded picture file.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The pixels, upright, in sRGB.
    pub picture: Picture,
    /// `jpeg`, `png`, `bmp`, `webp` or `tiff`.
    pub format: &'static str,
    /// The EXIF orientation 1..=8 that was applied to make it upright; 1 when there was none.
    pub orientation: u8,
}

/// What a file holds, before its statements on colours and orientation are obeyed.
struct Read {
    image: RgbImage,
    /// One component.
    grey: bool,
    orientation: Orientation,
    colours: Colours,
}

impl Read {
    fn with_icc(mut self, icc: Option<Vec<u8>>) -> Self {
        self.colours = icc.map_or(Colours::Srgb, Colours::Icc);
        self
    }

    /// The picture in sRGB, not yet upright.
    fn in_srgb(mut self) -> Result<(RgbImage, Orientation), DecodeFault> {
        guarded(|| profile::to_srgb(&mut self.image, self.grey, &self.colours))?;
        Ok((self.image, self.orientation))
    }
}

/// Decodes a picture file, converts it to sRGB by its profile and turns it upright by its EXIF orientation.
/// Only the content says what kind of file it is.
///
/// # Errors
/// Every [`DecodeFault`] but `Layout`.
pub fn picture(bytes: &[u8], limits: Limits) -> Result<Decoded, DecodeFault> {
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(DecodeFault::FileTooLarge {
            bytes: bytes.len() as u64,
        });
    }
    let (read, format) = match Outline::read(bytes) {
        Some(outline) => (jpeg::decode(bytes, &outline, &limits)?, "jpeg"),
        None => raster::decode(bytes, &limits)?,
    };
    let (image, orientation) = read.in_srgb()?;
    Ok(Decoded {
        picture: upright(image, orientation)?,
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

fn upright(image: RgbImage, orientation: Orientation) -> Result<Picture, DecodeFault> {
    let mut turned = DynamicImage::ImageRgb8(image);
    turned.apply_orientation(orientation);
    made(turned.into_rgb8())
}

fn made(image: RgbImage) -> Result<Picture, DecodeFault> {
    let (width, height) = image.dimensions();
    Picture::new(width, height, image.into_raw()).ok_or_else(|| DecodeFault::Corrupt {
        detail: "no pixels".into(),
    })
}
