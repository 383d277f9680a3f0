//! Eyes open, both (ISO/IEC 29794-5 EyesOpen): aspect ratio of the smaller eye.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::mesh;
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "eyes_open",
    unit: "ratio",
    measure,
};

/// A narrow eye is an open eye: a blink must show in the ratio, or in the blink score together with a
/// small ratio. Motion blur closes eyes on paper, so a blurred face is not assessed.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    scene.needs_sharpness()?;
    let rule = &scene.limits.eyes_open;
    let was = scene.was(CHECK.id);
    let ratio = mesh::eye_ratio(face);
    let blink = ["eyeBlinkLeft", "eyeBlinkRight"]
        .iter()
        .filter_map(|name| face.blendshape(name))
        .reduce(f32::max)
        .map_or(Verdict::Pass, |score| rule.blink.above(score, was));
    let blinking = blink == Verdict::Fail;
    let by_blink = match blink {
        Verdict::Fail if ratio < rule.blinking_ratio => Verdict::Fail,
        Verdict::Pass => Verdict::Pass,
        _ => Verdict::Warn,
    };
    let verdict = graver(rule.limit.below(ratio, was), by_blink);
    let least = if blinking {
        rule.blinking_ratio
    } else {
        rule.limit.fail
    };
    Ok(Finding::least(ratio, least, verdict, Instruction::EyesClosed).spread(rule.limit.dead_band))
}
