//! The finished photo shows the same face as the sample: moved and scaled, and nothing else.

use crate::departure::{Departure, DepartureCode};
use domain::face::{Face, FaceAnalysis};
use domain::geometry::Point;
use framing::CropPlan;

/// How far a part of the face may lie from where crop and scale put it, photo pixels on a face of [`WIDTH`]; more on a
/// wider one. Two readings of 83 real faces differed by 1.6 px at most in any of them, but for a profile.
const WITHIN: f32 = 2.0;
const WIDTH: f32 = 240.0;

/// Landmarks of the parts that are compared: right and left eye, brows, nose, mouth, outline. Single landmarks are
/// unsteady; the mean of a part is not, and a mirror, a turn, a stretch, a slimmed cheek or a larger eye moves one.
const PARTS: [&[usize]; 6] = [
    &[33, 133, 159, 145, 157, 154, 160, 144],
    &[263, 362, 386, 374, 384, 381, 387, 373],
    &[70, 63, 105, 66, 107, 300, 293, 334, 296, 336],
    &[1, 4, 5, 48, 278, 94, 2],
    &[61, 291, 0, 17, 13, 14, 40, 270],
    &[
        10, 338, 284, 389, 454, 361, 397, 379, 400, 152, 176, 150, 172, 132, 234, 162, 54, 67,
    ],
];
/// The two halves of the outline: a face slimmed from both sides keeps the middle of the whole. They may lie twice as
/// far off: under hair that falls over a cheek two readings differed by 3.2 px.
const CHEEKS: [&[usize]; 2] = [&[127, 234, 93, 132, 58, 172], &[356, 454, 323, 361, 288, 397]];

/// A crown measured this far above where the plan put every reading of it is something else, photo pixels: the two
/// readings of one head differ by less.
const SOMETHING_ELSE: f32 = 12.0;

/// Says what is wrong when a piece of the old background hangs on the head: not the sitter's place, but the backdrop.
pub(super) fn attached(departures: &mut [Departure], planned: &[f32]) {
    for departure in departures {
        let above = |value: f32| planned.iter().all(|row| row - value > SOMETHING_ELSE);
        if departure.code == DepartureCode::Crown && departure.value.is_some_and(above) {
            *departure = Departure::plain(DepartureCode::BackgroundRemnant);
        }
    }
}

/// Compares the photo's landmarks with the sample's under the plan.
pub(super) fn warped(face: &Face, seen: &FaceAnalysis, plan: &CropPlan) -> Option<Departure> {
    let photo = seen.face.as_ref().filter(|photo| photo.landmarks.len() >= 468)?;
    let moved = |part: &&[usize]| {
        let there = |i: &usize| Some((face.landmarks.get(*i)?.point(), photo.landmarks.get(*i)?.point()));
        let pairs: Vec<(Point, Point)> = part.iter().filter_map(there).collect();
        let count = pairs.len().max(1) as f32;
        let (dx, dy) = pairs.iter().fold((0.0, 0.0), |(x, y), (from, to)| {
            let put = plan.map(*from);
            (x + to.x - put.x, y + to.y - put.y)
        });
        (dx / count).hypot(dy / count)
    };
    let cheeks = CHEEKS.iter().map(|half| moved(half) / 2.0);
    let furthest = PARTS.iter().map(moved).chain(cheeks).fold(0.0, f32::max);
    let limit = WITHIN * (face.width() * plan.scale / WIDTH).max(1.0);
    let holds = furthest <= limit;
    (!holds).then(|| Departure::of(DepartureCode::Warped, furthest, None, Some(limit), "px"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::face::{HeadPose, Landmark};
    use domain::geometry::Rect;

    /// Where the parts lie in face widths from the middle between the eyes, and their radius.
    const PLACES: [(f32, f32, f32); 6] = [
        (-0.22, 0.0, 0.09),
        (0.22, 0.0, 0.09),
        (0.0, -0.14, 0.3),
        (0.0, 0.28, 0.08),
        (0.0, 0.47, 0.14),
        (0.0, 0.1, 0.55),
    ];

    /// A face whose parts are rings, every point moved by `change` (face widths in, face widths out).
    fn face(eyes: Point, width: f32, change: impl Fn(f32, f32) -> (f32, f32)) -> Face {
        let mut landmarks = vec![
            Landmark {
                x: eyes.x,
                y: eyes.y,
                z: 0.0
            };
            478
        ];
        let mut place = |i: usize, x: f32, y: f32| {
            let (x, y) = change(x, y);
            landmarks[i] = Landmark {
                x: eyes.x + x * width,
                y: eyes.y + y * width,
                z: 0.0,
            };
        };
        for (part, (cx, cy, r)) in PARTS.iter().zip(PLACES) {
            for (k, i) in part.iter().enumerate() {
                let turn = k as f32 / part.len() as f32 * std::f32::consts::TAU;
                place(*i, cx + r * turn.sin(), cy - r * turn.cos());
            }
        }
        for (cheek, side) in CHEEKS.iter().zip([-0.5, 0.5]) {
            for (k, i) in cheek.iter().enumerate() {
                place(*i, side, 0.05 * k as f32);
            }
        }
        Face {
            bounds: Rect::new(0.0, 0.0, 1.0, 1.0),
            presence: 1.0,
            landmarks,
            blendshapes: Vec::new(),
            pose: HeadPose::default(),
        }
    }

    fn seen(change: impl Fn(f32, f32) -> (f32, f32)) -> Option<Departure> {
        let plan = CropPlan {
            scale: 0.5,
            left: 100.0,
            top: 60.0,
            extended_top_px: 0,
            extended_left_px: 0,
            extended_right_px: 0,
        };
        let sample = face(Point::new(580.0, 560.0), 480.0, |x, y| (x, y));
        let photo = face(plan.map(Point::new(580.0, 560.0)), 240.0, change);
        let analysis = FaceAnalysis {
            face: Some(photo),
            ..FaceAnalysis::default()
        };
        warped(&sample, &analysis, &plan)
    }

    #[test]
    fn the_same_face_is_the_same() {
        assert_eq!(seen(|x, y| (x, y)), None);
        // As unsteady as two readings of one face are.
        assert_eq!(seen(|x, y| (x + 0.004, y - 0.004)), None);
    }

    #[test]
    fn a_mirror_a_turn_a_stretch_and_a_retouched_feature_show() {
        let turn = 1.5_f32.to_radians();
        assert!(seen(|x, y| (-x, y)).is_some(), "mirrored");
        assert!(
            seen(|x, y| (x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos())).is_some(),
            "turned by 1.5 degrees"
        );
        assert!(seen(|x, y| (1.04 * x, y)).is_some(), "stretched by 4 per cent");
        assert!(
            seen(|x, y| if x.abs() > 0.45 { (0.95 * x, y) } else { (x, y) }).is_some(),
            "slimmed by 5 per cent"
        );
        assert!(seen(|x, y| (x, y + 0.012)).is_some(), "shifted by 3 px");
    }
}
