//! No clipped skin (ISO/IEC 29794-5 OverExposurePrevention): share of the face.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "clipping",
    unit: "ratio",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let clipped = scene.light()?.clipped;
    let limit = scene.limits.clipping.limit;
    let verdict = limit.above(clipped, scene.was(CHECK.id));
    Ok(Finding::most(clipped, limit.fail, verdict, Instruction::TooBright).spread(limit.dead_band))
}
