use super::{DecodeFault, Limits, guarded};
use domain::picture::Picture;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};
use std::io::Cursor;

/// Decodes PNG, BMP, WebP and TIFF.
pub(super) fn decode(
    bytes: &[u8],
    limits: &Limits,
) -> Result<(Picture, &'static str, Orientation), DecodeFault> {
    let format = image::guess_format(bytes).map_err(|_| DecodeFault::Format)?;
    let name = match format {
        ImageFormat::Png => "png",
        ImageFormat::Bmp => "bmp",
        ImageFormat::WebP => "webp",
        ImageFormat::Tiff => "tiff",
        _ => return Err(DecodeFault::Format),
    };
    guarded(|| {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut allowed = image::Limits::default();
        allowed.max_alloc = Some(limits.max_memory_bytes);
        reader.limits(allowed);
        let mut decoder = reader.into_decoder().map_err(fault)?;
        let (width, height) = decoder.dimensions();
        limits.check(width, height)?;
        if decoder.total_bytes() > limits.max_memory_bytes {
            return Err(DecodeFault::TooLarge { width, height });
        }
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let decoded = DynamicImage::from_decoder(decoder).map_err(fault)?;
        if decoded.color().has_alpha() && decoded.to_rgba8().pixels().any(|pixel| pixel.0[3] != 255) {
            return Err(DecodeFault::Colour {
                detail: "transparency".into(),
            });
        }
        let picture = Picture::new(width, height, decoded.into_rgb8().into_raw()).ok_or_else(|| {
            DecodeFault::Corrupt {
                detail: "size differs from the header".into(),
            }
        })?;
        Ok((picture, name, orientation))
    })
}

fn fault(e: ImageError) -> DecodeFault {
    match e {
        ImageError::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => DecodeFault::CutShort,
        ImageError::Unsupported(e) => DecodeFault::Colour {
            detail: e.to_string(),
        },
        e => DecodeFault::Corrupt {
            detail: e.to_string(),
        },
    }
}
