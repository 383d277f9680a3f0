//! What is measured on a rectified card.

pub(crate) mod blur;
pub(crate) mod glare;
pub(crate) mod light;

use domain::picture::Picture;

/// Brightness (Rec. 709 weights on sRGB numbers) of every element.
pub(crate) fn brightness(picture: &Picture) -> Vec<f32> {
    let luma = |p: &[u8]| 0.2126 * f32::from(p[0]) + 0.7152 * f32::from(p[1]) + 0.0722 * f32::from(p[2]);
    picture.pixels().chunks_exact(3).map(luma).collect()
}
