//! The rules that have more numbers than one limit.

use super::limit::{Confidence, Limit};
use serde::{Deserialize, Serialize};

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
    }
    /// Numbers of `pitch`.
    Pitch {
        /// The limit on the distance from a level head, degrees.
        limit: Limit,
        /// What a level head reads, degrees (nose up positive).
        level_reading: f32,
        /// Accepted stills of a session after which their median takes the place of the shipped level.
        level_after: usize,
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
        /// Change of that chroma by re-encoding, scaling or mirroring.
        chroma_spread: f32,
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
    /// How live frames are looked at.
    Live {
        /// Milliseconds between two runs of a slow check.
        slow_every_ms: u64,
        /// Cut-off of the 1-euro filter for a face at rest, Hz.
        least_cutoff_hz: f32,
        /// Cut-off of its estimate of speed, Hz.
        speed_cutoff_hz: f32,
        /// How much its cut-off rises with speed, Hz for one inter-eye distance a second.
        follows: f32,
    }
}
