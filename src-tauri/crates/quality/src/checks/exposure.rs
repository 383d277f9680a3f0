//! Bright enough, by the white of the eye: the lightness of skin itself must never gate, because it
//! is the sitter's own.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "exposure",
    unit: "L*",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let light = scene.light()?;
    let anchor = light
        .eye_white
        .map_or(light.brightest_skin, |white| white.l.max(light.brightest_skin));
    let limit = scene.limits.exposure.limit;
    let verdict = limit.below(anchor, scene.was(CHECK.id));
    Ok(Finding::least(anchor, limit.fail, verdict, Instruction::TooDark).spread(limit.dead_band))
}
