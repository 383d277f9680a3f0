//! No tinted lenses (guide): light lost between cheek and skin behind the lens, stops. Light passes a lens twice, so three
//! quarters of a stop are a lens of 77 % transmission. Dark rings under the eyes lose as much, so a frame must be seen.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "tinted_glasses",
    unit: "stops",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.glasses;
    let lenses = scene.lenses()?;
    let lost = -lenses.stops.ok_or(Reason::FaceCut)?;
    let darker = -lenses.darker_stops.ok_or(Reason::FaceCut)?;
    let was = scene.was(CHECK.id);
    let framed = lenses.frame > rule.limit.warn;
    let verdict = match (framed, rule.tint.above(lost, was)) {
        _ if lost > rule.tint_without_frame => Verdict::Fail,
        (true, Verdict::Pass) if rule.tint.above(darker, was) != Verdict::Pass => Verdict::Warn,
        (true, verdict) => verdict,
        (false, _) => Verdict::Pass,
    };
    let most = if framed {
        rule.tint.fail
    } else {
        rule.tint_without_frame
    };
    Ok(Finding::most(lost, most, verdict, Instruction::TintedLenses).spread(rule.tint.dead_band))
}
