//! Nobody behind (national specification): area of a person beside the head, square inter-eye distances, that has the
//! sitter's skin colour (a hand, a half face) or is not connected with the sitter (somebody cut by the border, whom no
//! face detector sees).

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::region::{Brush, Region};
use crate::scene::Scene;
use crate::torso_patch::{EYES, INTER_EYE, SIDE};
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "bystander",
    unit: "IED²",
    measure,
};

/// Numbers of `bystander`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bystander {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the area, square inter-eye distances.
    pub limit: Limit,
    /// Distance from the face's axis at which "beside the head" begins, inter-eye distances.
    pub beside: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.bystander;
    let torso = scene.torso()?;
    let (top, low) = (EYES.y - 1.5 * INTER_EYE, EYES.y + INTER_EYE);
    let beside = |x: usize, y: usize| {
        let aside = (x as f32 - torso.axis).abs() > rule.beside * INTER_EYE;
        aside && y as f32 >= top && (y as f32) < low && torso.inside(x, y)
    };
    let people = Region::of(SIDE, SIDE, |x, y| beside(x, y) && torso.anybody(x, y) > 0.5)
        .shrunk(Brush::Square(1))
        .grown(Brush::Square(1));
    let bare = scene.bare_skin()?;
    let counts = people
        .pixels()
        .filter(|(x, y)| {
            let apart = torso.person(*x as usize, *y as usize) < 0.3;
            apart || bare.contains(*x, *y)
        })
        .count();
    let value = counts as f32 / (INTER_EYE * INTER_EYE);
    let seen = rule.limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if seen { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, rule.limit.warn, verdict, Instruction::TwoFaces).spread(rule.limit.dead_band))
}
