//! No hand at the face (national specification): distance of the nearest visible hand of the body model from the face's
//! outline, inter-eye distances; negative inside. Skin on skin has no edge of colour, so it only asks.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::mesh;
use crate::scene::Scene;
use domain::geometry::Point;
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "hand_on_face",
    unit: "IED",
    measure,
};

/// Numbers of `hand_on_face`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOnFace {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the distance of a hand from the face's outline, inter-eye distances.
    pub limit: Limit,
    /// Fewest visibility of a hand.
    pub least_visibility: f32,
    /// Hands further away count as this far, inter-eye distances.
    pub furthest: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.hand_on_face;
    let face = scene.face()?;
    let limbs = scene.analysis.limbs.as_ref().ok_or(Reason::NoBody)?;
    let outline = mesh::OUTLINE.map(|i| face.landmarks[i].point());
    let size = (scene.picture.width() as f32, scene.picture.height() as f32);
    let seen = limbs.hands.iter().filter(|hand| {
        // Where the picture does not reach, the body model only guesses.
        let inside = hand.at.x >= 0.0 && hand.at.y >= 0.0 && hand.at.x < size.0 && hand.at.y < size.1;
        inside && hand.visibility >= rule.least_visibility
    });
    let distance = seen
        .map(|hand| outside(hand.at, &outline) / face.inter_eye_distance())
        .fold(rule.furthest, f32::min);
    let near = rule.limit.below(distance, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if near { Verdict::Warn } else { Verdict::Pass };
    Ok(
        Finding::least(distance, rule.limit.warn, verdict, Instruction::FaceCovered)
            .spread(rule.limit.dead_band),
    )
}

/// Distance of a point from a polygon, negative inside.
fn outside(p: Point, corners: &[Point]) -> f32 {
    let edges = || corners.iter().zip(corners.iter().cycle().skip(1));
    let distance = edges()
        .map(|(a, b)| {
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy).max(1e-6);
            let t = t.clamp(0.0, 1.0);
            p.distance(Point::new(a.x + t * dx, a.y + t * dy))
        })
        .fold(f32::INFINITY, f32::min);
    let crossings = edges().filter(|(a, b)| {
        let spans = (a.y <= p.y) != (b.y <= p.y);
        spans && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)
    });
    if crossings.count() % 2 == 1 {
        -distance
    } else {
        distance
    }
}
