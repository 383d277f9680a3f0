//! A smaller copy of a picture as JPEG, for pages that people look at.

use crate::encode::{EncodeFault, preview_jpeg};
use crate::scale;
use domain::picture::Picture;

/// A small JPEG with its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The JPEG.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A copy whose longer side is at most `longest` pixels; never enlarged.
///
/// # Errors
/// [`EncodeFault`].
pub fn thumbnail(picture: &Picture, longest: u32, quality: u8) -> Result<Thumbnail, EncodeFault> {
    let (width, height) = (picture.width(), picture.height());
    let factor = f64::from(longest.max(1)) / f64::from(width.max(height));
    let side = |length: u32| ((f64::from(length) * factor).round() as u32).max(1);
    let small = (factor < 1.0)
        .then(|| scale::quick(picture, side(width), side(height)))
        .flatten();
    let shown = small.as_ref().unwrap_or(picture);
    Ok(Thumbnail {
        bytes: preview_jpeg(shown, quality)?,
        width: shown.width(),
        height: shown.height(),
    })
}
