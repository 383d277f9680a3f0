use super::{DecodeFault, Limits, guarded, jpeg, made};
use crate::outline::Outline;
use crate::scale;
use domain::frame::{Frame, FrameFormat};
use domain::picture::Picture;
use yuv::{YuvBiPlanarImage, YuvConversionMode, YuvPackedImage, YuvRange, YuvStandardMatrix};

/// Decodes a camera frame at full size.
///
/// # Errors
/// `CutShort` for a frame known or found to be incomplete, `Layout` when the bytes do not fit the stated
/// size, else as [`super::picture`]. EXIF has no say over a live frame.
pub fn frame(frame: &Frame) -> Result<Picture, DecodeFault> {
    if !frame.complete {
        return Err(DecodeFault::CutShort);
    }
    let limits = Limits::default();
    if frame.format == FrameFormat::Mjpeg {
        let outline = Outline::read(&frame.bytes).ok_or(DecodeFault::Format)?;
        let (image, _) = jpeg::decode(&frame.bytes, &outline, &limits)?.in_srgb()?;
        return made(image);
    }
    limits.check(frame.width, frame.height, 3, frame.bytes.len())?;
    raw(frame)
}

/// Decodes a camera frame for live analysis, at most `max_width` wide (bilinear; never enlarged).
///
/// # Errors
/// As [`frame`].
pub fn frame_scaled(source: &Frame, max_width: u32) -> Result<Picture, DecodeFault> {
    let picture = frame(source)?;
    if picture.width() <= max_width {
        return Ok(picture);
    }
    let width = max_width.max(1);
    let height = (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width())).max(1) as u32;
    scale::quick(&picture, width, height).ok_or_else(|| DecodeFault::Corrupt {
        detail: "scaling".into(),
    })
}

fn raw(frame: &Frame) -> Result<Picture, DecodeFault> {
    let (width, height) = (frame.width, frame.height);
    let bytes: &[u8] = &frame.bytes;
    let misfit = || DecodeFault::Layout {
        width,
        height,
        bytes: bytes.len(),
    };
    let pixels = width as usize * height as usize;
    let even_width = (width as usize).next_multiple_of(2);
    let needed = match frame.format {
        FrameFormat::Yuyv => even_width * 2 * height as usize,
        FrameFormat::Nv12 => pixels + even_width * (height as usize).div_ceil(2),
        FrameFormat::Rgb | FrameFormat::Mjpeg => pixels * 3,
    };
    // Drivers may append padding behind the last row, never inside a row.
    if pixels == 0 || bytes.len() < needed {
        return Err(misfit());
    }
    let bytes = &bytes[..needed];
    if frame.format == FrameFormat::Rgb {
        return Picture::new(width, height, bytes.to_vec()).ok_or_else(misfit);
    }
    let mut rgb = vec![0; pixels * 3];
    guarded(|| {
        let converted = if frame.format == FrameFormat::Yuyv {
            let packed = YuvPackedImage {
                yuy: bytes,
                yuy_stride: even_width as u32 * 2,
                width,
                height,
            };
            yuv::yuyv422_to_rgb(
                &packed,
                &mut rgb,
                width * 3,
                YuvRange::Limited,
                YuvStandardMatrix::Bt601,
            )
        } else {
            let (y_plane, uv_plane) = bytes.split_at(pixels);
            let planes = YuvBiPlanarImage {
                y_plane,
                y_stride: width,
                uv_plane,
                uv_stride: even_width as u32,
                width,
                height,
            };
            let (range, matrix) = (YuvRange::Limited, YuvStandardMatrix::Bt601);
            yuv::yuv_nv12_to_rgb(
                &planes,
                &mut rgb,
                width * 3,
                range,
                matrix,
                YuvConversionMode::Balanced,
            )
        };
        converted.map_err(|e| DecodeFault::Corrupt {
            detail: e.to_string(),
        })
    })?;
    Picture::new(width, height, rgb).ok_or_else(misfit)
}
