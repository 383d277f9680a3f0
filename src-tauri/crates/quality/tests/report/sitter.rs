//! A drawn sitter: a plain head on a wall as JPEG, with landmarks where a mesh would have them.

use domain::face::{Face, FaceAnalysis, HeadPose, Landmark};
use domain::geometry::Rect;
use image::{Rgb, RgbImage};

/// Size of the still.
pub(crate) const SIZE: (u32, u32) = (900, 1200);
const EYES: (f32, f32) = (455.0, 470.0);
const IED: f32 = 160.0;

pub(crate) fn analysis() -> FaceAnalysis {
    let mut landmarks = vec![Landmark::default(); 478];
    // A spiral over the face's ellipse; the landmarks that have a meaning here are set after it.
    for (i, landmark) in landmarks.iter_mut().enumerate() {
        let (r, angle) = ((i as f32 / 478.0).sqrt(), i as f32 * 2.399_963);
        *landmark = at(1.05 * r * angle.cos(), 0.35 + 1.25 * r * angle.sin());
    }
    let set = [
        (33, -0.7, 0.0),
        (133, -0.3, 0.0),
        (362, 0.3, 0.0),
        (263, 0.7, 0.0),
        (234, -1.08, 0.3),
        (454, 1.08, 0.3),
        (152, 0.0, 1.62),
        (61, -0.35, 0.95),
        (291, 0.35, 0.95),
    ];
    for (i, x, y) in set {
        landmarks[i] = at(x, y);
    }
    FaceAnalysis {
        width: SIZE.0,
        height: SIZE.1,
        face: Some(Face {
            bounds: Rect::new(EYES.0 - IED, EYES.1 - IED, 2.0 * IED, 2.5 * IED),
            presence: 1.0,
            landmarks,
            blendshapes: Vec::new(),
            pose: HeadPose::default(),
        }),
        ..FaceAnalysis::default()
    }
}

pub(crate) fn faceless() -> FaceAnalysis {
    FaceAnalysis {
        width: SIZE.0,
        height: SIZE.1,
        ..FaceAnalysis::default()
    }
}

fn at(x: f32, y: f32) -> Landmark {
    Landmark {
        x: EYES.0 + x * IED,
        y: EYES.1 + y * IED,
        z: 0.0,
    }
}

/// The still as JPEG.
pub(crate) fn jpeg() -> Vec<u8> {
    let picture = RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| Rgb(colour(x as f32, y as f32)));
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80);
    picture.write_with_encoder(encoder).unwrap();
    out
}

fn colour(x: f32, y: f32) -> [u8; 3] {
    let (x, y) = ((x - EYES.0) / IED, (y - EYES.1) / IED);
    let inside = |cx: f32, cy: f32, a: f32, b: f32| ((x - cx) / a).powi(2) + ((y - cy) / b).powi(2) <= 1.0;
    if inside(-0.5, 0.0, 0.2, 0.07) || inside(0.5, 0.0, 0.2, 0.07) {
        [60, 45, 40]
    } else if inside(0.0, 0.95, 0.33, 0.09) {
        [180, 100, 95]
    } else if inside(0.0, 0.4, 1.08, 1.25) {
        [214, 170, 145]
    } else if inside(0.0, -0.1, 1.25, 1.35) && y < 0.5 {
        [40, 34, 32]
    } else if x.abs() < 0.5 && y > 1.2 && y < 2.1 {
        [196, 150, 128]
    } else if inside(0.0, 4.2, 2.6, 2.3) {
        [58, 60, 66]
    } else {
        [224, 224, 222]
    }
}
