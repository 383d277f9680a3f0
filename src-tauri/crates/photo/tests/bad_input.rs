//! Pictures as people bring them: turned by every kind of file, moving, cut, tiny, huge, in print colours.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use image::codecs::{bmp::BmpEncoder, png::PngEncoder, tiff::TiffEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};
use photo::decode::{Decoded, Limits, picture};
use std::io::Cursor;

const RGB: ExtendedColorType = ExtendedColorType::Rgb8;

/// Red, green in the upper half, blue and white in the lower: every turn and mirror image looks different.
fn quarters(width: u32, height: u32) -> Vec<u8> {
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => [220, 30, 30],
        (false, true) => [30, 200, 30],
        (true, false) => [30, 30, 220],
        (false, false) => [230, 230, 230],
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    places.flat_map(|(x, y)| colour(x, y)).collect()
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

fn png(width: u32, height: u32, orientation: Option<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(orientation) = orientation {
        encoder.set_exif_metadata(exif(orientation)).unwrap();
    }
    encoder
        .write_image(&quarters(width, height), width, height, RGB)
        .unwrap();
    bytes
}

fn webp(width: u32, height: u32, orientation: Option<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    if let Some(orientation) = orientation {
        encoder.set_exif_metadata(exif(orientation)).unwrap();
    }
    encoder
        .write_image(&quarters(width, height), width, height, RGB)
        .unwrap();
    bytes
}

fn jpeg(width: u16, height: u16, orientation: Option<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_4_4);
    if let Some(orientation) = orientation {
        let body = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
        encoder.add_app_segment(1, body).unwrap();
    }
    let pixels = quarters(u32::from(width), u32::from(height));
    encoder
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

fn tiff(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    TiffEncoder::new(&mut bytes)
        .write_image(pixels, width, height, colour)
        .unwrap();
    bytes.into_inner()
}

fn bmp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    BmpEncoder::new(&mut bytes)
        .encode(&quarters(width, height), width, height, RGB)
        .unwrap();
    bytes
}

/// The first entry of a TIFF directory with this tag gets another value.
fn with_tag(tiff: &[u8], tag: u16, value: u16) -> Vec<u8> {
    let mut bytes = tiff.to_vec();
    let directory = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let entries = u16::from_le_bytes(bytes[directory..directory + 2].try_into().unwrap());
    let at = (0..usize::from(entries)).map(|i| directory + 2 + i * 12);
    let at = at
        .into_iter()
        .find(|at| bytes[*at..at + 2] == tag.to_le_bytes())
        .unwrap();
    bytes[at + 8..at + 10].copy_from_slice(&value.to_le_bytes());
    bytes
}

fn read(bytes: &[u8]) -> Decoded {
    picture(bytes, Limits::default()).unwrap()
}

fn code(bytes: &[u8]) -> &'static str {
    picture(bytes, Limits::default()).unwrap_err().code()
}

#[test]
fn every_orientation_of_every_kind_of_file_is_made_upright() {
    // Where the stored upper left quarter (red) and the upper right one (green) must end up (EXIF 2.32, tag 274).
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
        let files = [
            jpeg(64, 32, Some(orientation)),
            png(64, 32, Some(orientation)),
            webp(64, 32, Some(orientation)),
        ];
        for bytes in files {
            let decoded = read(&bytes);
            let (width, height) = (decoded.picture.width(), decoded.picture.height());
            let upright = if orientation < 5 { (64, 32) } else { (32, 64) };
            assert_eq!((width, height), upright, "{} {orientation}", decoded.format);
            assert_eq!(decoded.orientation, orientation, "{}", decoded.format);
            let found = [red, green].map(|(x, y)| {
                let (x, y) = (width / 4 + x * width / 2, height / 4 + y * height / 2);
                decoded.picture.at(i64::from(x), i64::from(y))
            });
            let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 12);
            let right = near(found[0], [220, 30, 30]) && near(found[1], [30, 200, 30]);
            assert!(right, "{} {orientation}: {found:?}", decoded.format);
        }
    }
}

#[test]
fn a_png_may_state_its_orientation_behind_the_pixels() {
    let ahead = png(64, 32, Some(6));
    let at = ahead.windows(4).position(|w| w == b"eXIf").unwrap() - 4;
    let length = 12 + u32::from_be_bytes(ahead[at..at + 4].try_into().unwrap()) as usize;
    let end = ahead.len() - 12;
    let chunk = &ahead[at..at + length];
    let behind = [&ahead[..at], &ahead[at + length..end], chunk, &ahead[end..]].concat();
    assert_eq!(behind.len(), ahead.len());
    assert_eq!(read(&behind), read(&ahead));
}

#[test]
fn moving_pictures_are_refused() {
    let still = png(8, 8, None);
    let control = b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\xF3\x8D\x93\x70";
    let moving = [&still[..33], control, &still[33..]].concat();
    assert_eq!(code(&moving), "picture_animated");

    // A canvas of 8x8 with the animation flag, and one frame that is the still picture.
    let image = webp(8, 8, None)[12..].to_vec();
    let mut frame = vec![0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 100, 0, 0, 0];
    frame.extend(&image);
    let chunk = |name: &[u8], body: &[u8]| [name, &(body.len() as u32).to_le_bytes(), body].concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[2, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
        chunk(b"ANIM", &[0, 0, 0, 0, 0, 0]),
        chunk(b"ANMF", &frame),
    ];
    assert_eq!(code(&chunk(b"RIFF", &body.concat())), "picture_animated");
    // There is no still GIF of a person: 256 colours.
    assert_eq!(code(b"GIF89a\x01\0\x01\0\0\0\0;"), "picture_format");
}

#[test]
fn a_single_pixel_is_a_picture() {
    for bytes in [
        jpeg(1, 1, None),
        png(1, 1, None),
        webp(1, 1, None),
        bmp(1, 1),
        tiff(&[230; 3], 1, 1, RGB),
    ] {
        let decoded = read(&bytes);
        let picture = decoded.picture;
        assert_eq!((picture.width(), picture.height()), (1, 1), "{}", decoded.format);
        assert!(
            picture.at(0, 0).iter().all(|v| v.abs_diff(230) < 6),
            "{} {:?}",
            decoded.format,
            picture.at(0, 0)
        );
    }
}

/// Wherever a file is cut: refused, or every pixel was there already. Never a grey lower half.
#[test]
fn a_cut_file_is_refused_or_lost_nothing() {
    for whole in [
        jpeg(24, 16, None),
        png(24, 16, None),
        webp(24, 16, None),
        bmp(24, 16),
        tiff(&quarters(24, 16), 24, 16, RGB),
    ] {
        let expected = read(&whole);
        for end in 0..whole.len() {
            if let Ok(found) = picture(&whole[..end], Limits::default()) {
                assert!(
                    found == expected,
                    "{} cut at {end} of {}",
                    expected.format,
                    whole.len()
                );
            }
        }
    }
}

#[test]
fn print_colours_are_refused_and_deep_ones_are_rounded() {
    for transform in [0u8, 2] {
        // CMYK, and YCCK by Adobe's transform 2.
        let mut bytes = Vec::new();
        let colour = if transform == 0 {
            jpeg_encoder::ColorType::Cmyk
        } else {
            jpeg_encoder::ColorType::CmykAsYcck
        };
        jpeg_encoder::Encoder::new(&mut bytes, 90)
            .encode(&[128; 16 * 16 * 4], 16, 16, colour)
            .unwrap();
        assert_eq!(code(&bytes), "picture_colour");
    }
    let separated = with_tag(&tiff(&[90; 8 * 8 * 4], 8, 8, ExtendedColorType::Rgba8), 262, 5);
    assert_eq!(code(&separated), "picture_colour");

    let deep: Vec<u8> = [25700u16, 50629, 65535]
        .iter()
        .flat_map(|v| v.to_ne_bytes())
        .collect();
    let decoded = read(&tiff(&deep.repeat(8 * 8), 8, 8, ExtendedColorType::Rgb16));
    assert_eq!(
        (decoded.format, decoded.picture.at(3, 3)),
        ("tiff", [100, 197, 255])
    );
    let floating: Vec<u8> = 0.5f32.to_ne_bytes().repeat(8 * 8 * 3);
    assert_eq!(
        code(&tiff(&floating, 8, 8, ExtendedColorType::Rgb32F)),
        "picture_colour"
    );
}

#[test]
fn what_shines_through_is_refused_and_opaque_alpha_is_not() {
    let with_alpha = |alpha: u8| {
        let pixels = [10, 20, 30, alpha].repeat(8 * 8);
        let mut web = Vec::new();
        let encoder = WebPEncoder::new_lossless(&mut web);
        encoder.encode(&pixels, 8, 8, ExtendedColorType::Rgba8).unwrap();
        let mut portable = Vec::new();
        let encoder = PngEncoder::new(&mut portable);
        encoder
            .write_image(&pixels, 8, 8, ExtendedColorType::Rgba8)
            .unwrap();
        [web, portable, tiff(&pixels, 8, 8, ExtendedColorType::Rgba8)]
    };
    for bytes in with_alpha(255) {
        assert_eq!(read(&bytes).picture.at(3, 3), [10, 20, 30]);
    }
    for bytes in with_alpha(254) {
        assert_eq!(code(&bytes), "picture_colour");
    }
}
