//! Where the head lies in the photo to be, in photo pixels: in the guide on live frames, in the best possible crop on
//! the still. Same unit, same bands, and the crop is the one that the photo will have.

use crate::code::{Instruction, Reason};
use crate::rules::Rules;
use crate::scene::Scene;
use domain::face::{Face, FaceAnalysis};
use domain::geometry::{Point, guide};
use domain::picture::Picture;
use domain::quality::Stage;
use domain::specification::{PhotoSpecification, Quantity};
use framing::{CropPlan, Crown, Head};
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
    /// Chin to the photo's top edge, photo pixels.
    pub chin_px: f32,
    /// Distance between the centres of the eyes, photo pixels.
    pub eye_distance_px: f32,
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
        let crown = crown(scene, face, size);
        let row = crown.and_then(|crown| framing::crowns(&crown, spec).first().copied());
        let (crop, off_centre_max_px, row) = match scene.stage {
            Stage::Live => {
                let (crop, beside) = guided(scene);
                let slack = scene.limits.framing.live_centre_slack_px.min(beside);
                (crop, spec.centre_max_px + slack, row)
            }
            Stage::Still | Stage::Finished => {
                let person = scene.analysis.person.as_ref();
                let found = framing::plan(size, face, person, crown.as_ref(), spec);
                let crop = found.map_or_else(|refusal| refusal.best, |solution| solution.plan);
                (
                    crop,
                    spec.centre_max_px,
                    counted(crown.as_ref(), &crop, spec).or(row),
                )
            }
        };
        let head = Head::of(face, row);
        Ok(Self {
            face_width_px: crop.scale * head.face_width,
            crown_px: head.crown.map(|crown| crop.row(crown)),
            crown_cut: crown.is_some_and(|crown| crown.cut_off),
            eyes_px: crop.row(head.eyes),
            chin_px: crop.row(head.chin),
            eye_distance_px: crop.scale * head.eye_distance,
            off_centre_px: crop.column(head.axis) - spec.width_px as f32 / 2.0,
            off_centre_max_px,
            source_end_px: crop.row(size.1),
            inter_eye_px: face.inter_eye_distance(),
            scale: crop.scale,
        })
    }

    /// What a band is about, photo pixels; `None` where it hangs on a crown that was not found.
    pub(crate) fn value(&self, of: Quantity) -> Option<f32> {
        match of {
            Quantity::Crown => self.crown_px,
            Quantity::Eyes => Some(self.eyes_px),
            Quantity::Chin => Some(self.chin_px),
            Quantity::FaceWidth => Some(self.face_width_px),
            Quantity::HeadHeight => self.crown_px.map(|crown| self.chin_px - crown),
            Quantity::EyeDistance => Some(self.eye_distance_px),
        }
    }

    /// When the head is too tall or too small for two rows at once, moving up or down cannot help.
    pub(crate) fn misfit(&self, spec: &PhotoSpecification) -> Option<Instruction> {
        let rows = [Quantity::Crown, Quantity::Eyes, Quantity::Chin];
        let known = rows.map(|of| spec.range(of).zip(self.value(of)));
        for (i, upper) in known.iter().enumerate() {
            for lower in &known[i + 1..] {
                let (Some((upper, top)), Some((lower, low))) = (upper, lower) else {
                    continue;
                };
                if low - top > lower.max - upper.min {
                    return Some(Instruction::TooLarge);
                }
                if low - top < lower.min - upper.max {
                    return Some(Instruction::TooSmall);
                }
            }
        }
        None
    }
}

/// The top of the head in the person mask.
fn crown(scene: &Scene<'_>, face: &Face, (width, height): (f32, f32)) -> Option<Crown> {
    let person = scene.analysis.person.as_ref()?;
    let inside = |p: Point| p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height;
    framing::crown::measure(face, |p| if inside(p) { person.at(p) } else { 0.0 })
}

/// Of the rows that may stand for the crown the first that lies in its band in this crop.
fn counted(crown: Option<&Crown>, crop: &CropPlan, spec: &PhotoSpecification) -> Option<f32> {
    let band = spec.range(Quantity::Crown)?;
    let rows = framing::crowns(crown?, spec);
    // A crop that aims at the edge of the band meets it up to rounding.
    let near = |row: f32| (band.min - 0.1..=band.max + 0.1).contains(&crop.row(row));
    rows.into_iter().find(|row| near(*row))
}

/// The guide as a crop, and the photo pixels beside it.
fn guided(scene: &Scene<'_>) -> (CropPlan, f32) {
    let spec = scene.specification;
    let guide = guide(
        spec.width_px,
        spec.height_px,
        scene.picture.width(),
        scene.picture.height(),
    );
    let scale = spec.width_px as f32 / guide.width;
    let crop = CropPlan {
        scale,
        left: guide.x,
        top: guide.y,
        extended_top_px: 0,
        extended_left_px: 0,
        extended_right_px: 0,
    };
    (crop, guide.x * scale)
}
