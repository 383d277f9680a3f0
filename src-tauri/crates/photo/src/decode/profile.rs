//! Colours into sRGB: what a picture states about its colours is obeyed or the picture is refused, because a
//! picture shown in the wrong space has a wrong skin and a wrong wall.

use super::DecodeFault;
use image::RgbImage;
use moxcms::{CicpColorPrimaries, CicpProfile, MatrixCoefficients, TransferCharacteristics};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// What a file states about its colours.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Colours {
    /// Nothing, or sRGB: by custom a picture without a statement is sRGB.
    Srgb,
    /// An ICC profile.
    Icc(Vec<u8>),
    /// Primaries and transfer by number (ITU-T H.273), full-range RGB.
    Coded {
        /// `ColourPrimaries`.
        primaries: u8,
        /// `TransferCharacteristics`.
        transfer: u8,
    },
}

/// Converts the pixels in place; `grey` when the file has one component.
///
/// # Errors
/// `Profile` for a damaged profile, one of another colour model (print, a grey one on a colour picture), or a
/// transfer for bright displays, which has no one way to sRGB.
pub(super) fn to_srgb(image: &mut RgbImage, grey: bool, colours: &Colours) -> Result<(), DecodeFault> {
    let profile = match colours {
        Colours::Srgb => return Ok(()),
        Colours::Icc(bytes) => ColorProfile::new_from_slice(bytes).map_err(|e| fault(&e.to_string()))?,
        Colours::Coded { primaries, transfer } => coded(*primaries, *transfer)?,
    };
    if profile
        .cicp
        .is_some_and(|cicp| is_bright(cicp.transfer_characteristics as u8))
    {
        return Err(fault("a transfer for bright displays"));
    }
    let layout = match profile.color_space {
        DataColorSpace::Rgb => Layout::Rgb,
        DataColorSpace::Gray if grey => Layout::Gray,
        other => return Err(fault(&format!("{other:?}"))),
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(layout, &srgb, Layout::Rgb, TransformOptions::default())
        .map_err(|e| fault(&e.to_string()))?;
    let width = image.width() as usize;
    let mut source = vec![0; width * if layout == Layout::Gray { 1 } else { 3 }];
    // Row by row, so that a large picture never lies in memory twice.
    for row in image.chunks_exact_mut(width * 3) {
        if layout == Layout::Gray {
            let reds = row.iter().step_by(3);
            source.iter_mut().zip(reds).for_each(|(to, from)| *to = *from);
        } else {
            source.copy_from_slice(row);
        }
        transform
            .transform(&source, row)
            .map_err(|e| fault(&e.to_string()))?;
    }
    Ok(())
}

fn coded(primaries: u8, transfer: u8) -> Result<ColorProfile, DecodeFault> {
    let unknown = || fault(&format!("primaries {primaries}, transfer {transfer}"));
    let stated = CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).map_err(|_| unknown())?,
        transfer_characteristics: TransferCharacteristics::try_from(transfer).map_err(|_| unknown())?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    };
    let mut profile = ColorProfile::new_srgb();
    // What the call gives back is always `false`; it worked when there is a transfer again.
    profile.red_trc = None;
    profile.update_rgb_colorimetry_from_cicp(stated);
    if profile.red_trc.is_some() {
        Ok(profile)
    } else {
        Err(unknown())
    }
}

/// PQ and HLG (ITU-R BT.2100): they need a tone mapping, which is a matter of taste.
const fn is_bright(transfer: u8) -> bool {
    matches!(transfer, 16 | 18)
}

fn fault(detail: &str) -> DecodeFault {
    DecodeFault::Profile {
        detail: detail.to_owned(),
    }
}
