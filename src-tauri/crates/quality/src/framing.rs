//! Where the head lies in the photo to be, in photo pixels: in the guide on live frames, in the best
//! possible crop on the still. Same unit, same bands.

use crate::code::{Instruction, Reason};
use crate::crown::Crown;
use crate::room::{Crop, Head};
use crate::rules::Rules;
use crate::scene::Scene;
use domain::face::{Face, FaceAnalysis};
use domain::geometry::{Point, guide};
use domain::picture::Picture;
use domain::quality::Stage;
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The framing numbers of one picture; the bands they must lie in are the photo specification's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Framing {
    /// Face width, photo pixels.
    pub face_width_px: f32,
    /// Crown to the photo's top edge, photo pixels; `None` without a person mask.
    pub crown_px: Option<f32>,
    /// True when the head touches the camera picture's upper border.
    pub crown_cut: bool,
    /// Eye line to the photo's top edge, photo pixels.
    pub eyes_px: f32,
    /// Distance of the face's axis from the photo's middle, photo pixels; positive when the face lies
    /// to the picture's right, which is the sitter's left.
    pub off_centre_px: f32,
    /// Largest distance from the middle that is accepted here, photo pixels.
    pub off_centre_max_px: f32,
    /// Row of the photo at which the camera's picture ends; at least the photo's height, or the chest
    /// is cut.
    pub source_end_px: f32,
    /// Inter-eye distance in source pixels.
    pub inter_eye_px: f32,
    /// Photo pixels a source pixel.
    pub scale: f32,
}

impl Framing {
    /// Measures the framing of one picture for the panel; `None` when there is no face.
    pub fn measure(
        stage: Stage,
        picture: &Picture,
        analysis: &FaceAnalysis,
        specification: &PhotoSpecification,
        rules: &Rules,
    ) -> Option<Self> {
        Scene::new(stage, picture, analysis, specification, rules, None)
            .framing()
            .ok()
            .copied()
    }

    pub(crate) fn of(scene: &Scene<'_>) -> Result<Self, Reason> {
        let face = scene.face()?;
        let spec = scene.specification;
        let size = (scene.picture.width() as f32, scene.picture.height() as f32);
        let person = scene.analysis.person.as_ref();
        let crown =
            person.and_then(|mask| Crown::find(face, mask, scene.limits.framing.crown_most_face_widths));
        let cut = crown.is_some_and(|crown| crown.cut);
        let head = Head {
            crown: crown.map(|crown| crown.y),
            eyes: face.eyes().y,
            axis: axis(face),
            width: face.width().max(1.0),
        };
        let (crop, off_centre_max_px) = match scene.stage {
            Stage::Live => {
                let guide = guide(
                    spec.width_px,
                    spec.height_px,
                    scene.picture.width(),
                    scene.picture.height(),
                );
                let scale = spec.width_px as f32 / guide.width;
                let beside = guide.x * scale;
                let slack = scene.limits.framing.live_centre_slack_px.min(beside);
                let crop = Crop {
                    scale,
                    left: beside,
                    top: guide.y * scale,
                };
                (crop, spec.centre_max_px + slack)
            }
            Stage::Still | Stage::Finished => {
                let touches = |x: f32| {
                    let low = (head.eyes + 1.5 * head.width).min(size.1 - 1.0);
                    let rows = (0..24).map(|i| low * i as f32 / 23.0);
                    person.is_some_and(|mask| rows.map(|y| mask.at(Point::new(x, y))).any(|p| p > 0.5))
                };
                let crop = Crop::best(&head, size, (touches(0.0), touches(size.0 - 1.0)), spec);
                (crop, spec.centre_max_px)
            }
        };
        let off_centre_px = crop.scale * head.axis - crop.left - spec.width_px as f32 / 2.0;
        Ok(Self {
            face_width_px: crop.scale * head.width,
            crown_px: head.crown.map(|crown| crop.scale * crown - crop.top),
            crown_cut: cut,
            eyes_px: crop.scale * head.eyes - crop.top,
            off_centre_px,
            off_centre_max_px,
            source_end_px: crop.scale * size.1 - crop.top,
            inter_eye_px: face.inter_eye_distance(),
            scale: crop.scale,
        })
    }

    /// When the head is too tall or too small for both bands at once, moving up or down cannot help.
    pub(crate) fn misfit(&self, spec: &PhotoSpecification) -> Option<Instruction> {
        let depth = self.eyes_px - self.crown_px?;
        if depth > spec.eyes_px.max - spec.crown_px.min {
            Some(Instruction::TooLarge)
        } else if depth < spec.eyes_px.min - spec.crown_px.max {
            Some(Instruction::TooSmall)
        } else {
            None
        }
    }
}

/// Column of the middle between the outer edges of the cheeks.
pub(crate) fn axis(face: &Face) -> f32 {
    face.landmarks[234].point().middle(face.landmarks[454].point()).x
}
