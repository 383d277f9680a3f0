//! Width of the face between the outer edges of the cheeks, in photo pixels (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "face_width",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let width = scene.framing()?.face_width_px;
    let range = scene.specification.face_width_px;
    let help = (Instruction::TooSmall, Instruction::TooLarge);
    Ok(band::judge(scene, CHECK.id, width, (range.min, range.max), help))
}
