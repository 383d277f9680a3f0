//! Turn of the head (ISO/IEC 29794-5 HeadPoseYaw), degrees; positive to the picture's right.

use crate::check::{Check, Finding, Pace};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Force;

pub(crate) const CHECK: Check = Check {
    id: "yaw",
    unit: "deg",
    force: Force::Gate,
    pace: Pace::Frame,
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let yaw = scene.face()?.pose.yaw;
    let limit = scene.limits.yaw.limit;
    let verdict = limit.above(yaw.abs(), scene.was(CHECK.id));
    Ok(Finding::between(
        yaw,
        -limit.fail,
        limit.fail,
        verdict,
        Instruction::Yaw,
    ))
}
