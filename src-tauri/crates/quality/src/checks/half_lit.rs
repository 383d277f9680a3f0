//! No half-lit face (guide: 阴阳脸): right cheek over left cheek, stops; positive when the subject's right
//! is the brighter one. The standard's IlluminationUniformity is nearly a switch at half a stop and is
//! not used.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "half_lit",
    unit: "stops",
    measure,
};

/// Keeps black cheeks finite; a thousandth of white.
const FLOOR: f32 = 0.002;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.half_lit;
    if scene.face()?.pose.yaw.abs() > rule.most_yaw {
        return Err(Reason::HeadTurned);
    }
    let light = scene.light()?;
    let (right, left) = (
        light.right_cheek.ok_or(Reason::FaceCut)?,
        light.left_cheek.ok_or(Reason::FaceCut)?,
    );
    let stops = ((right + FLOOR) / (left + FLOOR)).log2();
    let verdict = rule.limit.above(stops.abs(), scene.was(CHECK.id));
    Ok(Finding::between(
        stops,
        -rule.limit.fail,
        rule.limit.fail,
        verdict,
        Instruction::HalfLit,
    )
    .spread(rule.limit.dead_band))
}
