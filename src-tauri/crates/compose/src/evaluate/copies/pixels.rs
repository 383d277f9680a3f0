//! Copies of a whole picture.

use domain::picture::Picture;
use fast_image_resize::images::{Image, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// Longer side of a thumbnail, pixels, and its JPEG quality.
const THUMBNAIL: f64 = 160.0;
const THUMBNAIL_QUALITY: u8 = 70;

/// The picture as in a mirror.
pub fn mirrored(picture: &Picture) -> Option<Picture> {
    let stride = picture.width() as usize * 3;
    let mut pixels = Vec::with_capacity(picture.pixels().len());
    for row in picture.pixels().chunks_exact(stride) {
        for pixel in row.chunks_exact(3).rev() {
            pixels.extend_from_slice(pixel);
        }
    }
    Picture::new(picture.width(), picture.height(), pixels)
}

/// The picture encoded as JPEG with 4:2:0, as cameras do, and decoded again.
pub fn encoded_again(picture: &Picture, quality: u8) -> Option<Picture> {
    let bytes = photo::encode::preview_jpeg(picture, quality).ok()?;
    let decoded = photo::decode::picture(&bytes, photo::decode::Limits::default()).ok()?;
    Some(decoded.picture)
}

/// The picture with its sides times `factor`.
pub fn scaled(picture: &Picture, factor: f64) -> Option<Picture> {
    let side = |pixels: u32| ((f64::from(pixels) * factor).round() as u32).max(1);
    let (width, height) = (side(picture.width()), side(picture.height()));
    let source =
        TypedImageRef::<U8x3>::from_buffer(picture.width(), picture.height(), picture.pixels()).ok()?;
    let mut out = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new()
        .resize_typed(&source, &mut out.typed_image_mut::<U8x3>()?, &options)
        .ok()?;
    Picture::new(width, height, out.into_vec())
}

/// A small JPEG for the page; empty when it cannot be made.
pub fn thumbnail(picture: &Picture) -> Vec<u8> {
    let longer = f64::from(picture.width().max(picture.height()));
    let small = scaled(picture, (THUMBNAIL / longer).min(1.0));
    small
        .and_then(|small| photo::encode::preview_jpeg(&small, THUMBNAIL_QUALITY).ok())
        .unwrap_or_default()
}
