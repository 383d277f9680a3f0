//! Shoulders and chest in the picture (guide: half-length): the photo's lower edge must lie inside the
//! camera's picture, because below the shoulders the person goes on and nothing may be invented.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;
use domain::specification::Quantity;

pub(crate) const CHECK: Check = Check {
    id: "chest",
    unit: "px",
    measure,
};

/// Where the eyes lie at the lowest when the specification does not say, as a share of the photo's height.
const EYES: f32 = 0.47;

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
    let lowest_eyes = spec.range(Quantity::Eyes).map_or(EYES * height, |eyes| eyes.max);
    let room_above = !framing.crown_cut && scene.face()?.eyes().y * framing.scale > lowest_eyes;
    let help = if room_above {
        Instruction::CrownLow
    } else {
        Instruction::ChestCut
    };
    Ok(Finding::least(end, height, verdict, help))
}
