//! Brows not raised and not drawn together (guide: natural expression): the larger blendshape score.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "brow_raise",
    unit: "ratio",
    measure,
};

/// Blendshapes of brows that go up, and of brows that are drawn down.
const UP: [&str; 3] = ["browInnerUp", "browOuterUpLeft", "browOuterUpRight"];
const DOWN: [&str; 2] = ["browDownLeft", "browDownRight"];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let limit = scene.limits.brow_raise.limit;
    let up = UP
        .iter()
        .filter_map(|name| face.blendshape(name))
        .reduce(f32::max);
    // Drawn down on one side alone is how many brows lie at rest, so both count.
    let down = DOWN.iter().filter_map(|name| face.blendshape(name)).sum::<f32>() / 2.0;
    let value = up.ok_or(Reason::NoMesh)?.max(down);
    let moved = limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if moved { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, limit.warn, verdict, Instruction::BrowsRaised).spread(limit.dead_band))
}
