//! Pictures that are not what they seem: decoded rightly or refused with a code.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use photo::decode::{DecodeFault, Limits, picture};
use std::io::Cursor;

/// Plain, in one colour, 32 x 24.
fn plain(colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(32, 24, Rgb(colour))
}

fn jpeg_with(profile: Vec<u8>, colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(profile).unwrap();
    encoder
        .write_image(plain(colour).as_raw(), 32, 24, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn png_with(profile: Vec<u8>, colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).unwrap();
    encoder
        .write_image(plain(colour).as_raw(), 32, 24, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn middle(bytes: &[u8]) -> [u8; 3] {
    picture(bytes, Limits::default()).unwrap().picture.at(16, 12)
}

#[test]
fn a_profile_is_honoured() {
    let wide = || ColorProfile::new_display_p3().encode().unwrap();
    // Display P3 (234, 51, 35) is the red of sRGB; a grey is the same grey in both.
    for (file, name) in [
        (jpeg_with(wide(), [234, 51, 35]), "jpeg"),
        (png_with(wide(), [234, 51, 35]), "png"),
    ] {
        let [r, g, b] = middle(&file);
        assert!(r >= 250 && g <= 12 && b <= 12, "{name}: {r} {g} {b}");
    }
    let grey = middle(&png_with(wide(), [120, 120, 120]));
    assert!(grey.iter().all(|v| v.abs_diff(120) <= 1), "{grey:?}");
}

#[test]
fn the_profile_of_srgb_changes_nothing() {
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    assert_eq!(middle(&png_with(srgb, [214, 170, 145])), [214, 170, 145]);
}

#[test]
fn a_profile_that_cannot_be_read_is_refused() {
    let fault = picture(
        &png_with(b"no profile at all".to_vec(), [10, 20, 30]),
        Limits::default(),
    );
    assert!(matches!(fault, Err(DecodeFault::Colour { .. })), "{fault:?}");
    let cmyk =
        ColorProfile::new_from_slice(&ColorProfile::new_srgb().encode().unwrap()).map(|mut profile| {
            profile.color_space = moxcms::DataColorSpace::Cmyk;
            profile.encode().unwrap()
        });
    let fault = picture(&jpeg_with(cmyk.unwrap(), [10, 20, 30]), Limits::default());
    assert!(matches!(fault, Err(DecodeFault::Colour { .. })), "{fault:?}");
}

#[test]
fn sixteen_bits_one_pixel_and_a_wrong_name_are_decoded() {
    let deep = image::ImageBuffer::<Rgb<u16>, _>::from_pixel(8, 8, Rgb([65_535_u16, 32_896, 257]));
    let mut bytes = Vec::new();
    deep.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    assert_eq!(
        picture(&bytes, Limits::default()).unwrap().picture.at(4, 4),
        [255, 128, 1]
    );
    let mut one = Vec::new();
    RgbImage::from_pixel(1, 1, Rgb([9, 8, 7]))
        .write_to(&mut Cursor::new(&mut one), ImageFormat::Png)
        .unwrap();
    let decoded = picture(&one, Limits::default()).unwrap();
    assert_eq!(
        (decoded.picture.width(), decoded.picture.height(), decoded.format),
        (1, 1, "png")
    );
}

#[test]
fn alpha_is_dropped_only_where_nothing_shows_through() {
    let png = |alpha: u8| {
        let mut bytes = Vec::new();
        RgbaImage::from_pixel(8, 8, Rgba([200, 100, 50, alpha]))
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .unwrap();
        bytes
    };
    assert_eq!(
        picture(&png(255), Limits::default()).unwrap().picture.at(4, 4),
        [200, 100, 50]
    );
    let fault = picture(&png(254), Limits::default());
    assert!(matches!(fault, Err(DecodeFault::Colour { .. })), "{fault:?}");
}
