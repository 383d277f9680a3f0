//! Shoulders, elbows and hands, from the body's landmarks.

use crate::anchors::{anchors, probability};
use crate::letterbox::Letterbox;
use crate::models::Models;
use crate::region::{Beyond, Region};
use crate::session::Network;
use crate::shrink::Part;
use domain::face::{Joint, Limbs, Shoulders};
use domain::geometry::{Point, Rect};
use domain::picture::Picture;
use domain::port::AnalysisFault;
use fast_image_resize::Resizer;
use std::f32::consts::FRAC_PI_2;

const DETECTOR_SIZE: u32 = 224;
const SIZE: usize = 256;
/// Numbers an anchor of the detector: x, y, width, height and four points.
const DETECTOR_NUMBERS: usize = 12;
/// Answers of the detector below this are no person, and no more than so many are looked at.
const LEAST_SCORE: f32 = 0.4;
const CANDIDATES: usize = 40;
/// Landmarks of the body with the two that name the next region; each x, y, z, visibility, presence.
const LANDMARKS: usize = 39;
const NUMBERS: usize = 5;
const LEFT_SHOULDER: usize = 11;
const RIGHT_SHOULDER: usize = 12;
const ELBOWS: [usize; 2] = [14, 13];
const FIRST_OF_HANDS: usize = 15;
const REGION_CENTRE: usize = 33;
const REGION_END: usize = 34;
/// From this probability on the landmarks are those of a body.
const LEAST_PRESENCE: f32 = 0.5;

/// The body's two networks; about 9 ms to find and 11 ms to follow.
pub(crate) struct Body {
    detector: Network,
    anchors: Vec<Point>,
    landmarks: Network,
    resizer: Resizer,
    input: Vec<f32>,
}

/// What one look at a region of the body showed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) shoulders: Shoulders,
    pub(crate) limbs: Limbs,
    /// Where to look next time.
    pub(crate) next: Region,
}

impl Body {
    pub(crate) fn new(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            detector: models.live_network("pose_detection")?,
            anchors: anchors(&[(28, 2), (14, 2), (7, 6)]),
            landmarks: models.live_network("pose_landmark_lite")?,
            resizer: Resizer::new(),
            input: Vec::new(),
        })
    }

    /// The shoulders of the person a face belongs to. The first look, in the detector's region, is too
    /// coarse; the second, in the landmarks' own, counts. `None` when no body is found.
    pub(crate) fn find(&mut self, picture: &Picture, face: &Rect) -> Result<Option<Seen>, AnalysisFault> {
        let Some(region) = self.detect(picture, face)? else {
            return Ok(None);
        };
        let Some(first) = self.look(picture, region)? else {
            return Ok(None);
        };
        self.look(picture, first.next)
    }

    /// The region of the person a face belongs to.
    pub(crate) fn detect(&mut self, picture: &Picture, face: &Rect) -> Result<Option<Region>, AnalysisFault> {
        let whole = Part::whole(picture);
        let Some(input) = Letterbox::fit(&mut self.resizer, picture, whole, 0, DETECTOR_SIZE) else {
            return Ok(None);
        };
        let size = DETECTOR_SIZE as usize;
        let outputs = ["Identity", "Identity_1"];
        let [boxes, scores] = self.detector.run(&[1, size, size, 3], &input.tensor, outputs)?;
        let expected = self.anchors.len();
        if scores.len() != expected || boxes.len() != expected * DETECTOR_NUMBERS {
            let found = scores.len() + boxes.len();
            return Err(self.detector.wrong_size(expected * (DETECTOR_NUMBERS + 1), found));
        }
        let mut order: Vec<usize> = (0..expected)
            .filter(|&i| probability(scores[i]) >= LEAST_SCORE)
            .collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        order.truncate(CANDIDATES);
        let place = |index: usize, at: usize| {
            let (anchor, numbers) = (self.anchors[index], &boxes[index * DETECTOR_NUMBERS..]);
            let unit = DETECTOR_SIZE as f32;
            input.to_picture(numbers[at] / unit + anchor.x, numbers[at + 1] / unit + anchor.y)
        };
        // The box of a person lies around the face: nearest first, surer first among equals.
        let cost = |index: usize| {
            place(index, 0).distance(face.centre()) / face.width.max(1.0) - probability(scores[index])
        };
        let best = order.into_iter().min_by(|&a, &b| cost(a).total_cmp(&cost(b)));
        Ok(best.map(|index| around(place(index, 4), place(index, 6))))
    }

    /// Places the body's landmarks in a region; `None` when there is no body in it.
    pub(crate) fn look(&mut self, picture: &Picture, region: Region) -> Result<Option<Seen>, AnalysisFault> {
        if !region.is_usable() {
            return Ok(None);
        }
        region.sample(picture, SIZE, Beyond::Black, &mut self.input);
        let outputs = ["Identity", "Identity_1"];
        let [marks, presence] = self.landmarks.run(&[1, SIZE, SIZE, 3], &self.input, outputs)?;
        if marks.len() != LANDMARKS * NUMBERS || presence.len() != 1 {
            let found = marks.len() + presence.len();
            return Err(self.landmarks.wrong_size(LANDMARKS * NUMBERS + 1, found));
        }
        if presence[0] < LEAST_PRESENCE || marks.iter().any(|value| !value.is_finite()) {
            return Ok(None);
        }
        let mark = |index: usize| &marks[index * NUMBERS..(index + 1) * NUMBERS];
        let place =
            |index: usize| region.to_picture(mark(index)[0] / SIZE as f32, mark(index)[1] / SIZE as f32);
        let visibility = |index: usize| probability(mark(index)[3]);
        let shoulders = Shoulders {
            right: place(RIGHT_SHOULDER),
            left: place(LEFT_SHOULDER),
            visibility: visibility(RIGHT_SHOULDER).min(visibility(LEFT_SHOULDER)),
        };
        let joint = |index: usize| Joint {
            at: place(index),
            visibility: visibility(index),
        };
        Ok(Some(Seen {
            shoulders,
            limbs: Limbs {
                elbows: ELBOWS.map(joint),
                hands: std::array::from_fn(|i| joint(FIRST_OF_HANDS + i)),
            },
            next: around(place(REGION_CENTRE), place(REGION_END)),
        }))
    }
}

/// The upright square around the circle through `end` about `centre`, a quarter larger.
fn around(centre: Point, end: Point) -> Region {
    Region {
        centre,
        side: 2.0 * 1.25 * centre.distance(end),
        angle: FRAC_PI_2 - (centre.y - end.y).atan2(end.x - centre.x),
    }
}
