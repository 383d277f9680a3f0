//! Light from above (guide: no shadows on the face): forehead against chin, stops. Beards and fringes read the same, so
//! the limits are wide and it only warns.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::face_light::middle_light;
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "light_top_down",
    unit: "stops",
    measure,
};

/// Numbers of `light_top_down` and `eye_shadows`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shadows {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on forehead against chin, stops.
    pub top_down: Limit,
    /// Limit on the cheeks against the skin under eyes and nose, stops.
    pub under: Limit,
}

const FOREHEAD: [[usize; 6]; 2] = [[109, 67, 103, 104, 69, 108], [338, 297, 332, 333, 299, 337]];
const CHIN: [usize; 6] = [18, 83, 201, 200, 421, 313];

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let limit = scene.limits.shadows.top_down;
    let bands = &scene.limits.forehead;
    if scene.forehead()?.is_covered(bands.limit.warn, bands.height.fail) {
        return Err(Reason::NoHairLine);
    }
    let patch = scene.face_patch()?;
    let forehead = patch.region(FOREHEAD[0]).joined(&patch.region(FOREHEAD[1]));
    let forehead = middle_light(patch, &forehead).ok_or(Reason::FaceCut)?;
    let chin = middle_light(patch, &patch.region(CHIN)).ok_or(Reason::FaceCut)?;
    let value = ((forehead + 0.002) / (chin + 0.002)).log2();
    let steep = limit.above(value.abs(), scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if steep { Verdict::Warn } else { Verdict::Pass };
    Ok(
        Finding::between(value, -limit.warn, limit.warn, verdict, Instruction::LightAbove)
            .spread(limit.dead_band),
    )
}
