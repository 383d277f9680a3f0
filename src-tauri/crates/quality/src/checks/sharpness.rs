//! The face sharp, not the frame: share of gradient that survives a nine-pixel blur, judged together with
//! the width of the edges.

use crate::check::{Check, Finding, graver, milder};
use crate::code::{Instruction, Reason};
use crate::edge_patch::Edges;
use crate::limits::Sharpness;
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "sharpness",
    unit: "ratio",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.sharpness;
    if scene.face()?.inter_eye_distance() < rule.least_inter_eye_px {
        return Err(Reason::FewPixels);
    }
    let edges = scene.edges()?;
    let was = scene.was(CHECK.id);
    let wide = rule.edge_width.above(edges.width, was) == Verdict::Fail;
    let most = if wide { rule.soft.fail } else { rule.limit.fail };
    Ok(
        Finding::most(edges.reblur, most, judge(edges, rule, was), Instruction::Blur)
            .spread(rule.limit.dead_band),
    )
}

/// Blurred: wide edges and much surviving gradient, or very much of it.
pub(crate) fn judge(edges: &Edges, rule: &Sharpness, was: Verdict) -> Verdict {
    let both = milder(
        rule.edge_width.above(edges.width, was),
        rule.soft.above(edges.reblur, was),
    );
    graver(rule.limit.above(edges.reblur, was), both)
}
