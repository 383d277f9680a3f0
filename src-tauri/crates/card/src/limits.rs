//! The numbers of `assets/card.toml`.

use serde::Deserialize;

/// Why a limits file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitsFault {
    /// Not TOML, a key missing, or a key nobody knows.
    #[error("the card's limits cannot be read: {0}")]
    Unreadable(String),
    /// A table whose doubt comes after its refusal.
    #[error("the limits of {0} contradict themselves")]
    Contradiction(&'static str),
}

/// How far the numbers can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Confidence {
    /// A standard's own words.
    A,
    /// Separates all real pictures at hand.
    B,
    /// Few or drawn examples.
    C,
}

/// The card itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Where the numbers come from.
    pub source: String,
    /// How far they can be trusted.
    pub confidence: Confidence,
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
    /// Radius of the corners in millimetres.
    pub corner_mm: f64,
}

/// Which shapes may be a card.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// Where the numbers come from.
    pub source: String,
    /// How far they can be trusted.
    pub confidence: Confidence,
    /// Least width as a share of the picture's longer side.
    pub least_width: f64,
    /// Greatest departure of the ratio, as a share.
    pub ratio_slack: f64,
    /// Least share of a side on which an edge is seen.
    pub least_side: f64,
    /// Least score of the whole.
    pub least_score: f64,
    /// Horizontal field of view, degrees.
    pub field_of_view_deg: f64,
}

/// Two limits of one measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Where the numbers come from.
    pub source: String,
    /// How far they can be trusted.
    pub confidence: Confidence,
    /// From here on the measure decides nothing.
    pub doubt: f64,
    /// From here on the picture is asked again.
    pub bad: f64,
}

/// Glare.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glare {
    /// Where the numbers come from.
    pub source: String,
    /// How far they can be trusted.
    pub confidence: Confidence,
    /// From this area on (mm²) the operator looks.
    pub doubt: f64,
    /// From this area on (mm²) the picture is asked again.
    pub bad: f64,
    /// All three colours at or above it are blown out.
    pub level: u8,
    /// Smaller patches (mm²) do not count.
    pub least_patch_mm2: f64,
}

/// Blur.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blur {
    /// Where the numbers come from.
    pub source: String,
    /// How far they can be trusted.
    pub confidence: Confidence,
    /// From this width of edges on (mm) the operator looks.
    pub doubt: f64,
    /// From this width of edges on (mm) the picture is asked again.
    pub bad: f64,
    /// Least contrast of an edge, in levels.
    pub contrast: f64,
    /// Fewer edges say nothing.
    pub least_edges: usize,
}

/// All numbers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Version of the file.
    pub version: u32,
    /// The card itself.
    pub card: Card,
    /// Which shapes may be one.
    pub find: Find,
    /// Picture elements per millimetre.
    pub too_small: Limit,
    /// Blown-out patches.
    pub glare: Glare,
    /// Width of edges.
    pub blur: Blur,
    /// Share of a round corner that was seen.
    pub corner: Limit,
    /// Brightness of the card.
    pub too_dark: Limit,
}

impl Limits {
    /// Reads a limits file.
    ///
    /// # Errors
    /// [`LimitsFault`].
    pub fn parse(text: &str) -> Result<Self, LimitsFault> {
        let limits: Self = toml::from_str(text).map_err(|e| LimitsFault::Unreadable(e.to_string()))?;
        let rising = [
            ("glare", limits.glare.doubt, limits.glare.bad),
            ("blur", limits.blur.doubt, limits.blur.bad),
            ("too_small", limits.too_small.bad, limits.too_small.doubt),
            ("corner", limits.corner.bad, limits.corner.doubt),
            ("too_dark", limits.too_dark.bad, limits.too_dark.doubt),
        ];
        match rising.into_iter().find(|(_, first, then)| first > then) {
            Some((table, ..)) => Err(LimitsFault::Contradiction(table)),
            None => Ok(limits),
        }
    }

    /// The numbers that come with the program.
    ///
    /// # Errors
    /// [`LimitsFault`]; a test holds that there is none.
    pub fn builtin() -> Result<Self, LimitsFault> {
        Self::parse(include_str!("../../../../assets/card.toml"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_numbers_are_read() {
        let limits = Limits::builtin().unwrap();
        assert_eq!((limits.card.width_mm, limits.card.height_mm), (85.60, 53.98));
    }

    #[test]
    fn a_doubt_after_the_refusal_is_refused() {
        let text = include_str!("../../../../assets/card.toml").replace("doubt = 75.0", "doubt = 20.0");
        assert_eq!(Limits::parse(&text), Err(LimitsFault::Contradiction("too_dark")));
    }
}
