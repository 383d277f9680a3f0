//! Clothes that stand out from the wall (guide: clothes in contrast to the background): median step of colour across the
//! outline of shoulders and arms, ΔE00.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "cloth_wall",
    unit: "ΔE",
    measure,
};

/// Numbers of `cloth_wall`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClothWall {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the median step, ΔE00.
    pub limit: Limit,
    /// Share of the outline with a step below 8 from which it warns.
    pub low_share_warn: f32,
    /// Not assessed when more than this share of the face is clipped: light cloth is clipped before skin.
    pub most_clipped: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.cloth_wall;
    if scene.light()?.clipped > rule.most_clipped {
        return Err(Reason::SkinClipped);
    }
    let contrast = scene.outline()?.cloth.ok_or(Reason::ShouldersHidden)?;
    let patchy = if contrast.low > rule.low_share_warn {
        Verdict::Warn
    } else {
        Verdict::Pass
    };
    let verdict = graver(rule.limit.below(contrast.median, scene.was(CHECK.id)), patchy);
    let value = contrast.median;
    Ok(Finding::least(value, rule.limit.fail, verdict, Instruction::ClothWall).spread(rule.limit.dead_band))
}
