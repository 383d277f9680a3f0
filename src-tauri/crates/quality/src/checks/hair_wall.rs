//! Hair that stands out from the wall: median step of colour across the head's outline, ΔE00. Nobody can change it at the
//! desk but by another wall, so it only warns.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "hair_wall",
    unit: "ΔE",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let contrast = scene.outline()?.hair.ok_or(Reason::NoWall)?;
    let limit = scene.limits.hair_wall.limit;
    let low = limit.below(contrast.median, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if low { Verdict::Warn } else { Verdict::Pass };
    Ok(
        Finding::least(contrast.median, limit.warn, verdict, Instruction::BackdropUneven)
            .spread(limit.dead_band),
    )
}
