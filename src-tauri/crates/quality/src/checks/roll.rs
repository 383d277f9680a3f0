//! Tilt of the head (ISO/IEC 29794-5 HeadPoseRoll), degrees; positive clockwise in the picture. The
//! national standard forbids turning the picture, so it is a gate at the camera.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "roll",
    unit: "deg",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let roll = scene.face()?.pose.roll;
    let limit = scene.limits.roll.limit;
    let verdict = limit.above(roll.abs(), scene.was(CHECK.id));
    Ok(Finding::between(roll, -limit.fail, limit.fail, verdict, Instruction::Roll).spread(limit.dead_band))
}
