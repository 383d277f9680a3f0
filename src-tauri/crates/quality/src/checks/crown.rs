//! Crown to the photo's top edge (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "crown",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let framing = scene.framing()?;
    let crown = framing.crown_px.ok_or(Reason::NoMask)?;
    let range = scene.specification.crown_px;
    let misfit = framing.misfit(scene.specification);
    let help = (
        misfit.unwrap_or(Instruction::CrownHigh),
        misfit.unwrap_or(Instruction::CrownLow),
    );
    let found = band::judge(scene, CHECK.id, crown, (range.min, range.max), help);
    if framing.crown_cut {
        // Where the head really ends is unknown, so the number says nothing.
        return Ok(Finding {
            verdict: Verdict::Fail,
            help: Instruction::CrownHigh,
            ..found
        });
    }
    Ok(found)
}
