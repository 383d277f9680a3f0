//! Not sleeveless (guide): share of the person's own skin colour round the shoulder joint, a quarter of the way to the
//! elbow. Hair over the shoulders hides it, so it only asks.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use crate::torso_patch::{INTER_EYE, SIDE, TorsoPatch};
use domain::geometry::Point;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "sleeves",
    unit: "ratio",
    measure,
};

/// Numbers of `sleeves`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sleeves {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the share of skin at the barer shoulder.
    pub limit: Limit,
    /// Radius of the disc that is looked at, inter-eye distances.
    pub radius: f32,
    /// Fewest share of the disc that must be in the picture and on the person.
    pub least_seen: f32,
}

/// The larger step down the arm, pixels: an elbow that was guessed far away must not carry the disc off the arm.
const MOST_STEP: f32 = 1.2 * INTER_EYE / 4.0;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.sleeves;
    scene.needs_colour()?;
    let torso = scene.torso()?;
    let bare = scene.bare_skin()?;
    let shoulders = torso.shoulders.ok_or(Reason::ShouldersHidden)?;
    let limbs = scene.analysis.limbs.as_ref().ok_or(Reason::NoBody)?;
    let shares = shoulders
        .iter()
        .zip(limbs.elbows)
        .filter_map(|(shoulder, elbow)| {
            let elbow = torso.place(elbow.at);
            let centre = down_the_arm(*shoulder, elbow);
            share(torso, centre, rule, |x, y| bare.contains(x, y))
        });
    let value = shares.reduce(f32::max).ok_or(Reason::ShouldersHidden)?;
    let over = rule.limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if over { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, rule.limit.warn, verdict, Instruction::Sleeves).spread(rule.limit.dead_band))
}

fn down_the_arm(shoulder: Point, elbow: Point) -> Point {
    let step = shoulder.distance(elbow) / 4.0;
    let k = if step > 0.0 {
        step.min(MOST_STEP) / step / 4.0
    } else {
        0.0
    };
    Point::new(
        shoulder.x + (elbow.x - shoulder.x) * k,
        shoulder.y + (elbow.y - shoulder.y) * k,
    )
}

/// Share of skin in a disc on the person; `None` when too little of it is seen.
fn share(torso: &TorsoPatch, centre: Point, rule: &Sleeves, bare: impl Fn(i32, i32) -> bool) -> Option<f32> {
    let radius = rule.radius * INTER_EYE;
    let (mut seen, mut skin, mut all) = (0_u32, 0_u32, 0_u32);
    let reach = radius.ceil() as i32;
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            if (dx as f32).hypot(dy as f32) > radius {
                continue;
            }
            all += 1;
            let (x, y) = (centre.x as i32 + dx, centre.y as i32 + dy);
            let within = x >= 0 && y >= 0 && x < SIDE as i32 && y < SIDE as i32;
            if within && torso.inside(x as usize, y as usize) && torso.person(x as usize, y as usize) > 0.5 {
                seen += 1;
                skin += u32::from(bare(x, y));
            }
        }
    }
    (seen as f32 >= rule.least_seen * all as f32).then(|| skin as f32 / seen.max(1) as f32)
}
