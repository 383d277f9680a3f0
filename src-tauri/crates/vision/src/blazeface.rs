//! The face detectors BlazeFace, short and full range.

use crate::anchors::{anchors, probability};
use crate::detection::{groups, weighted_mean};
use crate::letterbox::Letterbox;
use crate::models::Models;
use crate::session::Network;
use crate::shrink::Part;
use domain::face::DetectedFace;
use domain::geometry::{Point, Rect};
use domain::picture::Picture;
use domain::port::AnalysisFault;
use fast_image_resize::Resizer;

/// Answers below this score are not looked at.
const LEAST_SCORE: f32 = 0.5;
/// Answers of one pass that overlap more than this are one face.
const SAME_FACE: f32 = 0.3;
/// Numbers an anchor: x, y, width, height and six points.
const NUMBERS: usize = 16;

/// One of the two detectors.
pub(crate) struct BlazeFace {
    network: Network,
    size: u32,
    anchors: Vec<Point>,
    outputs: [&'static str; 2],
}

impl BlazeFace {
    /// For faces wider than about a tenth of the picture; about 1 ms.
    pub(crate) fn short_range(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: models.live_network("blazeface_short")?,
            size: 128,
            anchors: anchors(&[(16, 2), (8, 6)]),
            outputs: ["regressors", "classificators"],
        })
    }

    /// For small faces too; about 3 ms.
    pub(crate) fn full_range(models: &Models) -> Result<Self, AnalysisFault> {
        Ok(Self {
            network: models.live_network("blazeface_full")?,
            size: 192,
            anchors: anchors(&[(48, 1)]),
            outputs: ["reshaped_regressor_face_4", "reshaped_classifier_face_4"],
        })
    }

    /// The faces in a part of the picture with `margin` pixels of repeated edge around it, best first.
    pub(crate) fn detect(
        &mut self,
        resizer: &mut Resizer,
        picture: &Picture,
        part: Part,
        margin: u32,
    ) -> Result<Vec<DetectedFace>, AnalysisFault> {
        let Some(input) = Letterbox::fit(resizer, picture, part, margin, self.size) else {
            return Ok(Vec::new());
        };
        let size = self.size as usize;
        let [boxes, scores] = self
            .network
            .run(&[1, size, size, 3], &input.tensor, self.outputs)?;
        let expected = self.anchors.len();
        if scores.len() != expected || boxes.len() != expected * NUMBERS {
            return Err(self
                .network
                .wrong_size(expected * (NUMBERS + 1), scores.len() + boxes.len()));
        }
        let found = boxes
            .chunks_exact(NUMBERS)
            .zip(&scores)
            .zip(&self.anchors)
            .filter_map(|((numbers, logit), anchor)| {
                let score = probability(*logit);
                (score > LEAST_SCORE).then(|| decoded(numbers, *anchor, score, self.size as f32, &input))
            })
            .collect();
        Ok(groups(found, SAME_FACE)
            .iter()
            .filter_map(|group| weighted_mean(group))
            .collect())
    }
}

/// A face from the sixteen numbers of one anchor, which are in input pixels relative to it.
fn decoded(numbers: &[f32], anchor: Point, score: f32, size: f32, input: &Letterbox) -> DetectedFace {
    let (x, y) = (numbers[0] / size + anchor.x, numbers[1] / size + anchor.y);
    let (half_width, half_height) = (numbers[2] / size / 2.0, numbers[3] / size / 2.0);
    let upper = input.to_picture(x - half_width, y - half_height);
    let lower = input.to_picture(x + half_width, y + half_height);
    let keypoints = std::array::from_fn(|index| {
        let at = 4 + index * 2;
        input.to_picture(numbers[at] / size + anchor.x, numbers[at + 1] / size + anchor.y)
    });
    let bounds = Rect::new(
        upper.x,
        upper.y,
        (lower.x - upper.x).max(0.0),
        (lower.y - upper.y).max(0.0),
    );
    DetectedFace {
        bounds,
        score,
        keypoints,
    }
}
