//! Forehead free (guide: show the forehead): share of skin in the poorest of three bands between brows and hair line.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "forehead",
    unit: "ratio",
    measure,
};

/// Numbers of `forehead`, `brows` and `headwear`, which read the same bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeheadRule {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the share of skin in the poorest band.
    pub limit: Limit,
    /// Limit on the height of skin above the brows, inter-eye distances.
    pub height: Limit,
    /// Limit on the share of skin in the strip above the poorer brow.
    pub brows: Limit,
    /// Skin higher than this has no hair line: a bald head, or a hat in the skin's colour; inter-eye distances.
    pub most_height: f32,
    /// Not assessed beyond this yaw, degrees.
    pub most_yaw: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.forehead;
    let forehead = scene.forehead()?;
    if forehead.height > rule.most_height {
        return Err(Reason::NoHairLine);
    }
    let was = scene.was(CHECK.id);
    let free = rule.limit.below(forehead.free, was);
    let verdict = graver(free, rule.height.below(forehead.height, was));
    // The value must say why: a low hair line is told in the same share.
    let value = if free == Verdict::Pass && verdict != Verdict::Pass {
        forehead
            .free
            .min(forehead.height / rule.height.warn * rule.limit.warn)
    } else {
        forehead.free
    };
    Ok(Finding::least(value, rule.limit.fail, verdict, Instruction::Forehead).spread(rule.limit.dead_band))
}
