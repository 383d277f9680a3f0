//! Clothes in the backdrop's colour (guide: the background is blue, no blue clothes): share of the cloth.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::colour::{Lab, hue_distance, lab};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "clothes",
    unit: "ratio",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let torso = scene.torso()?;
    scene.needs_colour()?;
    let rule = &scene.limits.clothes;
    let cloth = scene.cloth()?;
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
