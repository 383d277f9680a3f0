//! Mouth closed, no teeth (ISO/IEC 29794-5 MouthClosed): gap of the inner lips over the eye-chin distance.

use crate::check::{Check, Finding, graver, milder};
use crate::code::{Instruction, Reason};
use crate::colour::{Lab, lab};
use crate::face_patch::{FacePatch, INTER_EYE};
use crate::limits::Mouth;
use crate::mesh;
use crate::region::Brush;
use crate::scene::Scene;
use crate::statistics::median;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "mouth",
    unit: "ratio",
    measure,
};

/// Fewest pixels of the mouth's opening and of the lips for teeth to be looked for.
const LEAST_OPENING: usize = 60;
const LEAST_LIPS: usize = 30;

/// Lips of two colours read as a small gap without any teeth: the strict limit holds only with teeth.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let face = scene.face()?;
    let rule = &scene.limits.mouth;
    let was = scene.was(CHECK.id);
    let apart = |i: usize, j: usize| face.landmarks[i].point().distance(face.landmarks[j].point());
    let gap = apart(13, 14).max(apart(82, 87)).max(apart(312, 317)) / mesh::eye_chin(face).max(1.0);
    let teeth = rule.teeth.above(teeth_area(scene.face_patch()?, rule), was);
    let with_teeth = milder(teeth, rule.with_teeth.above(gap, was));
    let verdict = graver(rule.limit.above(gap, was), with_teeth);
    let most = if teeth == Verdict::Fail {
        rule.with_teeth.fail
    } else {
        rule.limit.fail
    };
    Ok(Finding::most(gap, most, verdict, Instruction::Teeth).spread(rule.limit.dead_band))
}

/// Area between the lips that is lighter and less red than the lips, square inter-eye distances.
fn teeth_area(patch: &FacePatch, rule: &Mouth) -> f32 {
    let opening = patch.region(mesh::INNER_LIPS);
    let lips = patch.region(mesh::LIPS).without(&opening.grown(Brush::Disc(2)));
    if opening.count() <= LEAST_OPENING || lips.count() <= LEAST_LIPS {
        return 0.0;
    }
    let colours: Vec<Lab> = lips.pixels().map(|(x, y)| lab(patch.at(x, y))).collect();
    let middle = |f: fn(&Lab) -> f32| median(&mut colours.iter().map(f).collect::<Vec<_>>()).unwrap_or(0.0);
    let (light, red) = (
        middle(|c| c.l) + rule.teeth_lighter,
        middle(|c| c.a) - rule.teeth_less_red,
    );
    let teeth = opening
        .pixels()
        .map(|(x, y)| lab(patch.at(x, y)))
        .filter(|c| c.l > light && c.a < red);
    teeth.count() as f32 / (INTER_EYE * INTER_EYE)
}
