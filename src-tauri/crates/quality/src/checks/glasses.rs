//! Glasses (guide: better without; usual wearers may wear them): contrast of a frame. Gold and rimless frames are missed,
//! so a pass means no visible frame. Nothing is forbidden by it.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "glasses",
    unit: "ratio",
    measure,
};

/// Numbers of `glasses`, `tinted_glasses` and `reflection`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glasses {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the contrast of a frame, ln.
    pub limit: Limit,
    /// Limit on the light lost in the lenses where a frame was found, stops.
    pub tint: Limit,
    /// Light lost without a visible frame that can only be a tint, stops: dark rings reach 1.
    pub tint_without_frame: f32,
    /// Limit on the share of the lenses that is a reflection.
    pub glare: Limit,
    /// Not assessed beyond this yaw, degrees.
    pub most_yaw: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let limit = scene.limits.glasses.limit;
    let value = scene.lenses()?.frame;
    let worn = limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if worn { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, limit.warn, verdict, Instruction::GlassesOff).spread(limit.dead_band))
}
