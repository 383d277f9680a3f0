//! Background even (guide: no shadow): range of lightness over the cells of a grid.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "background_even",
    unit: "L*",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let value = scene.wall()?.lightness_range;
    let limit = scene.limits.background_even.limit;
    let verdict = limit.above(value, scene.was(CHECK.id));
    Ok(Finding::most(value, limit.fail, verdict, Instruction::BackdropUneven).spread(limit.dead_band))
}
