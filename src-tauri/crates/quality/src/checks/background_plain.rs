//! Background plain (guide: a clean wall): 90th percentile of its distance from an even gradient, ΔE76.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "background_plain",
    unit: "ΔE",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let value = scene.wall()?.residual;
    let limit = scene.limits.background_plain.limit;
    let verdict = limit.above(value, scene.was(CHECK.id));
    Ok(Finding::most(value, limit.fail, verdict, Instruction::BackdropUneven).spread(limit.dead_band))
}
