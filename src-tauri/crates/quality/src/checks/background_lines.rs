//! No lines, seams or objects on the background: share of the wall on steep slopes.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "background_lines",
    unit: "ratio",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let value = scene.wall()?.lines;
    let limit = scene.limits.background_lines.limit;
    let verdict = limit.above(value, scene.was(CHECK.id));
    Ok(Finding::most(value, limit.fail, verdict, Instruction::BackdropUneven).spread(limit.dead_band))
}
