//! Synthetic photos: a flat backdrop with a frame of other colours, so that cut and place can be measured.

use domain::picture::Picture;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use print::{Paper, Photo, Size};

pub(crate) fn paper(id: &str) -> Paper {
    print::paper::named(id).unwrap()
}

pub(crate) fn size(text: &str) -> Size {
    text.parse().unwrap()
}

/// A photo: `middle` everywhere but in a frame of `border` that is `frame` pixels wide.
pub(crate) fn framed(width: u32, height: u32, frame: u32, border: [u8; 3], middle: [u8; 3]) -> Photo {
    let mut pixels = vec![];
    for y in 0..height {
        for x in 0..width {
            let inside = (frame..width - frame).contains(&x) && (frame..height - frame).contains(&y);
            pixels.extend(if inside { middle } else { border });
        }
    }
    of_pixels(width, height, pixels)
}

pub(crate) fn of_pixels(width: u32, height: u32, pixels: Vec<u8>) -> Photo {
    let mut jpeg = vec![];
    let mut encoder = Encoder::new(&mut jpeg, 95);
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    encoder
        .encode(
            &pixels,
            u16::try_from(width).unwrap(),
            u16::try_from(height).unwrap(),
            ColorType::Rgb,
        )
        .unwrap();
    Photo::new(jpeg, Picture::new(width, height, pixels).unwrap()).unwrap()
}

pub(crate) const BLUE: [u8; 3] = [100, 197, 255];
pub(crate) const RED: [u8; 3] = [200, 40, 40];

/// A standard photo, all blue.
pub(crate) fn blue() -> Photo {
    framed(480, 640, 0, BLUE, BLUE)
}
