//! Clothes in the backdrop's colour (guide: the background is blue, no blue clothes): share of the cloth.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::colour::{Lab, hue_distance, lab};
use crate::region::{Brush, Region};
use crate::scene::Scene;
use crate::torso_patch::{INTER_EYE, SIDE, TorsoPatch};
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "clothes",
    unit: "ratio",
    measure,
};

/// Skin among the cloth (neck, arms): hue within 18° of the cheeks, chroma and lightness in these ranges.
const SKIN_HUE: f32 = 18.0;
const SKIN_CHROMA: (f32, f32) = (0.62, 1.9);
const SKIN_LIGHTER: f32 = 14.0;
const SKIN_DARKER: f32 = 38.0;
const SKIN_LEAST_CHROMA: f32 = 5.0;
/// Fewest area of chest, and of cloth on it, square inter-eye distances.
const LEAST_CHEST: f32 = 0.5;
const LEAST_CLOTH: f32 = 0.3;

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let torso = scene.torso()?;
    scene.needs_colour()?;
    let skin = scene.light()?.skin.ok_or(Reason::FaceCut)?;
    let rule = &scene.limits.clothes;
    let chest = chest(torso);
    let bare = Region::of(SIDE, SIDE, |x, y| {
        chest.contains(x as i32, y as i32) && is_skin(torso.colour(x, y), skin)
    });
    let cloth = chest
        .clone()
        .without(&bare.shrunk(Brush::Square(1)).grown(Brush::Square(1)));
    let area = |region: &Region| region.count() as f32 / (INTER_EYE * INTER_EYE);
    if area(&chest) < LEAST_CHEST || area(&cloth) < LEAST_CLOTH {
        return Err(Reason::LittleCloth);
    }
    let share = |alike: &dyn Fn(Lab) -> bool| {
        let same = cloth
            .pixels()
            .filter(|(x, y)| alike(torso.colour(*x as usize, *y as usize)));
        same.count() as f32 / cloth.count() as f32
    };
    let backdrop = lab(scene.specification.background_rgb);
    if backdrop.chroma() < rule.least_chroma {
        let near = share(&|c| c.distance(backdrop) < rule.near_delta_e);
        let verdict = if near > rule.any_strength_warn {
            Verdict::Warn
        } else {
            Verdict::Pass
        };
        return Ok(Finding::most(near, 1.0, verdict, Instruction::BlueClothes).spread(rule.limit.dead_band));
    }
    let of_hue = |c: Lab| {
        let above = (c.hue() - backdrop.hue()).rem_euclid(360.0) < 180.0;
        let reach = if above { rule.hue_above } else { rule.hue_below };
        c.chroma() > rule.least_chroma && hue_distance(c.hue(), backdrop.hue()) < reach
    };
    let strong = share(&|c| of_hue(c) && c.chroma() > rule.strong_chroma && c.l > rule.strong_lightness);
    let any = share(&of_hue);
    let weak = if any > rule.any_strength_warn {
        Verdict::Warn
    } else {
        Verdict::Pass
    };
    let verdict = graver(rule.limit.above(strong, scene.was(CHECK.id)), weak);
    Ok(
        Finding::most(strong, rule.limit.fail, verdict, Instruction::BlueClothes)
            .spread(rule.limit.dead_band),
    )
}

/// The person from the neck down to three inter-eye distances below the chin, between the shoulders.
fn chest(torso: &TorsoPatch) -> Region {
    let (top, low) = (torso.chin.y + 0.45 * INTER_EYE, torso.chin.y + 3.0 * INTER_EYE);
    let (left, right) = torso.shoulders.map_or((0.0, SIDE as f32), |[p, q]| {
        (p.x.min(q.x) - 0.25 * INTER_EYE, p.x.max(q.x) + 0.25 * INTER_EYE)
    });
    Region::of(SIDE, SIDE, |x, y| torso.person(x, y) > 0.7)
        .shrunk(Brush::Square(2))
        .kept(|x, y| {
            let (fx, fy) = (x as f32, y as f32);
            fy >= top && fy < low && fx >= left && fx <= right && torso.inside(x as usize, y as usize)
        })
}

fn is_skin(c: Lab, skin: Lab) -> bool {
    let chroma = c.chroma() / skin.chroma().max(1.0);
    hue_distance(c.hue(), skin.hue()) < SKIN_HUE
        && chroma > SKIN_CHROMA.0
        && chroma < SKIN_CHROMA.1
        && c.chroma() > SKIN_LEAST_CHROMA
        && c.l < skin.l + SKIN_LIGHTER
        && c.l > skin.l - SKIN_DARKER
}
