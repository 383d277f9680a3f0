//! What a measure is, and how its finding becomes a rule's result.

use crate::code::{Instruction, Reason};
use crate::rules::{Assessed, RuleRow, Rules};
use crate::scene::Scene;
use domain::quality::{CheckResult, Force, Verdict};

/// One measure; everything else about its rule is a row of `assets/rules.toml`.
pub(crate) struct Check {
    /// Id of the rule.
    pub(crate) id: &'static str,
    /// Unit of value and limits.
    pub(crate) unit: &'static str,
    /// The measure.
    pub(crate) measure: fn(&Scene<'_>) -> Result<Finding, Reason>,
}

/// What a measure found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finding {
    /// The value in the check's unit.
    pub(crate) value: f32,
    /// Smallest accepted value.
    pub(crate) min: Option<f32>,
    /// Largest accepted value.
    pub(crate) max: Option<f32>,
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// What helps, unless it passed.
    pub(crate) help: Instruction,
    /// How far re-encoding, scaling or mirroring moves the value (95th percentile).
    pub(crate) spread: f32,
}

impl Finding {
    const fn new(
        value: f32,
        min: Option<f32>,
        max: Option<f32>,
        verdict: Verdict,
        help: Instruction,
    ) -> Self {
        Self {
            value,
            min,
            max,
            verdict,
            help,
            spread: 0.0,
        }
    }

    /// A value that may not exceed `max`.
    pub(crate) const fn most(value: f32, max: f32, verdict: Verdict, help: Instruction) -> Self {
        Self::new(value, None, Some(max), verdict, help)
    }

    /// A value that may not fall below `min`.
    pub(crate) const fn least(value: f32, min: f32, verdict: Verdict, help: Instruction) -> Self {
        Self::new(value, Some(min), None, verdict, help)
    }

    /// A value between two limits.
    pub(crate) const fn between(value: f32, min: f32, max: f32, verdict: Verdict, help: Instruction) -> Self {
        Self::new(value, Some(min), Some(max), verdict, help)
    }

    /// With the spread of the value: the dead band of its limit.
    pub(crate) const fn spread(mut self, dead_band: f32) -> Self {
        self.spread = dead_band;
        self
    }

    /// Probability that the value lies on this side of its nearest limit: its scatter is taken as normal with the
    /// spread as its 95th percentile, its distribution function by the logistic approximation.
    fn confidence(&self) -> Option<f64> {
        let away = [self.min, self.max]
            .into_iter()
            .flatten()
            .map(|limit| f64::from((self.value - limit).abs()))
            .reduce(f64::min)?;
        if self.spread <= 0.0 || !away.is_finite() {
            return None;
        }
        let sigmas = away / f64::from(self.spread) * 1.96;
        Some(1.0 / (1.0 + (-1.702 * sigmas).exp()))
    }
}

/// A rule's result on a scene: by its measure, or by what the policy says of it.
pub(crate) fn judged(row: &RuleRow, check: Option<&Check>, scene: &Scene<'_>) -> CheckResult {
    let rules = scene.rules;
    let force = rules.force(row);
    let unit = check.map_or("", |check| check.unit);
    let blank = CheckResult {
        check: row.id.clone(),
        value: None,
        unit: unit.to_owned(),
        min: None,
        max: None,
        verdict: Verdict::Asked,
        force,
        confidence: None,
        code: row.help.clone(),
    };
    let off = |force, reason: Reason| CheckResult {
        verdict: Verdict::NotAssessed,
        force,
        code: Some(reason.code().to_owned()),
        ..blank.clone()
    };
    if !row.is_demanded_by(scene.specification) {
        return off(Force::Off, Reason::NotDemanded);
    }
    if force == Force::Off {
        return off(force, Reason::OffByPolicy);
    }
    let Some(check) = check else { return blank };
    match (check.measure)(scene) {
        Ok(found) => {
            let verdict = weighed(found.verdict, row, rules, force);
            let help = (verdict != Verdict::Pass).then(|| found.help.code().to_owned());
            CheckResult {
                value: Some(shown(found.value)),
                min: found.min.map(shown),
                max: found.max.map(shown),
                verdict,
                confidence: found.confidence().map(|p| (p * 1e3).round() / 1e3),
                code: help,
                ..blank
            }
        }
        Err(reason) => CheckResult {
            verdict: weighed(Verdict::NotAssessed, row, rules, force),
            code: Some(reason.code().to_owned()),
            ..blank
        },
    }
}

/// What a verdict becomes under the force of its rule: what a measure cannot clear goes to the operator where the
/// rule has a tick. A failure of a hint only asks; a failure of a gating measure stands.
pub(crate) fn weighed(verdict: Verdict, row: &RuleRow, rules: &Rules, force: Force) -> Verdict {
    let asks = row.tick.is_some() && matches!(force, Force::Gate | Force::Ask);
    match verdict {
        Verdict::Warn | Verdict::NotAssessed if asks => Verdict::Asked,
        Verdict::Fail if force == Force::Ask => Verdict::Asked,
        Verdict::Fail if row.assessed == Assessed::Advisory || rules.is_eased(&row.id) => Verdict::Warn,
        other => other,
    }
}

/// Four decimals: more is noise in a report.
fn shown(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// The graver of two verdicts; something not assessed counts as neither better nor worse than a pass.
pub(crate) fn graver(p: Verdict, q: Verdict) -> Verdict {
    if gravity(q) > gravity(p) { q } else { p }
}

/// The milder of two verdicts: for a rule that needs two signs.
pub(crate) fn milder(p: Verdict, q: Verdict) -> Verdict {
    if gravity(q) < gravity(p) { q } else { p }
}

const fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass | Verdict::NotAssessed | Verdict::Asked => 0,
        Verdict::Warn => 1,
        Verdict::Fail => 2,
    }
}
