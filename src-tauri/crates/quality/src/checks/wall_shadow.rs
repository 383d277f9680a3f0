//! No shadow on the wall beside the head (guide: about a metre from the wall), stops.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "wall_shadow",
    unit: "stops",
    measure,
};

/// Needs, on one side at least, wall both next to the head and further out.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let shadow = scene.wall()?.shadow.ok_or(Reason::NoWall)?;
    let limit = scene.limits.wall_shadow.limit;
    let verdict = limit.above(shadow, scene.was(CHECK.id));
    Ok(Finding::most(shadow, limit.fail, verdict, Instruction::WallShadow).spread(limit.dead_band))
}
