//! Nod of the head (ISO/IEC 29794-5 HeadPosePitch), degrees from level; positive when the nose points up.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::Pitch;
use crate::scene::Scene;
use domain::face::DetectedFace;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "pitch",
    unit: "deg",
    measure,
};

/// The reading carries the face's own shape, so a failure needs the ears of the detector, an independent
/// network, to say the same.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let pose = scene.face()?.pose;
    let rule = &scene.limits.pitch;
    if pose.yaw.abs() > rule.most_yaw {
        return Err(Reason::HeadTurned);
    }
    let pitch = pose.pitch - rule.level_reading;
    let ears = scene
        .analysis
        .faces
        .first()
        .map_or(0.0, |found| ear_pitch(found, pose.yaw, rule));
    let agreed = ears * pitch > 0.0 && ears.abs() > rule.ear_least;
    let mut verdict = rule.limit.above(pitch.abs(), scene.was(CHECK.id));
    if verdict == Verdict::Fail && !agreed {
        verdict = Verdict::Warn;
    }
    let help = if pitch > 0.0 {
        Instruction::PitchUp
    } else {
        Instruction::PitchDown
    };
    Ok(
        Finding::between(pitch, -rule.limit.fail, rule.limit.fail, verdict, help)
            .spread(rule.limit.dead_band),
    )
}

/// Degrees from level by the height of the ears below the eyes, positive when the nose points up.
fn ear_pitch(face: &DetectedFace, yaw: f32, rule: &Pitch) -> f32 {
    let [right_eye, left_eye, _, _, right_ear, left_ear] = face.keypoints;
    let apart = right_eye.distance(left_eye);
    if apart < 1.0 {
        return 0.0;
    }
    let along = (
        (left_eye.x - right_eye.x) / apart,
        (left_eye.y - right_eye.y) / apart,
    );
    let (eyes, ears) = (right_eye.middle(left_eye), right_ear.middle(left_ear));
    let below = (ears.y - eyes.y) * along.0 - (ears.x - eyes.x) * along.1;
    let height = below / (apart / yaw.to_radians().cos().max(0.5));
    (height - rule.ear_level) / rule.ear_per_degree
}
