//! The step of colour across the person's outline: how well hair and clothes stand out from the wall.

use crate::colour::Lab;
use crate::raster::Plane;
use crate::region::Region;
use crate::statistics::median;
use crate::torso_patch::{EYES, INTER_EYE, SIDE, TorsoPatch};

/// How far to each side of the outline colours are read, inter-eye distances: beyond the soft edge of mask and lens.
const REACH: f32 = 0.13;
/// Steps below this count as low, ΔE00: a matting network begins to guess.
const LOW: f32 = 8.0;
/// Fewest points of an outline.
const LEAST_POINTS: usize = 20;

/// One part of the outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Contrast {
    /// Median step, ΔE00.
    pub(crate) median: f32,
    /// Share of the outline with a low step.
    pub(crate) low: f32,
}

/// Both parts of the outline; `None` where too little of it is in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outline {
    /// Shoulders and arms.
    pub(crate) cloth: Option<Contrast>,
    /// Head above the brows.
    pub(crate) hair: Option<Contrast>,
}

impl Outline {
    pub(crate) fn measure(torso: &TorsoPatch) -> Self {
        let soft = Plane::from_fn(SIDE, SIDE, |x, y| torso.person(x, y)).gaussian(1.5);
        let (across, down) = soft.slopes();
        let channel =
            |f: fn(Lab) -> f32| Plane::from_fn(SIDE, SIDE, |x, y| f(torso.colour(x, y))).gaussian(1.0);
        let smooth = [channel(|c| c.l), channel(|c| c.a), channel(|c| c.b)];
        let colour = |x: usize, y: usize| Lab {
            l: smooth[0].at(x, y),
            a: smooth[1].at(x, y),
            b: smooth[2].at(x, y),
        };
        let person = Region::of(SIDE, SIDE, |x, y| torso.person(x, y) > 0.5);
        let rim = person
            .clone()
            .without(&person.shrunk(crate::region::Brush::Disc(1)));
        let (mut cloth, mut hair) = (Vec::new(), Vec::new());
        let brows = EYES.y - 0.35 * INTER_EYE;
        for (x, y) in rim.pixels() {
            let (cx, cy) = (x as usize, y as usize);
            let (gx, gy) = (across.at(cx, cy), down.at(cx, cy));
            let steep = gx.hypot(gy);
            if steep < 0.006 {
                continue;
            }
            let reach = REACH * INTER_EYE / steep;
            let place = |sign: f32| {
                let (px, py) = (x as f32 + sign * gx * reach, y as f32 + sign * gy * reach);
                let (px, py) = (px.round(), py.round());
                let within = px >= 3.0 && py >= 3.0 && px < (SIDE - 3) as f32 && py < (SIDE - 3) as f32;
                (within && torso.inside(px as usize, py as usize)).then_some((px as usize, py as usize))
            };
            let (Some(inner), Some(outer)) = (place(1.0), place(-1.0)) else {
                continue;
            };
            let step = colour(inner.0, inner.1).delta_e_2000(colour(outer.0, outer.1));
            let below = y as f32 - torso.chin.y;
            if below > 0.5 * INTER_EYE && below < 3.0 * INTER_EYE {
                cloth.push(step);
            } else if (y as f32) < brows {
                hair.push(step);
            }
        }
        Self {
            cloth: contrast(&mut cloth),
            hair: contrast(&mut hair),
        }
    }
}

fn contrast(steps: &mut [f32]) -> Option<Contrast> {
    if steps.len() < LEAST_POINTS {
        return None;
    }
    let low = steps.iter().filter(|step| **step < LOW).count() as f32 / steps.len() as f32;
    median(steps).map(|median| Contrast { median, low })
}
