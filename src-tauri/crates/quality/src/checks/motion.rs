//! No motion blur: edges much wider along one axis than along the other (log2 of across over down). Out of focus is
//! alike in both; that it is blurred at all is the business of `sharpness`.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "motion",
    unit: "ratio",
    measure,
};

/// Numbers of `motion`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on |log2| of the edge widths along both axes.
    pub limit: Limit,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    if scene.face()?.inter_eye_distance() < scene.limits.sharpness.least_inter_eye_px {
        return Err(Reason::FewPixels);
    }
    let edges = scene.edges()?;
    let rule = &scene.limits.motion;
    let soft = scene.limits.sharpness.edge_width;
    let one_way = rule
        .limit
        .above(edges.across_over_down.abs(), scene.was(CHECK.id))
        != Verdict::Pass;
    let moved = one_way && edges.width > soft.warn;
    let verdict = if moved { Verdict::Warn } else { Verdict::Pass };
    let most = rule.limit.warn;
    Ok(
        Finding::between(edges.across_over_down, -most, most, verdict, Instruction::Blur)
            .spread(rule.limit.dead_band),
    )
}
