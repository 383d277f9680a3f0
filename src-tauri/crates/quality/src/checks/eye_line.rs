//! Eye line to the photo's top edge (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "eye_line",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let framing = scene.framing()?;
    let range = scene.specification.eyes_px;
    let misfit = framing.misfit(scene.specification);
    let help = (
        misfit.unwrap_or(Instruction::CrownHigh),
        misfit.unwrap_or(Instruction::CrownLow),
    );
    Ok(band::judge(
        scene,
        CHECK.id,
        framing.eyes_px,
        (range.min, range.max),
        help,
    ))
}
