//! No picture takes more memory than the limit says, and one that is too large takes none.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use fuzz::memory::peak;
use image::codecs::{bmp::BmpEncoder, png::PngEncoder, tiff::TiffEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};
use photo::decode::{Limits, picture};
use std::io::Cursor;

const MIB: usize = 1 << 20;
/// What does not grow with the picture: tables of a decoder.
const TABLES: usize = 2 * MIB;

/// Pixels that compress badly, so that a decoder cannot take a short cut.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

fn opaque(mut pixels: Vec<u8>, pixel: usize, alpha: usize) -> Vec<u8> {
    for pixel in pixels.chunks_exact_mut(pixel) {
        let at = pixel.len() - alpha;
        pixel[at..].fill(255);
    }
    pixels
}

/// An orientation that costs a second copy.
fn turned() -> Vec<u8> {
    b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec()
}

fn png(width: u32, height: u32, colour: ExtendedColorType, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(turned()).unwrap();
    encoder.write_image(pixels, width, height, colour).unwrap();
    bytes
}

fn jpeg(width: u16, height: u16, set: impl Fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    let body = [b"Exif\0\0".as_slice(), &turned()].concat();
    encoder.add_app_segment(1, body).unwrap();
    set(&mut encoder);
    let pixels = noise(usize::from(width) * usize::from(height) * 3);
    encoder
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

/// One file of every way to hold pixels.
fn files(width: u32, height: u32) -> Vec<(&'static str, Vec<u8>)> {
    use jpeg_encoder::SamplingFactor::{R_4_2_0, R_4_4_4};
    let area = (width * height) as usize;
    let (w, h) = (width as u16, height as u16);
    let rgb = noise(area * 3);
    let rgba = opaque(noise(area * 4), 4, 1);
    let deep = opaque(noise(area * 8), 8, 2);
    let mut web = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut web);
    encoder.set_exif_metadata(turned()).unwrap();
    encoder
        .encode(&rgb, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let mut web_alpha = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut web_alpha);
    encoder
        .encode(&rgba, width, height, ExtendedColorType::Rgba8)
        .unwrap();
    let mut bitmap = Vec::new();
    BmpEncoder::new(&mut bitmap)
        .encode(&rgb, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let tiff = |pixels: &[u8], colour| {
        let mut bytes = Cursor::new(Vec::new());
        TiffEncoder::new(&mut bytes)
            .write_image(pixels, width, height, colour)
            .unwrap();
        bytes.into_inner()
    };
    vec![
        ("jpeg 4:4:4", jpeg(w, h, |e| e.set_sampling_factor(R_4_4_4))),
        ("jpeg 4:2:0", jpeg(w, h, |e| e.set_sampling_factor(R_4_2_0))),
        (
            "jpeg progressive",
            jpeg(w, h, |e| {
                e.set_sampling_factor(R_4_4_4);
                e.set_progressive(true);
            }),
        ),
        (
            "jpeg in scans",
            jpeg(w, h, |e| e.set_optimized_huffman_tables(true)),
        ),
        ("png", png(width, height, ExtendedColorType::Rgb8, &rgb)),
        ("png alpha", png(width, height, ExtendedColorType::Rgba8, &rgba)),
        (
            "png 16 bits",
            png(width, height, ExtendedColorType::Rgba16, &deep),
        ),
        ("webp", web),
        ("webp alpha", web_alpha),
        ("bmp", bitmap),
        ("tiff", tiff(&rgb, ExtendedColorType::Rgb8)),
        ("tiff 16 bits", tiff(&deep, ExtendedColorType::Rgba16)),
    ]
}

#[test]
fn no_picture_takes_more_memory_than_the_limit() {
    for (name, bytes) in files(1000, 700) {
        let mut decoded = 0;
        for mib in 1..40 {
            let limits = Limits {
                max_memory_bytes: (mib * MIB) as u64,
                ..Limits::default()
            };
            let (found, held) = peak(|| picture(&bytes, limits));
            assert!(held <= mib * MIB + TABLES, "{name}: {held} bytes of {mib} MiB");
            match found {
                Ok(_) => decoded += 1,
                Err(fault) => assert_eq!(fault.code(), "picture_too_large", "{name}: {fault}"),
            }
        }
        assert!(decoded > 5, "{name} is never decoded");
    }
}

/// The file with its stated size replaced.
fn restated(name: &str, mut bytes: Vec<u8>, side: u32) -> Vec<u8> {
    let (at, size) = match name.split(' ').next().unwrap_or_default() {
        "jpeg" => {
            let frame = |pair: &[u8]| pair == [0xFF, 0xC0] || pair == [0xFF, 0xC2];
            let side = (side as u16).to_be_bytes();
            (bytes.windows(2).position(frame).unwrap() + 5, side.repeat(2))
        }
        "png" => {
            let header = [b"IHDR".as_slice(), &side.to_be_bytes().repeat(2), &bytes[24..29]].concat();
            let mut crc = !0_u32;
            for byte in &header {
                crc ^= u32::from(*byte);
                (0..8).for_each(|_| crc = (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
            }
            (12, [header, (!crc).to_be_bytes().to_vec()].concat())
        }
        "bmp" => (18, side.to_le_bytes().repeat(2)),
        "webp" => {
            if let Some(canvas) = bytes.windows(4).position(|w| w == b"VP8X") {
                let side = (side - 1).to_le_bytes();
                bytes[canvas + 12..canvas + 18].copy_from_slice(&side[..3].repeat(2));
            }
            // Fourteen bits a side, less one.
            let at = bytes.windows(4).position(|w| w == b"VP8L").unwrap() + 9;
            let alpha = bytes[at + 3] & 0xF0;
            let packed = (side - 1) | (side - 1) << 14 | u32::from(alpha) << 24;
            (at, packed.to_le_bytes().to_vec())
        }
        _ => {
            let directory = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
            for at in [directory + 2, directory + 14] {
                assert!(
                    [0, 1].contains(&bytes[at]) && bytes[at + 1] == 1,
                    "width and height"
                );
                bytes[at + 8..at + 12].copy_from_slice(&side.to_le_bytes());
            }
            return bytes;
        }
    };
    bytes[at..at + size.len()].copy_from_slice(&size);
    bytes
}

#[test]
fn a_picture_of_20000_by_20000_takes_nothing() {
    for (name, bytes) in files(40, 30) {
        // No WebP can be larger than 16383.
        let side = if name.starts_with("webp") { 16_383 } else { 20_000 };
        let large = restated(name, bytes, side);
        let (found, held) = peak(|| picture(&large, Limits::default()));
        let code = found.unwrap_err().code();
        // The strips of a small TIFF cannot hold a large page: its codec calls that broken before anybody asks its size.
        let broken = name.starts_with("tiff") && code == "picture_corrupt";
        assert!(code == "picture_too_large" || broken, "{name}: {code}");
        assert!(held < MIB, "{name} held {held} bytes");
    }
}

/// A page of nothing whose file is a thousandth of it: what unpacks far beyond its file ends at the limit too.
#[test]
fn pixels_that_unpack_from_nothing_are_limited_alike() {
    let limits = Limits {
        max_memory_bytes: 8 << 20,
        ..Limits::default()
    };
    let side = 4000;
    let bytes = png(
        side,
        side,
        ExtendedColorType::L8,
        &vec![0; (side * side) as usize],
    );
    assert!(bytes.len() < 100_000, "{}", bytes.len());
    let (found, held) = peak(|| picture(&bytes, limits));
    assert_eq!(found.unwrap_err().code(), "picture_too_large");
    assert!(held < MIB, "{held}");
}
