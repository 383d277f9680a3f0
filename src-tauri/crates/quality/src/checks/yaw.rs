//! Turn of the head (ISO/IEC 29794-5 HeadPoseYaw), degrees; positive to the picture's right.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "yaw",
    unit: "deg",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let yaw = scene.face()?.pose.yaw;
    let limit = scene.limits.yaw.limit;
    let verdict = limit.above(yaw.abs(), scene.was(CHECK.id));
    Ok(Finding::between(yaw, -limit.fail, limit.fail, verdict, Instruction::Yaw).spread(limit.dead_band))
}
