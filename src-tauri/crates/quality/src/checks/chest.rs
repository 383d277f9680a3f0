//! Shoulders and chest in the picture (guide: half-length): the photo's lower edge must lie inside the
//! camera's picture, because below the shoulders the person goes on and nothing may be invented.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "chest",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let framing = scene.framing()?;
    let spec = scene.specification;
    let height = spec.height_px as f32;
    let end = framing.source_end_px;
    let verdict = if end >= height - 0.5 {
        Verdict::Pass
    } else {
        Verdict::Fail
    };
    // With unused room above the head it is enough to sit up.
    let room_above = !framing.crown_cut && scene.face()?.eyes().y * framing.scale > spec.eyes_px.max;
    let help = if room_above {
        Instruction::CrownLow
    } else {
        Instruction::ChestCut
    };
    Ok(Finding::least(end, height, verdict, help))
}
