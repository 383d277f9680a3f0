//! Crown to the photo's top edge (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;
use domain::specification::Quantity;

pub(crate) const CHECK: Check = Check {
    id: "crown",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let found = band::row(scene, CHECK.id, Quantity::Crown)?;
    if scene.framing()?.crown_cut {
        // Where the head really ends is unknown, so the number says nothing.
        return Ok(Finding {
            verdict: Verdict::Fail,
            help: Instruction::CrownHigh,
            ..found
        });
    }
    Ok(found)
}
