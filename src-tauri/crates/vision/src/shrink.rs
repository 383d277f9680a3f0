//! Resampling a whole upright picture.

use domain::picture::Picture;
use fast_image_resize::images::{Image, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// A part of a picture in whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Part {
    /// The whole picture.
    pub(crate) fn whole(picture: &Picture) -> Self {
        Self {
            x: 0,
            y: 0,
            width: picture.width(),
            height: picture.height(),
        }
    }
}

/// The part at another size: area means when it gets smaller, `larger` when it gets larger. `None` only
/// when the part does not lie in the picture or a side is 0.
pub(crate) fn resized(
    resizer: &mut Resizer,
    picture: &Picture,
    part: Part,
    (width, height): (u32, u32),
    larger: FilterType,
) -> Option<Picture> {
    let shrinks = width <= part.width && height <= part.height;
    let filter = if shrinks { FilterType::Box } else { larger };
    let source =
        TypedImageRef::<U8x3>::from_buffer(picture.width(), picture.height(), picture.pixels()).ok()?;
    let mut target = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(filter))
        .crop(
            f64::from(part.x),
            f64::from(part.y),
            f64::from(part.width),
            f64::from(part.height),
        )
        .use_alpha(false);
    // The pixel type is named: asked without, the resizer compiles itself for all sixteen.
    resizer
        .resize_typed(&source, &mut target.typed_image_mut::<U8x3>()?, &options)
        .ok()?;
    Picture::new(width, height, target.into_vec())
}

/// The picture with its longer side at most `longest`, and how many of its pixels one new pixel covers;
/// `None` when it is small enough already.
pub(crate) fn shrunk(resizer: &mut Resizer, picture: &Picture, longest: u32) -> Option<(Picture, f32)> {
    let long = picture.width().max(picture.height());
    if long <= longest {
        return None;
    }
    let factor = long as f32 / longest as f32;
    let side = |length: u32| ((length as f32 / factor).round() as u32).max(1);
    let size = (side(picture.width()), side(picture.height()));
    let small = resized(resizer, picture, Part::whole(picture), size, FilterType::Bilinear)?;
    Some((small, factor))
}
