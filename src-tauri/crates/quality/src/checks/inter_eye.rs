//! Inter-eye distance in source pixels (ISO/IEC 29794-5): how much of the face the camera resolves.

use crate::check::{Check, Finding, Pace};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Force;

pub(crate) const CHECK: Check = Check {
    id: "inter_eye",
    unit: "px",
    force: Force::Absolute,
    pace: Pace::Frame,
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let distance = scene.face()?.inter_eye_distance();
    let limit = scene.limits.inter_eye.limit;
    let verdict = limit.below(distance, scene.was(CHECK.id));
    Ok(Finding::least(
        distance,
        limit.fail,
        verdict,
        Instruction::TooSmall,
    ))
}
