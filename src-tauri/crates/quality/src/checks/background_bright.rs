//! Background bright (guide: a white wall in good light): median lightness of the wall.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "background_bright",
    unit: "L*",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let value = scene.wall()?.lightness;
    let limit = scene.limits.background_bright.limit;
    let verdict = limit.below(value, scene.was(CHECK.id));
    Ok(Finding::least(value, limit.fail, verdict, Instruction::BackdropDark).spread(limit.dead_band))
}
