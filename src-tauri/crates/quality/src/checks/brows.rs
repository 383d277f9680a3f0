//! Eyebrows free of hair (national specification): share of skin in the strip above the poorer brow.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "brows",
    unit: "ratio",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let limit = scene.limits.forehead.brows;
    let share = scene.forehead()?.brows;
    let hidden = limit.below(share, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if hidden { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::least(share, limit.warn, verdict, Instruction::Forehead).spread(limit.dead_band))
}
