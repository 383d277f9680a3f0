use super::png_chunks::PngChunks;
use super::profile::Colours;
use super::{DecodeFault, Limits, Read, guarded, tiff_entries};
use image::codecs::{bmp::BmpDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageError, ImageFormat};
use std::io::Cursor;

/// Decodes PNG, BMP, WebP and TIFF. Of a TIFF file the first page counts, as its standard says for readers of
/// one page; moving pictures are refused, because no frame of one is the picture.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<(Read, &'static str), DecodeFault> {
    let format = image::guess_format(bytes).map_err(|_| DecodeFault::Format)?;
    guarded(|| match format {
        ImageFormat::Png => Ok((png(bytes, limits)?, "png")),
        ImageFormat::Bmp => Ok((bmp(bytes, limits)?, "bmp")),
        ImageFormat::WebP => Ok((webp(bytes, limits)?, "webp")),
        ImageFormat::Tiff => Ok((tiff(bytes, limits)?, "tiff")),
        _ => Err(DecodeFault::Format),
    })
}

fn png(bytes: &[u8], limits: &Limits) -> Result<Read, DecodeFault> {
    let chunks = PngChunks::read(bytes);
    if chunks.animated {
        return Err(DecodeFault::Animated);
    }
    // The decoder knows it only as damage.
    let coded = chunks.coded()?;
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), allowed(limits)).map_err(fault)?;
    let icc = decoder.icc_profile().map_err(fault)?;
    let cost = 3 + pixel_bytes(&decoder);
    let mut read = pixels(decoder, cost, bytes, limits)?;
    if !chunks.complete {
        return Err(DecodeFault::CutShort);
    }
    read.colours = match coded {
        Some(coded) => coded,
        None => chunks.colours(icc)?,
    };
    read.orientation = chunks.orientation.unwrap_or(Orientation::NoTransforms);
    Ok(read)
}

fn bmp(bytes: &[u8], limits: &Limits) -> Result<Read, DecodeFault> {
    let mut decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let icc = decoder.icc_profile().map_err(fault)?;
    let cost = 3 + pixel_bytes(&decoder);
    Ok(pixels(decoder, cost, bytes, limits)?.with_icc(icc))
}

fn webp(bytes: &[u8], limits: &Limits) -> Result<Read, DecodeFault> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    if decoder.has_animation() {
        return Err(DecodeFault::Animated);
    }
    let icc = decoder.icc_profile().map_err(fault)?;
    // The codec's own planes or packed pixels stand beside the result.
    let cost = 8 + pixel_bytes(&decoder);
    Ok(pixels(decoder, cost, bytes, limits)?.with_icc(icc))
}

fn tiff(bytes: &[u8], limits: &Limits) -> Result<Read, DecodeFault> {
    if !tiff_entries::fit(bytes) {
        return Err(DecodeFault::Corrupt {
            detail: "the directory states more than the file has".into(),
        });
    }
    let mut decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let stored = decoder.original_color_type();
    if matches!(stored, ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16) {
        return Err(colour("print colours"));
    }
    let icc = decoder.icc_profile().map_err(fault)?;
    // The codec unpacks the whole page beside the result.
    let cost = 3 + 2 * pixel_bytes(&decoder);
    Ok(pixels(decoder, cost, bytes, limits)?.with_icc(icc))
}

/// Unpacks the pixels after the size was checked; `cost` is bytes a pixel at the peak.
fn pixels(
    mut decoder: impl ImageDecoder,
    cost: u64,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Read, DecodeFault> {
    let (width, height) = decoder.dimensions();
    limits.check(width, height, cost, bytes.len())?;
    let stored = decoder.color_type();
    if matches!(stored, ColorType::Rgb32F | ColorType::Rgba32F) {
        return Err(colour("floating-point samples"));
    }
    let too_large = |e| match e {
        ImageError::Limits(_) => DecodeFault::TooLarge { width, height },
        e => fault(e),
    };
    // Read under the codec's own limit: the one set below would let an entry of a TIFF directory unpack to
    // many times the memory that is allowed.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    decoder.set_limits(allowed(limits)).map_err(too_large)?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    if !is_opaque(&decoded) {
        return Err(colour("transparency"));
    }
    Ok(Read {
        image: decoded.into_rgb8(),
        grey: !stored.has_color(),
        orientation,
        colours: Colours::Srgb,
    })
}

fn allowed(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.max_memory_bytes);
    allowed
}

fn pixel_bytes(decoder: &impl ImageDecoder) -> u64 {
    u64::from(decoder.color_type().bytes_per_pixel())
}

/// True unless a pixel lets something shine through.
fn is_opaque(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageLumaA8(image) => image.pixels().all(|pixel| pixel.0[1] == u8::MAX),
        DynamicImage::ImageLumaA16(image) => image.pixels().all(|pixel| pixel.0[1] == u16::MAX),
        DynamicImage::ImageRgba8(image) => image.pixels().all(|pixel| pixel.0[3] == u8::MAX),
        DynamicImage::ImageRgba16(image) => image.pixels().all(|pixel| pixel.0[3] == u16::MAX),
        _ => true,
    }
}

fn colour(detail: &str) -> DecodeFault {
    DecodeFault::Colour {
        detail: detail.to_owned(),
    }
}

fn fault(e: ImageError) -> DecodeFault {
    match e {
        ImageError::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => DecodeFault::CutShort,
        ImageError::Unsupported(e) => colour(&e.to_string()),
        e => DecodeFault::Corrupt {
            detail: e.to_string(),
        },
    }
}
