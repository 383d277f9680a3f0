//! In colour (national specification): 95th percentile of chroma over the face.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "monochrome",
    unit: "C*",
    measure,
};

/// The limit is the one below which no other rule trusts a colour.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let chroma = scene.light()?.chroma;
    let rule = &scene.limits.colour_trust;
    let grey = chroma < rule.least_chroma;
    let verdict = if grey { Verdict::Fail } else { Verdict::Pass };
    Ok(
        Finding::least(chroma, rule.least_chroma, verdict, Instruction::Monochrome)
            .spread(rule.chroma_spread),
    )
}
