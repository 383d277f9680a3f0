//! No hat or hair ornament (guide; ISO/IEC 29794-5 NoHeadCoverings): share of what covers the head whose colour no hair
//! has. Natural and dyed hair has its hue between red and yellow, or none. A fringe reads like a hat, so it only asks.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::face_patch::INTER_EYE;
use crate::head_patch::{EYES, HEIGHT, WIDTH};
use crate::limits::{Confidence, Limit};
use crate::region::Region;
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "headwear",
    unit: "ratio",
    measure,
};

/// Numbers of `headwear`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headwear {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the share of colours that no hair has.
    pub limit: Limit,
    /// Hues of hair, degrees.
    pub hair_hue: [f32; 2],
    /// Chroma from which a colour has a hue.
    pub least_chroma: f32,
    /// Fewest area above the face, square inter-eye distances.
    pub least_area: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.headwear;
    scene.needs_colour()?;
    let patch = scene.head_patch()?;
    let below = patch.landmarks[10].y - 0.08 * INTER_EYE;
    let above = patch.clip(Region::of(WIDTH, HEIGHT, |x, y| {
        let near = (x as f32 - EYES.x).abs() < 1.1 * INTER_EYE && (y as f32) < below;
        near && patch.person(x as i32, y as i32) > 0.6
    }));
    let area = above.count() as f32;
    if area < rule.least_area * INTER_EYE * INTER_EYE {
        return Err(Reason::NoMask);
    }
    let foreign = above.pixels().filter(|(x, y)| {
        let colour = patch.colour(*x, *y);
        let hue = colour.hue();
        colour.chroma() > rule.least_chroma && !(hue > rule.hair_hue[0] && hue < rule.hair_hue[1])
    });
    let share = foreign.count() as f32 / area;
    let forehead = scene.forehead();
    let hidden = forehead.is_ok_and(|seen| {
        let bands = &scene.limits.forehead;
        seen.is_covered(bands.limit.fail, bands.height.fail)
    });
    let over = rule.limit.above(share, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if over || hidden {
        Verdict::Warn
    } else {
        Verdict::Pass
    };
    Ok(Finding::most(share, rule.limit.warn, verdict, Instruction::Headwear).spread(rule.limit.dead_band))
}
