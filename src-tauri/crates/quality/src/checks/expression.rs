//! Natural expression (guide; ISO/IEC 29794-5 ExpressionNeutrality): how far the corners of the mouth are drawn back.
//!
//! The muscle that smiles (zygomaticus major) pulls the corners back along the teeth before it lifts them or opens
//! the lips, and how far they lie behind the cheeks differs little between people at rest: 0.033 ± 0.014
//! inter-eye distances on 37 neutral faces, 0.082 on the same people smiling. The smile score of the blendshapes,
//! which sees the lift, is the second sign. That of pursed lips is not used: it fires on full lips of two colours.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::face::{Face, HeadPose, Landmark};
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "expression",
    unit: "IED",
    measure,
};

/// Numbers of `expression`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expression {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the depth of the mouth's corners behind the cheeks, inter-eye distances.
    pub limit: Limit,
    /// Limit on the mean of both smile scores, 0..=1.
    pub smile: Limit,
    /// Not assessed beyond this yaw, degrees: one corner is hidden.
    pub most_yaw: f32,
}

/// Corners of the mouth and the cheeks beside the nose, the subject's right and left.
const CORNERS: [usize; 2] = [61, 291];
const CHEEKS: [usize; 2] = [205, 425];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let rule = &scene.limits.expression;
    if face.pose.yaw.abs() > rule.most_yaw {
        return Err(Reason::HeadTurned);
    }
    let was = scene.was(CHECK.id);
    let score = |name: &str| face.blendshape(name).ok_or(Reason::NoMesh);
    let smiling = f32::midpoint(score("mouthSmileLeft")?, score("mouthSmileRight")?);
    let depth = retraction(face);
    let smile = rule.smile.above(smiling, was);
    let verdict = graver(rule.limit.above(depth, was), smile);
    // A smile is a hint at most: a closed one is accepted by most reviewers.
    let verdict = if verdict == Verdict::Fail {
        Verdict::Warn
    } else {
        verdict
    };
    Ok(Finding::most(depth, rule.limit.warn, verdict, Instruction::Expression).spread(rule.limit.dead_band))
}

/// Depth of the mouth's corners behind the cheeks along the head's own forward axis, inter-eye distances.
fn retraction(face: &Face) -> f32 {
    let axis = forward(face.pose);
    let depth = |landmarks: [usize; 2]| {
        let behind = |l: &Landmark| -(l.x * axis[0] + l.y * axis[1] + l.z * axis[2]);
        landmarks.iter().map(|i| behind(&face.landmarks[*i])).sum::<f32>() / 2.0
    };
    (depth(CORNERS) - depth(CHEEKS)) / face.inter_eye_distance()
}

/// Where the face looks, in picture axes: right, down, away from the camera.
fn forward(pose: HeadPose) -> [f32; 3] {
    let (yaw, pitch, roll) = (
        pose.yaw.to_radians(),
        pose.pitch.to_radians(),
        pose.roll.to_radians(),
    );
    let (x, y) = (yaw.sin() * pitch.cos(), -pitch.sin());
    [
        x * roll.cos() - y * roll.sin(),
        x * roll.sin() + y * roll.cos(),
        -yaw.cos() * pitch.cos(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::geometry::Rect;

    /// A face with eyes 100 apart whose mouth corners lie `back` behind the cheeks, turned by a yaw.
    fn face(back: f32, yaw: f32) -> Face {
        let mut all = vec![(0.0, 0.0, 0.0); 478];
        for (i, x) in [(33, -50.0), (133, -50.0), (362, 50.0), (263, 50.0)] {
            all[i] = (x, 0.0, 0.0);
        }
        for (i, x, y, z) in [
            (61, -40.0, 110.0, back),
            (291, 40.0, 110.0, back),
            (205, -60.0, 66.0, 0.0),
            (425, 60.0, 66.0, 0.0),
        ] {
            all[i] = (x, y, z);
        }
        let (s, c) = yaw.to_radians().sin_cos();
        // Turning the nose to the picture's right brings its right side away from the camera.
        let turned = |(x, y, z): (f32, f32, f32)| Landmark {
            x: 500.0 + x * c - z * s,
            y: 500.0 + y,
            z: x * s + z * c,
        };
        Face {
            bounds: Rect::new(0.0, 0.0, 1.0, 1.0),
            presence: 1.0,
            landmarks: all.into_iter().map(turned).collect(),
            blendshapes: Vec::new(),
            pose: HeadPose {
                yaw,
                pitch: 0.0,
                roll: 0.0,
            },
        }
    }

    #[test]
    fn the_depth_is_read_whichever_way_the_head_is_turned() {
        for yaw in [-12.0, 0.0, 12.0] {
            for back in [0.0, 5.0, 10.0] {
                let read = retraction(&face(back, yaw));
                assert!(
                    (read - back / 100.0).abs() < 2e-3,
                    "{back} at {yaw} degrees reads {read}"
                );
            }
        }
    }
}
