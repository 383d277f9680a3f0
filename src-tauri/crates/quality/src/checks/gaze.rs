//! Looking at the lens: angle between gaze and camera, degrees; positive to the picture's right.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::mesh;
use crate::scene::Scene;
use domain::face::Face;

pub(crate) const CHECK: Check = Check {
    id: "gaze",
    unit: "deg",
    measure,
};

/// The iris against the middle of its eye's corners, as a turn of the eyeball, plus the turn of the head:
/// both cancel when a turned head looks at the lens.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let rule = &scene.limits.gaze;
    if mesh::eye_ratio(face) < rule.least_eye_ratio {
        return Err(Reason::EyesShut);
    }
    if face.inter_eye_distance() < rule.least_inter_eye_px {
        return Err(Reason::FewPixels);
    }
    scene.needs_sharpness()?;
    let eye = |iris, inner, outer| eye_turn(face, iris, inner, outer, rule.eye_distance_in_radii);
    let gaze = (eye(468, 133, 33) + eye(473, 362, 263)) / 2.0 + face.pose.yaw;
    let verdict = rule.limit.above(gaze.abs(), scene.was(CHECK.id));
    Ok(Finding::between(
        gaze,
        -rule.limit.fail,
        rule.limit.fail,
        verdict,
        Instruction::Gaze,
    )
    .spread(rule.limit.dead_band))
}

/// Turn of one eyeball in the head, degrees.
fn eye_turn(face: &Face, iris: usize, inner: usize, outer: usize, radii: f32) -> f32 {
    let at = |i: usize| face.landmarks[i].point();
    let (right, left) = (at(33), at(263));
    let apart = right.distance(left).max(1e-3);
    let along = ((left.x - right.x) / apart, (left.y - right.y) / apart);
    let (iris, middle) = (at(iris), at(inner).middle(at(outer)));
    let offset = (iris.x - middle.x) * along.0 + (iris.y - middle.y) * along.1;
    let turn = offset / face.inter_eye_distance() * radii / face.pose.yaw.to_radians().cos().max(0.5);
    turn.clamp(-1.0, 1.0).asin().to_degrees()
}
