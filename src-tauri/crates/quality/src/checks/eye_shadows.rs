//! No shadows under eyes and nose (guide: no shadows on the face): cheeks against the darker of both, stops. Dark rings
//! are the sitter's own and reach a stop, so the limit lies beyond them and it only warns.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::face_light::middle_light;
use crate::mesh;
use crate::region::Brush;
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "eye_shadows",
    unit: "stops",
    measure,
};

const UNDER_EYES: [[usize; 7]; 2] = [
    [31, 228, 229, 230, 231, 232, 121],
    [261, 448, 449, 450, 451, 452, 350],
];
const UNDER_NOSE: [usize; 6] = [2, 97, 167, 164, 393, 326];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let limit = scene.limits.shadows.under;
    let patch = scene.face_patch()?;
    let cheeks = patch
        .region(mesh::RIGHT_CHEEK)
        .joined(&patch.region(mesh::LEFT_CHEEK));
    let cheeks = middle_light(patch, &cheeks).ok_or(Reason::FaceCut)?;
    let eyes = patch.region(UNDER_EYES[0]).joined(&patch.region(UNDER_EYES[1]));
    let eyes = middle_light(patch, &eyes.grown(Brush::Disc(1)));
    let nose = middle_light(patch, &patch.region(UNDER_NOSE));
    let darker = [eyes, nose]
        .into_iter()
        .flatten()
        .reduce(f32::min)
        .ok_or(Reason::FaceCut)?;
    let value = ((cheeks + 0.002) / (darker + 0.002)).log2();
    let deep = limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if deep { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, limit.warn, verdict, Instruction::LightAbove).spread(limit.dead_band))
}
