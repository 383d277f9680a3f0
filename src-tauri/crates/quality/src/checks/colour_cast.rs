//! No colour cast (ISO/IEC 29794-5 NaturalColour): hue of the skin, which lies in one band for all skin tones, and
//! chroma of the white of the eye.

use crate::check::{Check, Finding, graver};
use crate::code::{Instruction, Reason};
use crate::limits::{Confidence, Limit};
use crate::scene::Scene;
use serde::{Deserialize, Serialize};

pub(crate) const CHECK: Check = Check {
    id: "colour_cast",
    unit: "deg",
    measure,
};

/// Numbers of `colour_cast`. From which values on no other rule trusts a colour stands in `colour_trust`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColourCast {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// How far the numbers can be trusted.
    pub confidence: Confidence,
    /// Limit on the smallest hue of skin, degrees: below it the light is magenta or blue.
    pub red: Limit,
    /// Limit on the largest hue of skin, degrees: above it the light is yellow or green.
    pub green: Limit,
    /// Limit on the chroma of the white of the eye.
    pub eye_white: Limit,
    /// Not assessed when more than this share of the face is clipped.
    pub most_clipped: f32,
}

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let rule = &scene.limits.colour_cast;
    let trust = &scene.limits.colour_trust;
    let light = scene.light()?;
    if light.clipped > rule.most_clipped {
        return Err(Reason::SkinClipped);
    }
    if light.chroma < trust.least_chroma {
        return Err(Reason::ColourUnreliable);
    }
    // Hue turns at 0: a skin under blue light is read just below it.
    let hue = (light.skin.ok_or(Reason::FaceCut)?.hue() + 90.0).rem_euclid(360.0) - 90.0;
    let was = scene.was(CHECK.id);
    let white = light
        .eye_white
        .filter(|_| {
            scene
                .face()
                .is_ok_and(|face| face.inter_eye_distance() >= trust.least_inter_eye_px)
        })
        .map_or(domain::quality::Verdict::Pass, |white| {
            rule.eye_white.above(white.chroma(), was)
        });
    let verdict = graver(
        graver(rule.red.below(hue, was), rule.green.above(hue, was)),
        white,
    );
    Ok(Finding::between(
        hue,
        rule.red.fail,
        rule.green.fail,
        verdict,
        Instruction::WhiteBalance,
    )
    .spread(rule.red.dead_band))
}
