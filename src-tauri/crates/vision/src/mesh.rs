//! The 478 landmarks of one face.

use crate::anchors::probability;
use crate::models::Models;
use crate::region::{Beyond, Region};
use crate::session::Network;
use domain::face::{DetectedFace, Landmark};
use domain::geometry::{Point, Rect};
use domain::picture::Picture;
use domain::port::AnalysisFault;

/// Landmarks of one face.
pub(crate) const LANDMARKS: usize = 478;
/// From this presence on there is a face.
pub(crate) const LEAST_PRESENCE: f32 = 0.5;

/// Rows and columns of the network's input.
const SIZE: usize = 256;
/// Side of the square around a face against the face's box.
const ROOM: f32 = 1.5;
/// Outer corners of the right and of the left eye.
const EYE_CORNERS: [usize; 2] = [33, 263];

/// The landmarks of a face as the network placed them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// 478 landmarks in picture pixels.
    pub(crate) landmarks: Vec<Landmark>,
    /// Probability 0..=1 that there is a face.
    pub(crate) presence: f32,
}

impl Placed {
    /// True when there is a face and every number can be used.
    pub(crate) fn holds(&self) -> bool {
        self.presence >= LEAST_PRESENCE
            && region_of(&self.landmarks).is_usable()
            && self
                .landmarks
                .iter()
                .all(|mark| mark.x.is_finite() && mark.y.is_finite() && mark.z.is_finite())
    }
}

/// The mesh network.
pub(crate) struct Mesh {
    network: Network,
    input: Vec<f32>,
}

impl Mesh {
    pub(crate) fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: models.live_network("face_landmarks_478")?,
            input: Vec::new(),
        })
    }

    /// Places the landmarks on a face the detector found: once in the detector's region, then again in
    /// the landmarks' own, which takes most of the detector's jitter away.
    pub(crate) fn settle(&mut self, picture: &Picture, face: &DetectedFace) -> Result<Placed, AnalysisFault> {
        let first = self.place(picture, region_around(face))?;
        if first.holds() {
            self.follow(picture, &first.landmarks)
        } else {
            Ok(first)
        }
    }

    /// Places the landmarks where they were a moment ago.
    pub(crate) fn follow(&mut self, picture: &Picture, before: &[Landmark]) -> Result<Placed, AnalysisFault> {
        self.place(picture, region_of(before))
    }

    fn place(&mut self, picture: &Picture, region: Region) -> Result<Placed, AnalysisFault> {
        if !region.is_usable() {
            return Ok(Placed {
                landmarks: vec![Landmark::default(); LANDMARKS],
                presence: 0.0,
            });
        }
        region.sample(picture, SIZE, Beyond::Edge, &mut self.input);
        let outputs = ["Identity", "Identity_1"];
        let [marks, presence] = self.network.run(&[1, SIZE, SIZE, 3], &self.input, outputs)?;
        if marks.len() != LANDMARKS * 3 || presence.len() != 1 {
            return Err(self
                .network
                .wrong_size(LANDMARKS * 3 + 1, marks.len() + presence.len()));
        }
        let unit = SIZE as f32;
        let landmarks = marks
            .chunks_exact(3)
            .map(|mark| {
                let Point { x, y } = region.to_picture(mark[0] / unit, mark[1] / unit);
                Landmark {
                    x,
                    y,
                    z: mark[2] / unit * region.side,
                }
            })
            .collect();
        Ok(Placed {
            landmarks,
            presence: probability(presence[0]),
        })
    }
}

/// The upright box around all landmarks.
pub(crate) fn bounds_of(landmarks: &[Landmark]) -> Rect {
    let (low, high) = extent(landmarks.iter().map(Landmark::point));
    Rect::new(low.x, low.y, high.x - low.x, high.y - low.y)
}

/// The region the detector's answer asks for: eyes level, half as large again as its box.
fn region_around(face: &DetectedFace) -> Region {
    let [right_eye, left_eye, ..] = face.keypoints;
    Region {
        centre: face.bounds.centre(),
        side: face.bounds.width.max(face.bounds.height) * ROOM,
        angle: (left_eye.y - right_eye.y).atan2(left_eye.x - right_eye.x),
    }
}

/// The region the landmarks themselves ask for.
fn region_of(landmarks: &[Landmark]) -> Region {
    let [right, left] = EYE_CORNERS.map(|index| landmarks[index].point());
    let angle = (left.y - right.y).atan2(left.x - right.x);
    let (sin, cos) = angle.sin_cos();
    let level = landmarks
        .iter()
        .map(|m| Point::new(cos * m.x + sin * m.y, cos * m.y - sin * m.x));
    let (low, high) = extent(level);
    let middle = low.middle(high);
    Region {
        centre: Point::new(cos * middle.x - sin * middle.y, sin * middle.x + cos * middle.y),
        side: (high.x - low.x).max(high.y - low.y) * ROOM,
        angle,
    }
}

fn extent(points: impl Iterator<Item = Point>) -> (Point, Point) {
    let (mut low, mut high) = (Point::new(f32::MAX, f32::MAX), Point::new(f32::MIN, f32::MIN));
    for point in points {
        low = Point::new(low.x.min(point.x), low.y.min(point.y));
        high = Point::new(high.x.max(point.x), high.y.max(point.y));
    }
    (low, high)
}
