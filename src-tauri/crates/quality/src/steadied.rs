//! Takes the trembling out of a followed face: the 1-euro filter (Casiez, Roussel, Vogel: "1€ filter", CHI 2012)
//! on landmarks, angles and expression scores. At rest it smooths, in motion it follows, so that a number on
//! screen stands still and a blink is still seen.

use crate::limits::Live;
use domain::face::Face;
use domain::geometry::Point;
use std::f32::consts::TAU;
use std::time::Duration;

/// A gap longer than this begins anew: what was seen before says nothing of now.
const FORGETS: Duration = Duration::from_millis(400);
/// Eyes that moved this far between two frames, in inter-eye distances, belong to another face.
const JUMPS: f32 = 1.0;
/// A degree, in the unit of the filter: a turn of 60 degrees is about as much as a move of one inter-eye distance.
const DEGREES: f32 = 60.0;

/// The filters of one followed face.
#[derive(Debug, Clone)]
pub(crate) struct Steadied {
    values: Vec<Filtered>,
    eyes: Point,
    at: Duration,
}

#[derive(Debug, Clone, Copy)]
struct Filtered {
    value: f32,
    /// Change a second, itself smoothed.
    speed: f32,
}

impl Steadied {
    /// Begins with a face as it is.
    pub(crate) fn begin(face: &Face, at: Duration) -> Self {
        let first = |value| Filtered { value, speed: 0.0 };
        Self {
            values: flat(face).into_iter().map(first).collect(),
            eyes: face.eyes(),
            at,
        }
    }

    /// True when this is the same face a moment later.
    fn continues(&self, face: &Face, at: Duration) -> bool {
        let moved = self.eyes.distance(face.eyes()) / face.inter_eye_distance().max(1.0);
        let gap = at.saturating_sub(self.at);
        let same = self.values.len() == flat_length(face) && moved < JUMPS;
        same && gap < FORGETS && !gap.is_zero()
    }

    /// The next frame's face, steadied in place; begins anew when it is another one.
    pub(crate) fn next(before: Option<Self>, face: &mut Face, at: Duration, rule: &Live) -> Self {
        let Some(mut steadied) = before.filter(|before| before.continues(face, at)) else {
            return Self::begin(face, at);
        };
        let seconds = at.saturating_sub(steadied.at).as_secs_f32();
        let unit = face.inter_eye_distance().max(1.0);
        let scales = scales(face, unit);
        let speed_share = share(rule.speed_cutoff_hz, seconds);
        for ((filtered, value), scale) in steadied.values.iter_mut().zip(flat(face)).zip(scales) {
            let speed = (value - filtered.value) / seconds;
            filtered.speed += (speed - filtered.speed) * speed_share;
            let cutoff = rule.least_cutoff_hz + rule.follows * filtered.speed.abs() / scale;
            filtered.value += (value - filtered.value) * share(cutoff, seconds);
        }
        steadied.eyes = face.eyes();
        steadied.at = at;
        put(face, &steadied.values);
        steadied
    }
}

/// The share of a change that a low pass of this cut-off lets through in one step.
fn share(cutoff_hz: f32, seconds: f32) -> f32 {
    let step = TAU * cutoff_hz * seconds;
    step / (step + 1.0)
}

fn flat_length(face: &Face) -> usize {
    face.landmarks.len() * 3 + 3 + face.blendshapes.len()
}

fn flat(face: &Face) -> Vec<f32> {
    let marks = face.landmarks.iter().flat_map(|mark| [mark.x, mark.y, mark.z]);
    let angles = [face.pose.yaw, face.pose.pitch, face.pose.roll];
    marks
        .chain(angles)
        .chain(face.blendshapes.iter().copied())
        .collect()
}

/// What one unit of the filter is worth in each value, in the order of [`flat`].
fn scales(face: &Face, inter_eye: f32) -> impl Iterator<Item = f32> {
    let marks = std::iter::repeat_n(inter_eye, face.landmarks.len() * 3);
    let angles = std::iter::repeat_n(DEGREES, 3);
    marks
        .chain(angles)
        .chain(std::iter::repeat_n(1.0, face.blendshapes.len()))
}

fn put(face: &mut Face, values: &[Filtered]) {
    let mut values = values.iter().map(|filtered| filtered.value);
    let mut set = |target: &mut f32| {
        if let Some(value) = values.next() {
            *target = value;
        }
    };
    for mark in &mut face.landmarks {
        [&mut mark.x, &mut mark.y, &mut mark.z]
            .into_iter()
            .for_each(&mut set);
    }
    let pose = &mut face.pose;
    [&mut pose.yaw, &mut pose.pitch, &mut pose.roll]
        .into_iter()
        .for_each(&mut set);
    face.blendshapes.iter_mut().for_each(set);
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::face::{HeadPose, Landmark};
    use domain::geometry::Rect;
    use proptest::prelude::*;

    const FRAME_MS: u64 = 55;

    fn rule() -> Live {
        crate::Rules::strict().unwrap().limits().live.clone()
    }

    /// All landmarks at the eyes' places; enough for the filter.
    fn face(x: f32, yaw: f32, blink: f32) -> Face {
        let mut landmarks = vec![Landmark { x, y: 300.0, z: 0.0 }; 478];
        for (index, shift) in [(33, -60.0), (133, -40.0), (362, 40.0), (263, 60.0)] {
            landmarks[index].x += shift;
        }
        let pose = HeadPose {
            yaw,
            ..HeadPose::default()
        };
        Face {
            bounds: Rect::new(0.0, 0.0, 1.0, 1.0),
            presence: 1.0,
            landmarks,
            blendshapes: vec![blink; 52],
            pose,
        }
    }

    fn run(faces: impl IntoIterator<Item = Face>) -> Vec<Face> {
        let mut steadied = None;
        let rule = rule();
        let times = (0_u64..).map(|n| Duration::from_millis(n * FRAME_MS));
        faces
            .into_iter()
            .zip(times)
            .map(|(mut face, at)| {
                steadied = Some(Steadied::next(steadied.take(), &mut face, at, &rule));
                face
            })
            .collect()
    }

    #[test]
    fn trembling_is_halved_at_least_and_a_blink_is_seen_within_two_frames() {
        let trembling = (0..60).map(|n| {
            face(
                640.0 + if n % 2 == 0 { 0.6 } else { -0.6 },
                0.4 * (-1_f32).powi(n),
                0.1,
            )
        });
        let seen = run(trembling);
        let spread = |read: fn(&Face) -> f32| {
            let values: Vec<f32> = seen[20..].iter().map(read).collect();
            values.iter().fold(f32::MIN, |a, b| a.max(*b)) - values.iter().fold(f32::MAX, |a, b| a.min(*b))
        };
        assert!(spread(|face| face.eyes().x) < 0.6 && spread(|face| face.pose.yaw) < 0.4);
        let blinking = (0..22).map(|n| face(640.0, 0.0, if n < 20 { 0.05 } else { 0.9 }));
        let seen = run(blinking);
        assert!(seen[21].blendshapes[9] > 0.6, "{}", seen[21].blendshapes[9]);
    }

    #[test]
    fn another_face_and_a_long_gap_begin_anew() {
        let jump = run([face(300.0, 0.0, 0.0), face(900.0, 20.0, 0.0)]);
        assert_eq!((jump[1].eyes().x, jump[1].pose.yaw), (900.0, 20.0));
        let mut late = face(310.0, 20.0, 0.0);
        let before = Steadied::begin(&face(300.0, 0.0, 0.0), Duration::ZERO);
        Steadied::next(Some(before), &mut late, Duration::from_secs(2), &rule());
        assert_eq!(late.pose.yaw, 20.0);
    }

    proptest! {
        #[test]
        fn it_never_leaves_what_was_seen_and_settles_on_a_face_at_rest(
            seen in proptest::collection::vec((600f32..640.0, -30f32..30.0, 0f32..1.0), 1..40),
        ) {
            let rest = *seen.last().unwrap();
            let faces = seen.iter().chain(std::iter::repeat_n(&rest, 200)).map(|(x, yaw, blink)| face(*x, *yaw, *blink));
            let steadied = run(faces);
            let within = |read: fn(&Face) -> f32, values: Vec<f32>| {
                let low = values.iter().copied().fold(f32::MAX, f32::min) - 1e-2;
                let high = values.iter().copied().fold(f32::MIN, f32::max) + 1e-2;
                steadied.iter().all(|face| (low..=high).contains(&read(face)))
            };
            prop_assert!(within(|face| face.pose.yaw, seen.iter().map(|s| s.1).collect()));
            prop_assert!(within(|face| face.blendshapes[0], seen.iter().map(|s| s.2).collect()));
            let last = steadied.last().unwrap();
            prop_assert!((last.pose.yaw - rest.1).abs() < 0.05 && (last.eyes().x - rest.0).abs() < 0.1);
        }
    }
}
