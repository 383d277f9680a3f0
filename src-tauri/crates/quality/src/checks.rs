//! The check list: one measure a file, in the order in which results stand on screen and in the report.

pub(crate) mod background_even;
pub(crate) mod background_lines;
pub(crate) mod background_plain;
mod band;
pub(crate) mod centred;
pub(crate) mod chest;
pub(crate) mod clipping;
pub(crate) mod clothes;
pub(crate) mod crown;
pub(crate) mod exposure;
pub(crate) mod eye_line;
pub(crate) mod eyes_open;
pub(crate) mod face_width;
pub(crate) mod gaze;
pub(crate) mod half_lit;
pub(crate) mod inter_eye;
pub(crate) mod mouth;
pub(crate) mod one_face;
pub(crate) mod pitch;
pub(crate) mod roll;
pub(crate) mod sharpness;
pub(crate) mod shoulders;
pub(crate) mod wall_shadow;
pub(crate) mod yaw;

use crate::check::Check;

/// All checks. A new measure is a new file and a new line here.
pub(crate) const fn all() -> &'static [&'static Check] {
    &[
        &one_face::CHECK,
        &face_width::CHECK,
        &inter_eye::CHECK,
        &centred::CHECK,
        &crown::CHECK,
        &eye_line::CHECK,
        &chest::CHECK,
        &yaw::CHECK,
        &pitch::CHECK,
        &roll::CHECK,
        &shoulders::CHECK,
        &eyes_open::CHECK,
        &gaze::CHECK,
        &mouth::CHECK,
        &clothes::CHECK,
        &exposure::CHECK,
        &clipping::CHECK,
        &half_lit::CHECK,
        &background_plain::CHECK,
        &background_lines::CHECK,
        &background_even::CHECK,
        &wall_shadow::CHECK,
        &sharpness::CHECK,
    ]
}
