//! No mask over the face (national specification): colour of the cheeks against that of the nose root, which no mask
//! covers. Beards do not fire: the cheeks that are read lie above them.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::colour::Lab;
use crate::head_patch::HeadPatch;
use crate::limits::{Confidence, Limit};
use crate::mesh;
use crate::region::{Brush, Region};
use crate::scene::Scene;
use crate::skin::Skin;
use crate::statistics::median;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "face_mask",
    unit: "ΔE",
    measure,
};

/// Numbers of `face_mask`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceMask {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the distance of cheeks and nose root in a*b*.
    pub limit: Limit,
    /// The same with lightness, ΔE00: a grey mask has no colour of its own.
    pub with_lightness: f32,
    /// Share of the upper face that must be unlike the cheeks as well.
    pub upper_unlike: f32,
}

const NOSE_ROOT: [usize; 5] = [168, 122, 196, 419, 351];
/// The face above a mask: temples, brows, nose root.
const UPPER: [usize; 25] = [
    234, 127, 162, 21, 54, 68, 70, 53, 52, 55, 285, 282, 283, 300, 298, 284, 251, 389, 356, 454, 425, 327, 2,
    98, 205,
];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.face_mask;
    let chroma = scene.light()?.chroma;
    if chroma < scene.limits.colour_trust.least_chroma {
        return Err(Reason::ColourUnreliable);
    }
    let patch = scene.head_patch()?;
    let skin = scene.skin()?;
    let cheeks = patch
        .region(mesh::RIGHT_CHEEK)
        .joined(&patch.region(mesh::LEFT_CHEEK));
    let cheeks = middle(patch, &cheeks).ok_or(Reason::FaceCut)?;
    let root = middle(patch, &patch.region(NOSE_ROOT)).ok_or(Reason::FaceCut)?;
    let value = (cheeks.a - root.a).hypot(cheeks.b - root.b);
    let covered = rule.limit.above(value, scene.was(CHECK.id)) == Verdict::Fail
        || cheeks.delta_e_2000(root) > rule.with_lightness;
    let verdict = if covered && unlike(patch, skin) > rule.upper_unlike {
        Verdict::Fail
    } else {
        Verdict::Pass
    };
    Ok(Finding::most(value, rule.limit.fail, verdict, Instruction::FaceCovered).spread(rule.limit.dead_band))
}

fn middle(patch: &HeadPatch, region: &Region) -> Option<Lab> {
    let channel = |f: fn(Lab) -> f32| {
        median(
            &mut region
                .pixels()
                .map(|(x, y)| f(patch.colour(x, y)))
                .collect::<Vec<_>>(),
        )
    };
    Some(Lab {
        l: channel(|c| c.l)?,
        a: channel(|c| c.a)?,
        b: channel(|c| c.b)?,
    })
}

/// Share of the upper face without eyes that has another colour than the cheeks.
fn unlike(patch: &HeadPatch, skin: &Skin) -> f32 {
    let upper = patch
        .region(UPPER)
        .without(&patch.region(mesh::RIGHT_EYE).grown(Brush::Disc(14)))
        .without(&patch.region(mesh::LEFT_EYE).grown(Brush::Disc(14)));
    let other = upper.pixels().filter(|(x, y)| !skin.is_skin(*x, *y)).count();
    other as f32 / upper.count().max(1) as f32
}
