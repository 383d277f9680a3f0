//! Plain cloth (guide: no complex patterns): mean contrast of colour at the scale of prints. Folds and shading are larger
//! and softer. Ties, braces and lapels read as patterns too, so it only asks.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::colour::Lab;
use crate::raster::Plane;
use crate::region::Brush;
use crate::scene::Scene;
use crate::torso_patch::{INTER_EYE, SIDE};
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "pattern",
    unit: "ΔE",
    measure,
};

/// The finest and the coarsest scale of a print, inter-eye distances.
const FINE: f32 = 0.03;
const COARSE: f32 = 0.3;
/// Weight of the two colour axes: a coloured print is seen sooner than a shade.
const COLOUR: f32 = 1.5;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let torso = scene.torso()?;
    let cloth = scene.cloth()?.shrunk(Brush::Square(2));
    let inside = |x: usize, y: usize| f32::from(cloth.contains(x as i32, y as i32));
    let weight = Plane::from_fn(SIDE, SIDE, inside).gaussian(COARSE * INTER_EYE);
    let detail = |f: fn(Lab) -> f32| {
        let fine = Plane::from_fn(SIDE, SIDE, |x, y| f(torso.colour(x, y))).gaussian(FINE * INTER_EYE);
        let coarse = Plane::from_fn(SIDE, SIDE, |x, y| f(torso.colour(x, y)) * inside(x, y));
        (fine, coarse.gaussian(COARSE * INTER_EYE))
    };
    let channels = [
        (detail(|c| c.l), 1.0),
        (detail(|c| c.a), COLOUR),
        (detail(|c| c.b), COLOUR),
    ];
    let mut sum = 0.0;
    for (x, y) in cloth.pixels() {
        let (x, y) = (x as usize, y as usize);
        let contrast = |((fine, coarse), k): &((Plane, Plane), f32)| {
            k * (fine.at(x, y) - coarse.at(x, y) / (weight.at(x, y) + 1e-3)).powi(2)
        };
        sum += channels.iter().map(contrast).sum::<f32>().sqrt();
    }
    let count = cloth.count();
    if count == 0 {
        return Err(Reason::LittleCloth);
    }
    let value = sum / count as f32;
    let limit = scene.limits.pattern.limit;
    let seen = limit.above(value, scene.was(CHECK.id)) != Verdict::Pass;
    let verdict = if seen { Verdict::Warn } else { Verdict::Pass };
    Ok(Finding::most(value, limit.warn, verdict, Instruction::Pattern).spread(limit.dead_band))
}
