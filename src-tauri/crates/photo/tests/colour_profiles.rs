//! What a file states about its colours is obeyed or refused. The expected colours follow from the primaries, the
//! white point and the transfer that each colour space's standard names, by arithmetic outside this program; the
//! profiles are written here, byte by byte (ICC.1:2022).

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use image::codecs::{png::PngEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};
use photo::decode::{Limits, picture};

const DISPLAY_P3: [[f64; 3]; 3] = [
    [0.51512, 0.24120, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.15710, 0.06657, 0.78407],
];
const ADOBE_RGB: [[f64; 3]; 3] = [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
];

/// A stored colour and what it is in sRGB when it was stored in Display P3 and in Adobe RGB (1998).
const EXPECTED: [([u8; 3], [u8; 3], [u8; 3]); 5] = [
    ([170, 120, 100], [179, 117, 96], [187, 121, 99]),
    ([60, 130, 200], [16, 132, 206], [0, 131, 204]),
    ([90, 140, 90], [73, 142, 84], [53, 141, 86]),
    ([255, 255, 255], [255, 255, 255], [255, 255, 255]),
    ([128, 128, 128], [128, 128, 128], [129, 129, 129]),
];
/// A stored grey of gamma 1.8 and what it is in sRGB.
const GREY: [(u8, u8); 5] = [(0, 0), (64, 81), (128, 146), (200, 210), (255, 255)];

fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn gamma(value: f64) -> Vec<u8> {
    let mut curve = b"curv\0\0\0\0\0\0\0\x01".to_vec();
    curve.extend(((value * 256.0).round() as u16).to_be_bytes());
    curve.extend([0, 0]);
    curve
}

/// The transfer of sRGB and Display P3 as a parametric curve.
fn srgb_curve() -> Vec<u8> {
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    for value in [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045] {
        curve.extend(fixed(value));
    }
    curve
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|value| tag.extend(fixed(*value)));
    tag
}

/// A display profile of a colour space (`RGB `, `GRAY`, `CMYK`) with these tags.
fn profile(space: &[u8; 4], tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    bytes[12..16].copy_from_slice(if space == b"CMYK" { b"prtr" } else { b"mntr" });
    bytes[16..20].copy_from_slice(space);
    bytes[20..24].copy_from_slice(b"XYZ ");
    bytes[24..36].copy_from_slice(&[7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    bytes[36..40].copy_from_slice(b"acsp");
    let white: Vec<u8> = [0.9642, 1.0, 0.8249].iter().flat_map(|v| fixed(*v)).collect();
    bytes[68..80].copy_from_slice(&white);
    bytes.extend((tags.len() as u32).to_be_bytes());
    let mut content: Vec<u8> = Vec::new();
    let begin = bytes.len() + tags.len() * 12;
    for (name, body) in tags {
        bytes.extend(*name);
        bytes.extend(((begin + content.len()) as u32).to_be_bytes());
        bytes.extend((body.len() as u32).to_be_bytes());
        content.extend(body);
    }
    bytes.extend(content);
    let size = bytes.len() as u32;
    bytes[..4].copy_from_slice(&size.to_be_bytes());
    bytes
}

fn rgb_profile(colorants: [[f64; 3]; 3], curve: &[u8]) -> Vec<u8> {
    let [r, g, b] = colorants;
    profile(
        b"RGB ",
        &[
            (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
            (b"rXYZ", xyz(r)),
            (b"gXYZ", xyz(g)),
            (b"bXYZ", xyz(b)),
            (b"rTRC", curve.to_vec()),
            (b"gTRC", curve.to_vec()),
            (b"bTRC", curve.to_vec()),
        ],
    )
}

fn png(pixel: &[u8], colour: ExtendedColorType, icc: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc).unwrap();
    }
    encoder.write_image(&pixel.repeat(8 * 8), 8, 8, colour).unwrap();
    bytes
}

fn webp(pixel: [u8; 3], icc: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_icc_profile(icc).unwrap();
    encoder
        .write_image(&pixel.repeat(8 * 8), 8, 8, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn jpeg(pixel: &[u8], colour: jpeg_encoder::ColorType, scans: bool, icc: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
    encoder.set_optimized_huffman_tables(scans);
    encoder.add_icc_profile(icc).unwrap();
    encoder.encode(&pixel.repeat(16 * 16), 16, 16, colour).unwrap();
    bytes
}

/// Behind the header chunk of a PNG file.
fn with_chunk(png: &[u8], name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    let crc = !named.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))
        })
    });
    let length = (body.len() as u32).to_be_bytes();
    [&png[..33], &length, &named, &crc.to_be_bytes(), &png[33..]].concat()
}

#[track_caller]
fn gives(bytes: &[u8], expected: [u8; 3], slack: u8) {
    let found = picture(bytes, Limits::default()).unwrap().picture.at(3, 3);
    let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= slack);
    assert!(near, "{found:?} instead of {expected:?}");
}

#[track_caller]
fn refused(bytes: &[u8]) {
    let fault = picture(bytes, Limits::default()).unwrap_err();
    assert_eq!(fault.code(), "picture_profile", "{fault}");
}

#[test]
fn wide_colours_are_converted() {
    let p3 = rgb_profile(DISPLAY_P3, &srgb_curve());
    let adobe = rgb_profile(ADOBE_RGB, &gamma(2.199));
    let rgb = ExtendedColorType::Rgb8;
    for (stored, as_p3, as_adobe) in EXPECTED {
        gives(&png(&stored, rgb, Some(p3.clone())), as_p3, 1);
        gives(&png(&stored, rgb, Some(adobe.clone())), as_adobe, 1);
        gives(&webp(stored, p3.clone()), as_p3, 1);
        for scans in [false, true] {
            gives(&jpeg(&stored, jpeg_encoder::ColorType::Rgb, scans, &p3), as_p3, 4);
        }
        gives(&png(&stored, rgb, None), stored, 0);
    }
}

#[test]
fn the_colours_of_srgb_stay() {
    const SRGB: [[f64; 3]; 3] = [
        [0.43607, 0.22249, 0.01392],
        [0.38515, 0.71687, 0.09708],
        [0.14307, 0.06061, 0.71410],
    ];
    let srgb = rgb_profile(SRGB, &srgb_curve());
    for value in (0..=255).step_by(5) {
        let stored = [value, 255 - value, 128];
        gives(
            &png(&stored, ExtendedColorType::Rgb8, Some(srgb.clone())),
            stored,
            1,
        );
    }
}

#[test]
fn a_grey_profile_counts_for_grey_pictures_only() {
    let grey = profile(
        b"GRAY",
        &[(b"wtpt", xyz([0.9642, 1.0, 0.8249])), (b"kTRC", gamma(1.8))],
    );
    for (stored, expected) in GREY {
        gives(
            &png(&[stored], ExtendedColorType::L8, Some(grey.clone())),
            [expected; 3],
            1,
        );
    }
    refused(&png(&[90, 80, 70], ExtendedColorType::Rgb8, Some(grey.clone())));
    // A grey picture with the profile of a colour space is its grey axis.
    let adobe = rgb_profile(ADOBE_RGB, &gamma(2.199));
    gives(
        &jpeg(&[128], jpeg_encoder::ColorType::Luma, false, &adobe),
        [128; 3],
        2,
    );
}

#[test]
fn a_profile_that_does_not_fit_is_refused() {
    let print = profile(b"CMYK", &[(b"wtpt", xyz([0.9642, 1.0, 0.8249]))]);
    let rgb = ExtendedColorType::Rgb8;
    refused(&png(&[90, 80, 70], rgb, Some(print.clone())));
    refused(&jpeg(&[90, 80, 70], jpeg_encoder::ColorType::Rgb, false, &print));
    refused(&png(&[90, 80, 70], rgb, Some(b"not a profile".to_vec())));
    let whole = rgb_profile(ADOBE_RGB, &gamma(2.199));
    refused(&png(&[90, 80, 70], rgb, Some(whole[..150].to_vec())));
    // One piece of two.
    let mut lost = jpeg(&[90, 80, 70], jpeg_encoder::ColorType::Rgb, false, &whole);
    let at = lost.windows(12).position(|w| w == b"ICC_PROFILE\0").unwrap();
    lost[at + 13] = 2;
    refused(&lost);
}

#[test]
fn the_colours_a_png_states_without_a_profile_are_obeyed_or_refused() {
    let plain = png(&[170, 120, 100], ExtendedColorType::Rgb8, None);
    gives(&with_chunk(&plain, b"cICP", &[1, 13, 0, 1]), [170, 120, 100], 0);
    gives(&with_chunk(&plain, b"cICP", &[12, 13, 0, 1]), EXPECTED[0].1, 1);
    for bright in [
        [9, 16, 0, 1],
        [9, 18, 0, 1],
        [1, 13, 1, 1],
        [1, 13, 0, 0],
        [77, 13, 0, 1],
    ] {
        refused(&with_chunk(&plain, b"cICP", &bright));
    }
    gives(
        &with_chunk(&plain, b"gAMA", &45455u32.to_be_bytes()),
        [170, 120, 100],
        0,
    );
    let linear = with_chunk(&plain, b"gAMA", &100_000u32.to_be_bytes());
    refused(&linear);
    // `sRGB` overrules it.
    gives(&with_chunk(&linear, b"sRGB", &[0]), [170, 120, 100], 0);
    let primaries = |red: u32| -> Vec<u8> {
        let values = [31270, 32900, red, 33000, 30000, 60000, 15000, 6000];
        values.iter().flat_map(|v: &u32| v.to_be_bytes()).collect()
    };
    gives(
        &with_chunk(&plain, b"cHRM", &primaries(64000)),
        [170, 120, 100],
        0,
    );
    refused(&with_chunk(&plain, b"cHRM", &primaries(68000)));
}
