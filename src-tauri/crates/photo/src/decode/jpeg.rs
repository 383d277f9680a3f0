use super::profile::Colours;
use super::{DecodeFault, Limits, Read, guarded};
use crate::outline::Outline;
use image::RgbImage;
use image::metadata::Orientation;
use std::borrow::Cow;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Decodes a JPEG file whose segments were read already.
pub(super) fn decode(bytes: &[u8], outline: &Outline, limits: &Limits) -> Result<Read, DecodeFault> {
    if outline.width == 0 || outline.height == 0 {
        return Err(if outline.complete {
            DecodeFault::Corrupt {
                detail: "no frame header".into(),
            }
        } else {
            DecodeFault::CutShort
        });
    }
    // Other than in one baseline scan, all coefficients stand beside the result.
    let cost = if outline.baseline && outline.scans <= 1 {
        6
    } else {
        10
    };
    limits.check(outline.width, outline.height, cost, bytes.len())?;
    if outline.components != 1 && outline.components != 3 {
        return Err(DecodeFault::Colour {
            detail: format!("{} components", outline.components),
        });
    }
    if outline.precision != 8 {
        return Err(DecodeFault::Colour {
            detail: format!("{} bits", outline.precision),
        });
    }
    if !outline.complete {
        return Err(DecodeFault::CutShort);
    }
    let bytes = with_standard_tables(bytes, outline);
    if outline.baseline && outline.scans > 1 {
        return guarded(|| separate_scans(&bytes, outline));
    }
    guarded(|| {
        let corrupt = |e: zune_jpeg::errors::DecodeErrors| DecodeFault::Corrupt {
            detail: e.to_string(),
        };
        // Strict: a grey lower half must be an error, not a picture.
        let options = DecoderOptions::default()
            .set_strict_mode(true)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX))
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes.as_ref()), options);
        let pixels = decoder.decode().map_err(corrupt)?;
        let orientation = decoder
            .exif()
            .and_then(|chunk| Orientation::from_exif_chunk(chunk))
            .unwrap_or(Orientation::NoTransforms);
        let colours = colours(outline, decoder.icc_profile())?;
        read(outline, pixels, orientation, colours)
    })
}

/// Baseline files with one scan a component are rare, and the usual decoder gets their subsampled colours
/// wrong without a word; this one does not.
fn separate_scans(bytes: &[u8], outline: &Outline) -> Result<Read, DecodeFault> {
    let corrupt = |detail: String| DecodeFault::Corrupt { detail };
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let mut pixels = decoder.decode().map_err(|e| corrupt(e.to_string()))?;
    let orientation = decoder
        .exif_data()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    let colours = colours(outline, decoder.icc_profile())?;
    if outline.components == 1 {
        let mut rgb = Vec::with_capacity(pixels.len() * 3);
        rgb.extend(pixels.iter().flat_map(|grey| [*grey; 3]));
        pixels = rgb;
    }
    read(outline, pixels, orientation, colours)
}

/// A profile comes in numbered pieces; one whose pieces do not fit together is no statement to ignore.
fn colours(outline: &Outline, icc: Option<Vec<u8>>) -> Result<Colours, DecodeFault> {
    match icc {
        Some(icc) => Ok(Colours::Icc(icc)),
        None if outline.metadata.iter().any(|name| name == "icc") => Err(DecodeFault::Profile {
            detail: "pieces are missing".into(),
        }),
        None => Ok(Colours::Srgb),
    }
}

fn read(
    outline: &Outline,
    pixels: Vec<u8>,
    orientation: Orientation,
    colours: Colours,
) -> Result<Read, DecodeFault> {
    let image = RgbImage::from_raw(outline.width, outline.height, pixels);
    Ok(Read {
        image: image.ok_or_else(|| DecodeFault::Corrupt {
            detail: "size differs from the header".into(),
        })?,
        grey: outline.components == 1,
        orientation,
        colours,
    })
}

/// Motion-JPEG leaves the standard Huffman tables out. The decoder knows them and supplies them when
/// the file says that it comes from such a stream, which not every camera does.
fn with_standard_tables<'a>(bytes: &'a [u8], outline: &Outline) -> Cow<'a, [u8]> {
    if outline.has_huffman {
        return Cow::Borrowed(bytes);
    }
    const STREAM_MARK: [u8; 18] = *b"\xFF\xE0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";
    let mut marked = Vec::with_capacity(bytes.len() + STREAM_MARK.len());
    marked.extend_from_slice(&bytes[..2]);
    marked.extend_from_slice(&STREAM_MARK);
    marked.extend_from_slice(&bytes[2..]);
    Cow::Owned(marked)
}
