//! Shoulders level (guide), degrees; positive when the subject's left shoulder is the lower one.

use crate::check::{Check, Finding, milder};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use crate::statistics::median;
use crate::torso_patch::{INTER_EYE, SIDE, TorsoPatch};
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "shoulders",
    unit: "deg",
    measure,
};

/// Where the outline is read either side of the axis, inter-eye distances.
const NEAR: f32 = 1.25;
const FAR: f32 = 1.85;
/// Fewest columns a side.
const LEAST_COLUMNS: usize = 8;

/// The body model jitters, the outline is biased by hair and collars: the rule is broken only when both
/// exceed the limit on the same side, and their mean warns.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.shoulders;
    let torso = scene.torso()?;
    let body = scene.analysis.shoulders.as_ref().ok_or(Reason::ShouldersHidden)?;
    let (width, height) = (scene.picture.width() as f32, scene.picture.height() as f32);
    let inside = [body.right, body.left]
        .iter()
        .all(|p| p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height);
    if !inside || body.visibility < rule.least_visibility {
        return Err(Reason::ShouldersHidden);
    }
    let joints = (body.left.y - body.right.y)
        .atan2(body.left.x - body.right.x)
        .to_degrees();
    let outline = outline_tilt(torso).ok_or(Reason::ShouldersHidden)?;
    let mean = (joints + outline) / 2.0;
    let was = scene.was(CHECK.id);
    let both = if joints * outline > 0.0 {
        milder(
            rule.limit.above(joints.abs(), was),
            rule.limit.above(outline.abs(), was),
        )
    } else {
        Verdict::Pass
    };
    let verdict = match (both, rule.limit.above(mean.abs(), was)) {
        (Verdict::Fail, _) => Verdict::Fail,
        (_, Verdict::Pass) => Verdict::Pass,
        _ => Verdict::Warn,
    };
    Ok(Finding::between(
        mean,
        -rule.limit.fail,
        rule.limit.fail,
        verdict,
        Instruction::Shoulders,
    )
    .spread(rule.limit.dead_band))
}

/// Tilt of the line between the tops of the outline left and right of the neck.
fn outline_tilt(torso: &TorsoPatch) -> Option<f32> {
    let top = (torso.chin.y - 0.2 * INTER_EYE).max(0.0) as usize;
    let chin = (torso.chin.y.max(0.0) as usize).min(SIDE - 1);
    let side = |sign: f32| {
        let columns = (NEAR * INTER_EYE) as i32..(FAR * INTER_EYE) as i32;
        let mut rows: Vec<f32> = columns
            .map(|aside| torso.axis + sign * aside as f32)
            .filter(|x| (0.0..SIDE as f32).contains(x))
            .map(|x| x as usize)
            .filter(|x| torso.inside(*x, chin))
            .filter_map(|x| (top..SIDE).find(|y| torso.person(x, *y) > 0.5 && torso.inside(x, *y)))
            .map(|y| y as f32)
            .collect();
        if rows.len() > LEAST_COLUMNS {
            median(&mut rows)
        } else {
            None
        }
    };
    let (right, left) = (side(-1.0)?, side(1.0)?);
    Some((left - right).atan2((NEAR + FAR) * INTER_EYE).to_degrees())
}
