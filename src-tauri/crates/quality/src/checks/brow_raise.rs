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
const BROWS: [&str; 5] = [
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "browDownLeft",
    "browDownRight",
];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let limit = scene.limits.brow_raise.limit;
    let scores = BROWS.iter().filter_map(|name| face.blendshape(name));
    let value = scores.reduce(f32::max).ok_or(Reason::NoMesh)?;
    let moved = limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if moved { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, limit.warn, verdict, Instruction::BrowsRaised).spread(limit.dead_band))
}
