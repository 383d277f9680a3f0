//! Everything that may come in through the decoder's door, and what must not.

#![allow(clippy::unwrap_used)]

use domain::frame::{Frame, FrameFormat};
use domain::picture::Picture;
use photo::decode::{DecodeFault, Limits, frame, frame_scaled, picture};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Four quarters of different colours: every turn and mirror image looks different.
fn quarters(width: u32, height: u32) -> Picture {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            pixels.extend(match (x < width / 2, y < height / 2) {
                (true, true) => [220, 30, 30],
                (false, true) => [30, 200, 30],
                (true, false) => [30, 30, 220],
                (false, false) => [230, 230, 230],
            });
        }
    }
    Picture::new(width, height, pixels).unwrap()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    photo::encode::jpeg(&quarters(width, height), 95, 300).unwrap()
}

fn code(bytes: &[u8]) -> &'static str {
    picture(bytes, Limits::default()).unwrap_err().code()
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 12)
}

/// Puts segments behind the start mark.
fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = (body.len() + 2) as u16;
    let mut out = vec![0xFF, 0xD8, 0xFF, marker];
    out.extend(length.to_be_bytes());
    out.extend(body);
    out.extend(&jpeg[2..]);
    out
}

/// Takes all segments of one marker out.
fn without_segments(jpeg: &[u8], marker: u8) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != marker {
            out.extend(&jpeg[at..end]);
        }
        at = end;
    }
    out.extend(&jpeg[at..]);
    out
}

#[test]
fn every_orientation_is_made_upright() {
    let plain = jpeg(64, 32);
    // Where the stored upper left quarter (red) and the upper right one (green) must end up.
    let places = [
        (1, (0, 0), (1, 0)),
        (2, (1, 0), (0, 0)),
        (3, (1, 1), (0, 1)),
        (4, (0, 1), (1, 1)),
        (5, (0, 0), (0, 1)),
        (6, (1, 0), (1, 1)),
        (7, (1, 1), (1, 0)),
        (8, (0, 1), (0, 0)),
    ];
    for (orientation, red, green) in places {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let decoded = picture(&with_segment(&plain, 0xE1, &exif), Limits::default()).unwrap();
        let (width, height) = (decoded.picture.width(), decoded.picture.height());
        assert_eq!(
            (width, height),
            if orientation < 5 { (64, 32) } else { (32, 64) },
            "{orientation}"
        );
        assert_eq!(decoded.orientation, orientation);
        let middle = |(x, y): (u32, u32)| {
            decoded.picture.at(
                i64::from(width / 4 + x * width / 2),
                i64::from(height / 4 + y * height / 2),
            )
        };
        assert!(
            near(middle(red), [220, 30, 30]),
            "{orientation} {:?}",
            middle(red)
        );
        assert!(
            near(middle(green), [30, 200, 30]),
            "{orientation} {:?}",
            middle(green)
        );
    }
}

#[test]
fn a_file_without_huffman_tables_gets_the_standard_ones() {
    let whole = photo::encode::preview_jpeg(&quarters(96, 64), 90).unwrap();
    let bare = without_segments(&whole, 0xC4);
    assert!(bare.len() < whole.len());
    let decoded = picture(&bare, Limits::default()).unwrap().picture;
    assert_eq!(decoded, picture(&whole, Limits::default()).unwrap().picture);
}

#[test]
fn a_scan_for_each_component_is_decoded_right() {
    // The encoder writes such files when it optimises its tables.
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    let source = quarters(96, 64);
    encoder
        .encode(source.pixels(), 96, 64, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    let decoded = picture(&bytes, Limits::default()).unwrap().picture;
    for (x, y) in [(20, 20), (70, 20), (20, 50), (70, 50)] {
        assert!(near(decoded.at(x, y), source.at(x, y)), "{:?}", decoded.at(x, y));
    }
}

#[test]
fn a_huge_header_is_refused_before_anything_is_allocated() {
    let begun = Instant::now();
    let mut large = jpeg(64, 64);
    let header = large.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    large[header + 5..header + 9].copy_from_slice(&[0x9C, 0x40, 0x9C, 0x40]);
    assert_eq!(
        picture(&large, Limits::default()),
        Err(DecodeFault::TooLarge {
            width: 40000,
            height: 40000
        })
    );

    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(40000u32.to_be_bytes());
    header.extend(40000u32.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    png.extend(&header);
    png.extend(crc(&header).to_be_bytes());
    png.extend(b"\0\0\0\x04IDAT\0\0\0\0");
    png.extend(crc(b"IDAT\0\0\0\0").to_be_bytes());
    assert_eq!(code(&png), "picture_too_large");

    let mut bmp = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bmp.extend(40000u32.to_le_bytes());
    bmp.extend(40000u32.to_le_bytes());
    bmp.extend([1, 0, 24, 0]);
    bmp.resize(200, 0);
    assert_eq!(code(&bmp), "picture_too_large");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());

    let limits = Limits {
        max_file_bytes: 100,
        ..Limits::default()
    };
    assert_eq!(
        picture(&jpeg(64, 64), limits).unwrap_err().code(),
        "picture_file_too_large"
    );
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 > 0 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn other_colours_are_converted_or_refused() {
    let as_png = |image: image::DynamicImage| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let deep = image::ImageBuffer::from_pixel(8, 8, image::Rgb([25700u16, 50629, 65535]));
    let decoded = picture(&as_png(image::DynamicImage::ImageRgb16(deep)), Limits::default()).unwrap();
    assert_eq!(
        (decoded.format, decoded.picture.at(3, 3)),
        ("png", [100, 197, 255])
    );
    let opaque = image::RgbaImage::from_pixel(8, 8, image::Rgba([10, 20, 30, 255]));
    let decoded = picture(&as_png(opaque.into()), Limits::default()).unwrap();
    assert_eq!(decoded.picture.at(0, 0), [10, 20, 30]);
    let clear = image::RgbaImage::from_pixel(8, 8, image::Rgba([10, 20, 30, 128]));
    assert_eq!(code(&as_png(clear.into())), "picture_colour");

    let mut print = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut print, 90);
    encoder
        .encode(&[128; 16 * 16 * 4], 16, 16, jpeg_encoder::ColorType::Cmyk)
        .unwrap();
    assert_eq!(code(&print), "picture_colour");
    assert_eq!(code(b"GIF89a\x01\0\x01\0\0\0\0;"), "picture_format");
    assert_eq!(code(b""), "picture_format");
}

#[test]
fn a_file_cut_short_is_refused_wherever_it_is_cut() {
    let whole = jpeg(64, 48);
    assert!(picture(&whole, Limits::default()).is_ok());
    for end in 4..whole.len() - 1 {
        assert_eq!(code(&whole[..end]), "picture_cut_short", "cut at {end}");
    }
    // Bytes behind the end mark, as telephones append, are no damage.
    let trailing = [whole.as_slice(), &[7; 500]].concat();
    assert!(picture(&trailing, Limits::default()).is_ok());
}

fn of(format: FrameFormat, width: u32, height: u32, bytes: Vec<u8>) -> Frame {
    Frame {
        seq: 1,
        at: Duration::ZERO,
        format,
        width,
        height,
        bytes: bytes.into(),
        complete: true,
    }
}

#[test]
fn frames_of_every_format_are_decoded() {
    // Limited-range BT.601 of a strong red.
    let (y, u, v) = (81, 90, 240);
    let yuyv = of(FrameFormat::Yuyv, 32, 16, [y, u, y, v].repeat(32 * 16 / 2));
    let nv12 = of(
        FrameFormat::Nv12,
        32,
        16,
        [vec![y; 32 * 16], [u, v].repeat(16 * 8)].concat(),
    );
    let rgb = of(FrameFormat::Rgb, 32, 16, [255, 0, 0].repeat(32 * 16));
    for source in [&yuyv, &nv12, &rgb] {
        let decoded = frame(source).unwrap();
        assert!(
            near(decoded.at(9, 9), [255, 0, 0]),
            "{:?} {:?}",
            source.format,
            decoded.at(9, 9)
        );
        let small = frame_scaled(source, 16).unwrap();
        assert_eq!((small.width(), small.height()), (16, 8));
        assert!(near(small.at(5, 5), [255, 0, 0]));
        let mut short = source.clone();
        short.bytes = source.bytes[..source.bytes.len() - 1].into();
        assert_eq!(frame(&short).unwrap_err().code(), "picture_layout");
    }
    let mjpeg = of(
        FrameFormat::Mjpeg,
        0,
        0,
        photo::encode::preview_jpeg(&quarters(64, 32), 90).unwrap(),
    );
    assert_eq!(frame(&mjpeg).unwrap().width(), 64);
    let incomplete = Frame {
        complete: false,
        ..mjpeg
    };
    assert_eq!(frame(&incomplete), Err(DecodeFault::CutShort));
    let huge = of(FrameFormat::Rgb, 40000, 40000, vec![0; 10]);
    assert_eq!(frame(&huge).unwrap_err().code(), "picture_too_large");
}

#[test]
fn every_fault_has_a_code_of_its_own() {
    let mut codes = DecodeFault::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), DecodeFault::CODES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_bring_it_down(mut noise in prop::collection::vec(any::<u8>(), 0..400), head in 0usize..6) {
        let heads: [&[u8]; 6] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"BM", b"RIFF\0\0\0\0WEBP", b"II*\0"];
        noise.splice(0..0, heads[head].iter().copied());
        if let Err(fault) = picture(&noise, Limits::default()) {
            prop_assert!(DecodeFault::CODES.contains(&fault.code()));
        }
    }

    #[test]
    fn no_damage_brings_it_down(at in 2usize..1200, value in any::<u8>()) {
        let mut bytes = jpeg(64, 48);
        let at = at % bytes.len();
        bytes[at] = value;
        if let Err(fault) = picture(&bytes, Limits::default()) {
            prop_assert!(DecodeFault::CODES.contains(&fault.code()));
        }
    }
}
