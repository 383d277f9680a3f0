//! Embedded colour profiles: a picture in another colour space than sRGB is converted, or refused; its colours are
//! never taken for what they are not.

use super::DecodeFault;
use domain::picture::Picture;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Colours that tell whether a profile is sRGB in all but name.
const PROBES: [u8; 18] = [
    255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 40, 40, 40, 214, 170, 145,
];
/// Rounding may differ by this much.
const ROUNDING: u8 = 2;

/// Converts a picture with an embedded profile into sRGB.
///
/// # Errors
/// [`DecodeFault::Colour`] when the profile cannot be read or is of another kind than the picture.
pub(super) fn into_srgb(picture: Picture, profile: Option<Vec<u8>>) -> Result<Picture, DecodeFault> {
    let Some(profile) = profile.filter(|bytes| !bytes.is_empty()) else {
        return Ok(picture);
    };
    let refused = |detail: String| DecodeFault::Colour { detail };
    let source = ColorProfile::new_from_slice(&profile).map_err(|e| refused(format!("profile: {e}")))?;
    match source.color_space {
        DataColorSpace::Rgb => {}
        // One channel has no hue that could be wrong.
        DataColorSpace::Gray => return Ok(picture),
        other => return Err(refused(format!("a profile of {other:?}"))),
    }
    let convert = source
        .create_transform_8bit(
            Layout::Rgb,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        )
        .map_err(|e| refused(format!("profile: {e}")))?;
    let converted = |samples: &[u8]| {
        let mut out = vec![0; samples.len()];
        convert
            .transform(samples, &mut out)
            .map(|()| out)
            .map_err(|e| refused(format!("profile: {e}")))
    };
    let probed = converted(&PROBES)?;
    if probed.iter().zip(PROBES).all(|(p, q)| p.abs_diff(q) <= ROUNDING) {
        return Ok(picture);
    }
    let (width, height) = (picture.width(), picture.height());
    Picture::new(width, height, converted(picture.pixels())?).ok_or_else(|| refused("profile".into()))
}
