//! The clothes: the person from the neck down, without bare skin.

use crate::colour::{Lab, hue_distance};
use crate::region::{Brush, Region};
use crate::torso_patch::{INTER_EYE, SIDE, TorsoPatch};

/// Skin among the cloth (neck, arms): hue within 18° of the cheeks, chroma and lightness in these ranges.
const SKIN_HUE: f32 = 18.0;
const SKIN_CHROMA: (f32, f32) = (0.62, 1.9);
const SKIN_LIGHTER: f32 = 14.0;
const SKIN_DARKER: f32 = 38.0;
const SKIN_LEAST_CHROMA: f32 = 5.0;
/// Fewest area of chest, and of cloth on it, square inter-eye distances.
const LEAST_CHEST: f32 = 0.5;
const LEAST_CLOTH: f32 = 0.3;

/// The clothes in the torso patch, and where the person's skin is bare.
pub(crate) struct Cloth {
    /// Pixels of cloth on the chest.
    pub(crate) region: Region,
    /// Pixels of the whole patch that have the person's own skin colour.
    pub(crate) bare: Region,
    /// Enough of the clothes is in the picture to judge them.
    pub(crate) enough: bool,
}

impl Cloth {
    /// Finds the clothes of a person whose cheeks have the colour `skin`.
    pub(crate) fn find(torso: &TorsoPatch, skin: Lab) -> Self {
        let bare = Region::of(SIDE, SIDE, |x, y| is_skin(torso.colour(x, y), skin))
            .shrunk(Brush::Square(1))
            .grown(Brush::Square(1));
        let area = |region: &Region| region.count() as f32 / (INTER_EYE * INTER_EYE);
        let chest = chest(torso);
        let wide = area(&chest) >= LEAST_CHEST;
        let region = chest.without(&bare);
        Self {
            enough: wide && area(&region) >= LEAST_CLOTH,
            region,
            bare,
        }
    }
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
