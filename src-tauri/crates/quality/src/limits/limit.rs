//! One limit, and how a value is judged by it.

use domain::quality::Verdict;
use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

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
