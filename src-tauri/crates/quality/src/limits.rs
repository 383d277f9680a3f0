//! The numbers of the rules, from `assets/quality.toml`.

mod limit;
mod rules;

pub(crate) use crate::checks::bystander::Bystander;
pub(crate) use crate::checks::cloth_wall::ClothWall;
pub(crate) use crate::checks::colour_cast::ColourCast;
pub(crate) use crate::checks::compression::Compression;
pub(crate) use crate::checks::ears::Ears;
pub(crate) use crate::checks::expression::Expression;
pub(crate) use crate::checks::face_mask::FaceMask;
pub(crate) use crate::checks::forehead::ForeheadRule;
pub(crate) use crate::checks::glasses::Glasses;
pub(crate) use crate::checks::hand_on_face::HandOnFace;
pub(crate) use crate::checks::headwear::Headwear;
pub(crate) use crate::checks::light_top_down::Shadows;
pub(crate) use crate::checks::motion::Motion;
pub(crate) use crate::checks::noise::Noise;
pub(crate) use crate::checks::sleeves::Sleeves;
pub(crate) use crate::checks::upscaled::Upscaled;
pub use limit::Confidence;
pub(crate) use limit::{Limit, Rule};
pub(crate) use rules::{
    BackgroundLines, Clipping, Clothes, ColourTrust, EyesOpen, FramingRule, Gaze, HalfLit, Live, Mouth,
    OneFace, Pitch, Sharpness, Shoulders,
};

use serde::{Deserialize, Serialize};

/// Why a limits file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitsFault {
    /// Not TOML, a key missing, or a key nobody knows.
    #[error("the limits cannot be read: {0}")]
    Unreadable(String),
    /// A warning that comes after the failure, or a negative dead band.
    #[error("the limits of {0} contradict themselves")]
    Contradiction(String),
}

/// All numbers of all rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Version of the file; travels in the report.
    pub version: u32,
    /// Rates on live frames.
    pub live: Live,
    /// Exactly one face.
    pub one_face: OneFace,
    /// Framing.
    pub framing: FramingRule,
    /// Inter-eye distance in source pixels.
    pub inter_eye: Rule,
    /// Turn of the head, degrees.
    pub yaw: Rule,
    /// Nod of the head.
    pub pitch: Pitch,
    /// Tilt of the head, degrees.
    pub roll: Rule,
    /// Eyes open.
    pub eyes_open: EyesOpen,
    /// Looking at the lens.
    pub gaze: Gaze,
    /// Mouth closed, no teeth.
    pub mouth: Mouth,
    /// Natural expression.
    pub expression: Expression,
    /// Brows raised or drawn together.
    pub brow_raise: Rule,
    /// Spectacles.
    pub glasses: Glasses,
    /// Shadows on the face.
    pub shadows: Shadows,
    /// Shoulders level.
    pub shoulders: Shoulders,
    /// Clothing against the backdrop's colour.
    pub clothes: Clothes,
    /// Clothes against the wall.
    pub cloth_wall: ClothWall,
    /// Hair against the wall, ΔE00.
    pub hair_wall: Rule,
    /// Bare shoulders.
    pub sleeves: Sleeves,
    /// Contrast of prints on the cloth, ΔE76.
    pub pattern: Rule,
    /// Somebody beside the head.
    pub bystander: Bystander,
    /// Both ears.
    pub ears: Ears,
    /// Forehead and brows.
    pub forehead: ForeheadRule,
    /// Hats and ornaments.
    pub headwear: Headwear,
    /// Masks.
    pub face_mask: FaceMask,
    /// Hands.
    pub hand_on_face: HandOnFace,
    /// Whether colours can be trusted.
    pub colour_trust: ColourTrust,
    /// No colour cast.
    pub colour_cast: ColourCast,
    /// Brightness by the white of the eye, L*.
    pub exposure: Rule,
    /// Clipped skin.
    pub clipping: Clipping,
    /// One half of the face darker.
    pub half_lit: HalfLit,
    /// Residual of the wall around an even gradient, ΔE.
    pub background_plain: Rule,
    /// Lightness of the wall, L*.
    pub background_bright: Rule,
    /// Lines and objects on the wall.
    pub background_lines: BackgroundLines,
    /// Range of lightness over the wall, L*.
    pub background_even: Rule,
    /// Shadow beside the head, stops.
    pub wall_shadow: Rule,
    /// Sharpness of the face.
    pub sharpness: Sharpness,
    /// Motion blur.
    pub motion: Motion,
    /// Noise on skin, levels.
    pub noise: Noise,
    /// Steps at the borders of compression's blocks, levels.
    pub compression: Compression,
    /// Enlarged pictures.
    pub upscaled: Upscaled,
}

impl Limits {
    /// Reads a limits file.
    ///
    /// # Errors
    /// [`LimitsFault`] when it is not TOML, misses a key, has an unknown one, or contradicts itself.
    pub fn parse(text: &str) -> Result<Self, LimitsFault> {
        Self::from_table(toml::from_str(text).map_err(|e| LimitsFault::Unreadable(e.to_string()))?)
    }

    /// The same from a table that was read already.
    pub(crate) fn from_table(table: toml::Table) -> Result<Self, LimitsFault> {
        let limits: Self = table
            .try_into()
            .map_err(|e| LimitsFault::Unreadable(e.to_string()))?;
        limits.check()?;
        Ok(limits)
    }

    /// The file this program was built with.
    pub(crate) const BUILTIN: &str = include_str!("../../../../assets/quality.toml");

    fn check(&self) -> Result<(), LimitsFault> {
        let rising = [
            ("yaw", self.yaw.limit),
            ("pitch", self.pitch.limit),
            ("roll", self.roll.limit),
            ("eyes_open.blink", self.eyes_open.blink),
            ("gaze", self.gaze.limit),
            ("mouth", self.mouth.limit),
            ("mouth.with_teeth", self.mouth.with_teeth),
            ("mouth.teeth", self.mouth.teeth),
            ("expression", self.expression.limit),
            ("expression.smile", self.expression.smile),
            ("shoulders", self.shoulders.limit),
            ("clothes", self.clothes.limit),
            ("clipping", self.clipping.limit),
            ("brow_raise", self.brow_raise.limit),
            ("glasses", self.glasses.limit),
            ("glasses.tint", self.glasses.tint),
            ("glasses.glare", self.glasses.glare),
            ("shadows.top_down", self.shadows.top_down),
            ("shadows.under", self.shadows.under),
            ("headwear", self.headwear.limit),
            ("face_mask", self.face_mask.limit),
            ("sleeves", self.sleeves.limit),
            ("pattern", self.pattern.limit),
            ("bystander", self.bystander.limit),
            ("colour_cast.green", self.colour_cast.green),
            ("colour_cast.eye_white", self.colour_cast.eye_white),
            ("half_lit", self.half_lit.limit),
            ("background_plain", self.background_plain.limit),
            ("background_lines", self.background_lines.limit),
            ("background_even", self.background_even.limit),
            ("wall_shadow", self.wall_shadow.limit),
            ("sharpness", self.sharpness.limit),
            ("sharpness.soft", self.sharpness.soft),
            ("motion", self.motion.limit),
            ("noise", self.noise.limit),
            ("compression", self.compression.limit),
            ("upscaled", self.upscaled.limit),
            ("sharpness.edge_width", self.sharpness.edge_width),
        ];
        let falling = [
            ("inter_eye", self.inter_eye.limit),
            ("eyes_open", self.eyes_open.limit),
            ("exposure", self.exposure.limit),
            ("ears", self.ears.limit),
            ("forehead", self.forehead.limit),
            ("forehead.height", self.forehead.height),
            ("forehead.brows", self.forehead.brows),
            ("hand_on_face", self.hand_on_face.limit),
            ("cloth_wall", self.cloth_wall.limit),
            ("hair_wall", self.hair_wall.limit),
            ("background_bright", self.background_bright.limit),
            ("colour_cast.red", self.colour_cast.red),
        ];
        let wrong = |l: &Limit, up: f32| {
            let whole = [l.warn, l.fail, l.dead_band].iter().all(|v| v.is_finite());
            !whole || l.dead_band < 0.0 || l.warn * up > l.fail * up
        };
        let rising = rising.iter().find(|(_, l)| wrong(l, 1.0));
        let falling = falling.iter().find(|(_, l)| wrong(l, -1.0));
        match rising.or(falling) {
            Some((name, _)) => Err(LimitsFault::Contradiction((*name).to_owned())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILTIN: &str = Limits::BUILTIN;

    #[test]
    fn the_built_in_file_is_whole() {
        let limits = Limits::parse(BUILTIN).unwrap();
        assert!(limits.version >= 1);
    }

    #[test]
    fn an_unknown_key_is_refused_everywhere() {
        for place in ["version = ", "[yaw]\n", "[pitch]\n", "[live]\n"] {
            let at = BUILTIN.find(place).unwrap();
            let at = at + BUILTIN[at..].find('\n').unwrap() + 1;
            let spoilt = format!("{}unknown_key = 1\n{}", &BUILTIN[..at], &BUILTIN[at..]);
            let fault = Limits::parse(&spoilt).unwrap_err();
            assert!(
                fault.to_string().contains("unknown_key"),
                "after {place:?}: {fault}"
            );
        }
        let spoilt = BUILTIN.replacen(", dead_band = ", ", deadband = 0.0, dead_band = ", 1);
        assert!(matches!(Limits::parse(&spoilt), Err(LimitsFault::Unreadable(_))));
    }

    #[test]
    fn a_warning_after_the_failure_is_refused() {
        let mut limits = Limits::parse(BUILTIN).unwrap();
        limits.yaw.limit.warn = limits.yaw.limit.fail + 1.0;
        assert_eq!(limits.check(), Err(LimitsFault::Contradiction("yaw".into())));
        let mut limits = Limits::parse(BUILTIN).unwrap();
        limits.exposure.limit.warn = limits.exposure.limit.fail - 1.0;
        assert_eq!(limits.check(), Err(LimitsFault::Contradiction("exposure".into())));
    }
}
