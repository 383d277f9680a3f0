//! The measures of the rules, one a file. Their rows stand in `assets/rules.toml`, which also gives the order.

pub(crate) mod background_bright;
pub(crate) mod background_even;
pub(crate) mod background_lines;
pub(crate) mod background_plain;
mod band;
pub(crate) mod brow_raise;
pub(crate) mod brows;
pub(crate) mod bystander;
pub(crate) mod centred;
pub(crate) mod chest;
pub(crate) mod chin_line;
pub(crate) mod clipping;
pub(crate) mod cloth_wall;
pub(crate) mod clothes;
pub(crate) mod colour_cast;
pub(crate) mod compression;
pub(crate) mod crown;
pub(crate) mod ears;
pub(crate) mod exposure;
pub(crate) mod expression;
pub(crate) mod eye_distance;
pub(crate) mod eye_line;
pub(crate) mod eye_shadows;
pub(crate) mod eyes_open;
pub(crate) mod face_mask;
pub(crate) mod face_width;
pub(crate) mod forehead;
pub(crate) mod gaze;
pub(crate) mod glasses;
pub(crate) mod hair_wall;
pub(crate) mod half_lit;
pub(crate) mod hand_on_face;
pub(crate) mod head_height;
pub(crate) mod headwear;
pub(crate) mod inter_eye;
pub(crate) mod light_top_down;
pub(crate) mod monochrome;
pub(crate) mod motion;
pub(crate) mod mouth;
pub(crate) mod noise;
pub(crate) mod one_face;
pub(crate) mod pattern;
pub(crate) mod pitch;
pub(crate) mod reflection;
pub(crate) mod roll;
pub(crate) mod sharpness;
pub(crate) mod shoulders;
pub(crate) mod sleeves;
pub(crate) mod tinted_glasses;
pub(crate) mod upscaled;
pub(crate) mod wall_shadow;
pub(crate) mod yaw;

use crate::check::Check;

/// All measures. A new one is a new file, a new line here and a new row.
pub(crate) const fn all() -> &'static [&'static Check] {
    &[
        &one_face::CHECK,
        &bystander::CHECK,
        &face_width::CHECK,
        &head_height::CHECK,
        &eye_distance::CHECK,
        &inter_eye::CHECK,
        &centred::CHECK,
        &crown::CHECK,
        &eye_line::CHECK,
        &chin_line::CHECK,
        &chest::CHECK,
        &yaw::CHECK,
        &pitch::CHECK,
        &roll::CHECK,
        &shoulders::CHECK,
        &eyes_open::CHECK,
        &gaze::CHECK,
        &mouth::CHECK,
        &expression::CHECK,
        &brow_raise::CHECK,
        &ears::CHECK,
        &forehead::CHECK,
        &brows::CHECK,
        &hand_on_face::CHECK,
        &face_mask::CHECK,
        &headwear::CHECK,
        &glasses::CHECK,
        &tinted_glasses::CHECK,
        &reflection::CHECK,
        &sleeves::CHECK,
        &pattern::CHECK,
        &clothes::CHECK,
        &cloth_wall::CHECK,
        &hair_wall::CHECK,
        &exposure::CHECK,
        &clipping::CHECK,
        &half_lit::CHECK,
        &light_top_down::CHECK,
        &eye_shadows::CHECK,
        &colour_cast::CHECK,
        &monochrome::CHECK,
        &background_plain::CHECK,
        &background_lines::CHECK,
        &background_even::CHECK,
        &background_bright::CHECK,
        &wall_shadow::CHECK,
        &sharpness::CHECK,
        &motion::CHECK,
        &noise::CHECK,
        &compression::CHECK,
        &upscaled::CHECK,
    ]
}
