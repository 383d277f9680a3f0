//! The numbers of the rules, from `assets/quality.toml`.

use domain::quality::Verdict;
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

/// Two limits of one value with a dead band.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// From here on the value is doubtful.
    pub warn: f32,
    /// From here on the rule is broken.
    pub fail: f32,
    /// On live frames a verdict is left only when the value comes back by this much; the change that
    /// re-encoding, scaling or mirroring a picture makes to the value (95th percentile).
    pub dead_band: f32,
}

impl Limit {
    /// Judges a value that may not be too large; `was` is the verdict of the frame before.
    pub(crate) fn above(&self, value: f32, was: Verdict) -> Verdict {
        let fail = self.fail - if was == Verdict::Fail { self.dead_band } else { 0.0 };
        let warn = self.warn
            - if matches!(was, Verdict::Fail | Verdict::Warn) {
                self.dead_band
            } else {
                0.0
            };
        if value > fail {
            Verdict::Fail
        } else if value > warn {
            Verdict::Warn
        } else {
            Verdict::Pass
        }
    }

    /// Judges a value that may not be too small.
    pub(crate) fn below(&self, value: f32, was: Verdict) -> Verdict {
        Self {
            warn: -self.warn,
            fail: -self.fail,
            dead_band: self.dead_band,
        }
        .above(-value, was)
    }
}

/// One rule with a limit on one value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Clause, document or evidence behind the numbers.
    pub source: String,
    /// `A` a standard's own words, `B` separates all real pictures at hand, `C` few or drawn examples.
    pub confidence: Confidence,
    /// The limit.
    pub limit: Limit,
}

/// How far the numbers can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// A standard's or specification's own words.
    A,
    /// Separates all real pictures at hand.
    B,
    /// Few or drawn examples.
    C,
}

macro_rules! rules {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$field_doc:meta])* $field:ident : $kind:ty ),+ $(,)? } )+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                /// Clause, document or evidence behind the numbers.
                pub source: String,
                /// How far the numbers can be trusted.
                pub confidence: Confidence,
                $( $(#[$field_doc])* pub $field: $kind, )+
            }
        )+
    };
}

rules! {
    /// Numbers of `one_face`.
    OneFace {
        /// Detector score from which a second face is certain; weaker ones warn.
        certain_score: f32,
    }
    /// Numbers of the framing checks; the bands themselves come from the photo specification.
    FramingRule {
        /// Dead band of all framing values on live frames, photo pixels.
        dead_band_px: f32,
        /// Distance from the middle that live frames allow beyond the specification's, photo pixels: the
        /// still is cropped freely, as far as there is room beside the guide.
        live_centre_slack_px: f32,
        /// Hair higher above the eyes than this many face widths is hair, not head.
        crown_most_face_widths: f32,
    }
    /// Numbers of `pitch`.
    Pitch {
        /// The limit on the distance from a level head, degrees.
        limit: Limit,
        /// What a level head reads, degrees (nose up positive).
        level_reading: f32,
        /// Height of the ears below the eyes on a level head, inter-eye distances.
        ear_level: f32,
        /// Change of that height a degree.
        ear_per_degree: f32,
        /// The ears must say this much in the same direction before the head fails, degrees.
        ear_least: f32,
        /// Not assessed beyond this yaw, degrees.
        most_yaw: f32,
    }
    /// Numbers of `eyes_open`.
    EyesOpen {
        /// Limit on the aspect ratio of the smaller eye.
        limit: Limit,
        /// Limit on the blink score.
        blink: Limit,
        /// A blinking eye fails below this aspect ratio.
        blinking_ratio: f32,
    }
    /// Numbers of `gaze`.
    Gaze {
        /// Limit on the angle between gaze and lens, degrees.
        limit: Limit,
        /// Inter-eye distance over the eyeball's radius.
        eye_distance_in_radii: f32,
        /// Fewest source pixels between the eyes.
        least_inter_eye_px: f32,
        /// Not assessed below this eye aspect ratio: the eyes are shut.
        least_eye_ratio: f32,
    }
    /// Numbers of `mouth`.
    Mouth {
        /// Limit on the gap between the inner lips over the eye-chin distance.
        limit: Limit,
        /// The same when teeth are seen.
        with_teeth: Limit,
        /// Limit on the area of teeth, square inter-eye distances.
        teeth: Limit,
        /// Teeth are lighter than the lips by this much, L*.
        teeth_lighter: f32,
        /// Teeth are less red than the lips by this much, a*.
        teeth_less_red: f32,
    }
    /// Numbers of `shoulders`.
    Shoulders {
        /// Limit on the tilt, degrees; it fails only when body model and outline agree.
        limit: Limit,
        /// Fewest visibility the body model must claim.
        least_visibility: f32,
    }
    /// Numbers of `clothes`.
    Clothes {
        /// Limit on the share of cloth in the backdrop's strong colour.
        limit: Limit,
        /// Share of cloth of the backdrop's hue at any strength from which it warns.
        any_strength_warn: f32,
        /// Hues below the backdrop's that count, degrees.
        hue_below: f32,
        /// Hues above the backdrop's that count, degrees.
        hue_above: f32,
        /// Chroma from which a cloth has a hue.
        least_chroma: f32,
        /// Chroma of a strong colour.
        strong_chroma: f32,
        /// Lightness below which a strong colour still separates from the backdrop.
        strong_lightness: f32,
        /// For a backdrop without hue: cloth within this distance of it counts, and only warns.
        near_delta_e: f32,
    }
    /// Numbers that say whether the picture's colours can be trusted.
    ColourTrust {
        /// Smallest chroma (95th percentile of the face) of a picture in colour.
        least_chroma: f32,
        /// Smallest hue of skin in daylight, degrees.
        least_skin_hue: f32,
        /// Largest hue of skin in daylight, degrees.
        most_skin_hue: f32,
        /// Largest chroma of the white of the eye.
        most_eye_white_chroma: f32,
        /// Fewest source pixels between the eyes for reading the white of the eye.
        least_inter_eye_px: f32,
    }
    /// Numbers of `half_lit`.
    HalfLit {
        /// Limit on the ratio of the cheeks, stops.
        limit: Limit,
        /// Not assessed beyond this yaw, degrees.
        most_yaw: f32,
    }
    /// Numbers of `clipping`.
    Clipping {
        /// Limit on the share of the face.
        limit: Limit,
        /// Luma (0..=255) above which skin is clipped.
        luma: f32,
    }
    /// Numbers of `background_lines`.
    BackgroundLines {
        /// Limit on the share of the wall.
        limit: Limit,
        /// Slope that counts as a line, Lab units a 1/40 inter-eye distance.
        slope: f32,
    }
    /// Numbers of `sharpness`.
    Sharpness {
        /// Limit on the share of gradient that survives a nine-pixel blur, however wide the edges.
        limit: Limit,
        /// The same where edges are wide too.
        soft: Limit,
        /// Limit on the edge width, percent of the inter-eye distance.
        edge_width: Limit,
        /// Fewest source pixels between the eyes.
        least_inter_eye_px: f32,
    }
    /// How often slow checks run on live frames.
    Live {
        /// Milliseconds between two runs of a slow check.
        slow_every_ms: u64,
    }
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
    /// Shoulders level.
    pub shoulders: Shoulders,
    /// Clothing against the backdrop's colour.
    pub clothes: Clothes,
    /// Whether colours can be trusted.
    pub colour_trust: ColourTrust,
    /// Brightness by the white of the eye, L*.
    pub exposure: Rule,
    /// Clipped skin.
    pub clipping: Clipping,
    /// One half of the face darker.
    pub half_lit: HalfLit,
    /// Residual of the wall around an even gradient, ΔE.
    pub background_plain: Rule,
    /// Lines and objects on the wall.
    pub background_lines: BackgroundLines,
    /// Range of lightness over the wall, L*.
    pub background_even: Rule,
    /// Shadow beside the head, stops.
    pub wall_shadow: Rule,
    /// Sharpness of the face.
    pub sharpness: Sharpness,
}

impl Limits {
    /// Reads a limits file.
    ///
    /// # Errors
    /// [`LimitsFault`] when it is not TOML, misses a key, has an unknown one, or contradicts itself.
    pub fn parse(text: &str) -> Result<Self, LimitsFault> {
        let limits: Self = toml::from_str(text).map_err(|e| LimitsFault::Unreadable(e.to_string()))?;
        limits.check()?;
        Ok(limits)
    }

    /// The file this program was built with.
    ///
    /// # Errors
    /// Never in a program whose tests passed: one of them reads this file.
    pub fn builtin() -> Result<Self, LimitsFault> {
        Self::parse(include_str!("../../../../assets/quality.toml"))
    }

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
            ("shoulders", self.shoulders.limit),
            ("clothes", self.clothes.limit),
            ("clipping", self.clipping.limit),
            ("half_lit", self.half_lit.limit),
            ("background_plain", self.background_plain.limit),
            ("background_lines", self.background_lines.limit),
            ("background_even", self.background_even.limit),
            ("wall_shadow", self.wall_shadow.limit),
            ("sharpness", self.sharpness.limit),
            ("sharpness.soft", self.sharpness.soft),
            ("sharpness.edge_width", self.sharpness.edge_width),
        ];
        let falling = [
            ("inter_eye", self.inter_eye.limit),
            ("eyes_open", self.eyes_open.limit),
            ("exposure", self.exposure.limit),
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

    const BUILTIN: &str = include_str!("../../../../assets/quality.toml");

    #[test]
    fn the_built_in_file_is_whole() {
        let limits = Limits::builtin().unwrap();
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
        let mut limits = Limits::builtin().unwrap();
        limits.yaw.limit.warn = limits.yaw.limit.fail + 1.0;
        assert_eq!(limits.check(), Err(LimitsFault::Contradiction("yaw".into())));
        let mut limits = Limits::builtin().unwrap();
        limits.exposure.limit.warn = limits.exposure.limit.fail - 1.0;
        assert_eq!(limits.check(), Err(LimitsFault::Contradiction("exposure".into())));
    }

    #[test]
    fn the_dead_band_only_makes_leaving_harder() {
        let limit = Limit {
            warn: 7.0,
            fail: 10.0,
            dead_band: 0.9,
        };
        assert_eq!(
            limit.above(10.1, Verdict::Pass),
            Verdict::Fail,
            "live is never laxer than the still"
        );
        assert_eq!(limit.above(9.5, Verdict::Pass), Verdict::Warn);
        assert_eq!(limit.above(9.5, Verdict::Fail), Verdict::Fail);
        assert_eq!(limit.above(9.0, Verdict::Fail), Verdict::Warn);
        assert_eq!(limit.above(6.5, Verdict::Warn), Verdict::Warn);
        let floor = Limit {
            warn: 58.0,
            fail: 45.0,
            dead_band: 1.0,
        };
        assert_eq!(floor.below(44.0, Verdict::Pass), Verdict::Fail);
        assert_eq!(floor.below(45.5, Verdict::Fail), Verdict::Fail);
        assert_eq!(floor.below(60.0, Verdict::Fail), Verdict::Pass);
    }
}
