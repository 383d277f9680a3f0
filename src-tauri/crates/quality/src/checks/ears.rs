//! Both ears visible (guide: show the ears): skin that stands out beside the face between eye line and mouth. The value is
//! the score of the worse side; 1 is an ear of 19 by 8 mm. Slim flat ears and ears in shade score lower, so what is
//! neither clearly hidden nor clearly there is asked.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::face_patch::INTER_EYE;
use crate::head_patch::{EYES, HeadPatch, WIDTH};
use crate::limits::{Confidence, Limit};
use crate::region::Region;
use crate::scene::Scene;
use crate::skin::Skin;
use crate::statistics::{median, quantile};
use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "ears",
    unit: "ratio",
    measure,
};

/// Numbers of `ears`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ears {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the score of the worse side: below `fail` and with hair beside the face it is hidden, from `warn`
    /// on it is there.
    pub limit: Limit,
    /// Height, width and area of an ear that scores 1, inter-eye distances.
    pub whole: [f32; 3],
    /// Person beside the face further than this is hair, inter-eye distances.
    pub hair_beyond: f32,
    /// A piece wider than this is no ear alone, inter-eye distances.
    pub widest: f32,
    /// Beyond this yaw one ear is hidden by the head, degrees.
    pub most_yaw: f32,
    /// Distance of hair from skin below which nothing is said, spreads.
    pub least_gap: f32,
    /// Share of the strip beside the face that must be in the picture.
    pub least_seen: f32,
}

/// The face's outline beside cheeks and jaw, from top to bottom; the subject's right side lies to the picture's left.
const SIDES: [([usize; 6], f32); 2] = [
    ([162, 127, 234, 93, 132, 58], -1.0),
    ([389, 356, 454, 323, 361, 288], 1.0),
];
/// Rows and columns that are looked at, inter-eye distances from the eye line and from the outline.
const ROWS: (f32, f32) = (-0.25, 0.85);
const COLUMNS: (f32, f32) = (0.03, 0.51);
/// An ear begins this near to the face.
const NEAR: f32 = 0.22;
/// Rows narrower than this do not count as ear.
const NARROW: f32 = 0.07;

struct Side {
    score: f32,
    width: f32,
    hair: f32,
    seen: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.ears;
    let yaw = scene.face()?.pose.yaw;
    let patch = scene.head_patch()?;
    let found = |value: f32, verdict: Verdict| {
        Finding::least(value, rule.limit.fail, verdict, Instruction::Ears).spread(rule.limit.dead_band)
    };
    scene.analysis.person.as_ref().ok_or(Reason::NoMask)?;
    let skin = scene.skin()?;
    let sides = SIDES.map(|(chain, sign)| side(patch, skin, rule, chain, sign));
    let worse = sides[0].score.min(sides[1].score);
    if sides.iter().any(|side| side.seen < rule.least_seen) {
        return Err(Reason::FaceCut);
    }
    if yaw.abs() > rule.most_yaw {
        return Ok(found(worse.min(rule.limit.fail), Verdict::Fail));
    }
    scene.needs_colour()?;
    scene.needs_sharpness()?;
    if skin.gap().is_some_and(|gap| gap < rule.least_gap) {
        return Err(Reason::HairLikeSkin);
    }
    let was = scene.was(CHECK.id);
    let hidden =
        |side: &Side| rule.limit.below(side.score, was) == Verdict::Fail && side.hair > rule.hair_beyond;
    let clear = worse >= rule.limit.warn && sides.iter().all(|side| side.width < rule.widest);
    let verdict = if sides.iter().any(hidden) {
        Verdict::Fail
    } else if clear {
        Verdict::Pass
    } else {
        Verdict::Warn
    };
    Ok(found(worse, verdict))
}

fn side(patch: &HeadPatch, skin: &Skin, rule: &Ears, chain: [usize; 6], sign: f32) -> Side {
    let mut outline: Vec<(f32, f32)> = chain
        .iter()
        .map(|i| (patch.landmarks[*i].y, patch.landmarks[*i].x))
        .collect();
    outline.sort_by(|p, q| p.0.total_cmp(&q.0));
    let rows = (
        (EYES.y + ROWS.0 * INTER_EYE) as i32,
        (EYES.y + ROWS.1 * INTER_EYE) as i32,
    );
    let height = (rows.1 - rows.0).max(1) as usize;
    let width = ((COLUMNS.1 - COLUMNS.0) * INTER_EYE) as usize;
    let place = |column: f32, row: usize| {
        let y = rows.0 + row as i32;
        ((along(&outline, y as f32) + sign * column) as i32, y)
    };
    let start = COLUMNS.0 * INTER_EYE;
    let strip = Region::of(width, height, |column, row| {
        let (x, y) = place(start + column as f32, row);
        patch.inside(x, y) && patch.person(x, y) > 0.5 && skin.is_skin_not_hair(x, y)
    });
    let piece = strip
        .opened(1, 2)
        .largest_piece_touching(|x, _| (x as f32) <= NEAR * INTER_EYE);
    let mut widths = vec![0_u32; height];
    piece.pixels().for_each(|(_, y)| widths[y as usize] += 1);
    let mut kept: Vec<f32> = widths.iter().filter(|w| **w > 0).map(|w| *w as f32).collect();
    let ear = [
        widths.iter().filter(|w| **w as f32 > NARROW * INTER_EYE).count() as f32 / INTER_EYE,
        quantile(&mut kept, 0.85).unwrap_or(0.0) / INTER_EYE,
        piece.count() as f32 / (INTER_EYE * INTER_EYE),
    ];
    let score = ear.iter().zip(rule.whole).map(|(is, whole)| is / whole);
    let mut reaches: Vec<f32> = (0..height)
        .step_by(4)
        .map(|row| {
            let most = (0.9 * INTER_EYE) as i32;
            let outside = (0..most).find(|column| {
                let (x, y) = place(*column as f32, row);
                !(0..WIDTH as i32).contains(&x) || patch.person(x, y) <= 0.5
            });
            outside.unwrap_or(most) as f32 / INTER_EYE
        })
        .collect();
    let seen = (0..height).filter(|row| {
        let (x, y) = place(start + 0.3 * INTER_EYE, *row);
        patch.inside(x, y)
    });
    Side {
        score: score.fold(f32::INFINITY, f32::min),
        width: ear[1],
        hair: median(&mut reaches).unwrap_or(0.0),
        seen: seen.count() as f32 / height as f32,
    }
}

/// The outline's column on a row, between the points above and below it.
fn along(outline: &[(f32, f32)], y: f32) -> f32 {
    let after = outline.iter().position(|p| p.0 >= y);
    match after {
        None => outline.last().map_or(EYES.x, |p| p.1),
        Some(0) => outline[0].1,
        Some(i) => {
            let (p, q) = (outline[i - 1], outline[i]);
            let t = (y - p.0) / (q.0 - p.0).max(1e-3);
            p.1 + (q.1 - p.1) * t
        }
    }
}
