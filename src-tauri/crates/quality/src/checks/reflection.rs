//! No reflection on glasses (national specification): share of the lenses that is white without colour. Half of the
//! reflections on bright skin are missed, so it only asks.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "reflection",
    unit: "ratio",
    measure,
};

/// Where no frame is seen there is nothing to reflect.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.glasses;
    let lenses = scene.lenses()?;
    let worn = lenses.frame > rule.limit.warn;
    let share = if worn { lenses.glare } else { 0.0 };
    let seen = rule.glare.above(share, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if seen { Verdict::Warn } else { Verdict::Pass };
    Ok(
        Finding::most(share, rule.glare.warn, verdict, Instruction::GlassesGlare)
            .spread(rule.glare.dead_band),
    )
}
