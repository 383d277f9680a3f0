//! The chunks of a PNG file that decide how it must be read, found without decoding a pixel.

use super::DecodeFault;
use super::profile::Colours;
use image::metadata::Orientation;

/// What the chunks say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PngChunks {
    /// There is an animation control chunk (`acTL`).
    pub(super) animated: bool,
    /// The chunks run without a gap to `IEND`.
    pub(super) complete: bool,
    /// Orientation of an `eXIf` chunk, which may stand before or behind the pixels.
    pub(super) orientation: Option<Orientation>,
    cicp: Option<[u8; 4]>,
    has_icc: bool,
    has_srgb: bool,
    gamma: Option<u32>,
    chromaticities: Option<[u32; 8]>,
}

/// `cHRM` of sRGB: white, red, green, blue, each x and y in 1/100000 (PNG 3rd edition, 11.3.2.1).
const SRGB_CHROMATICITIES: [u32; 8] = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
/// Largest distance from it that is writers' rounding, 1/100000.
const CHROMATICITY_ROUNDING: u32 = 300;
/// `gAMA` of sRGB is 45455; from 1/2.25 to 1/2.15 is taken for it.
const SRGB_GAMMA: std::ops::RangeInclusive<u32> = 44_444..=46_512;

impl PngChunks {
    /// Walks the chunks; damage shows as `complete == false`.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut found = Self::default();
        let mut rest = bytes.get(8..).unwrap_or_default();
        while let Some((name, body, behind)) = chunk(rest) {
            match name {
                b"acTL" => found.animated = true,
                b"cICP" => found.cicp = body.try_into().ok(),
                b"iCCP" => found.has_icc = true,
                b"sRGB" => found.has_srgb = true,
                b"gAMA" => found.gamma = number(body, 0),
                b"cHRM" => found.chromaticities = chromaticities(body),
                b"eXIf" => found.orientation = Orientation::from_exif_chunk(body),
                b"IEND" => {
                    found.complete = true;
                    break;
                }
                _ => {}
            }
            rest = behind;
        }
        found
    }

    /// What a `cICP` chunk states: it overrules every other statement (PNG 3rd edition, 4.3).
    ///
    /// # Errors
    /// `Profile` when that is not full-range RGB.
    pub(super) fn coded(&self) -> Result<Option<Colours>, DecodeFault> {
        match self.cicp {
            Some([1, 13, 0, 1]) => Ok(Some(Colours::Srgb)),
            Some([primaries, transfer, 0, 1]) => Ok(Some(Colours::Coded { primaries, transfer })),
            Some(_) => Err(refused("not full-range RGB")),
            None => Ok(None),
        }
    }

    /// The statement that counts without a `cICP`: a profile before `sRGB` before `gAMA` and `cHRM`.
    ///
    /// # Errors
    /// `Profile` for gamma or primaries that are not sRGB's and come without a profile, and for a profile that
    /// the decoder could not unpack.
    pub(super) fn colours(&self, icc: Option<Vec<u8>>) -> Result<Colours, DecodeFault> {
        if let Some(icc) = icc {
            return Ok(Colours::Icc(icc));
        }
        if self.has_icc {
            return Err(refused("unreadable"));
        }
        let other_gamma = self.gamma.is_some_and(|gamma| !SRGB_GAMMA.contains(&gamma));
        let other_primaries = self.chromaticities.is_some_and(|found| {
            let mut pairs = found.iter().zip(SRGB_CHROMATICITIES);
            pairs.any(|(a, b)| a.abs_diff(b) > CHROMATICITY_ROUNDING)
        });
        if !self.has_srgb && (other_gamma || other_primaries) {
            return Err(refused("gamma or primaries without a profile"));
        }
        Ok(Colours::Srgb)
    }
}

fn refused(detail: &str) -> DecodeFault {
    DecodeFault::Profile {
        detail: detail.to_owned(),
    }
}

/// Name and body of the next chunk and what follows it; its check sum is left to the decoder.
fn chunk(rest: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let length = number(rest, 0)? as usize;
    let (name, behind) = rest.get(4..)?.split_first_chunk::<4>()?;
    let (body, behind) = behind.split_at_checked(length)?;
    Some((name, body, behind.get(4..)?))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*word))
}

fn chromaticities(body: &[u8]) -> Option<[u32; 8]> {
    let mut values = [0; 8];
    for (i, value) in values.iter_mut().enumerate() {
        *value = number(body, i * 4)?;
    }
    Some(values)
}
