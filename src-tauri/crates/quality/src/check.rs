//! What a check is.

use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::{CheckResult, Force, Verdict};

/// One row of the check list.
pub(crate) struct Check {
    /// Its id; the UI has the name under `check.<id>`.
    pub(crate) id: &'static str,
    /// Unit of value and limits.
    pub(crate) unit: &'static str,
    /// What a failure does.
    pub(crate) force: Force,
    /// How often it runs on live frames.
    pub(crate) pace: Pace,
    /// The measure.
    pub(crate) measure: fn(&Scene<'_>) -> Result<Finding, Reason>,
}

/// How often a check runs on live frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// On every frame.
    Frame,
    /// A few times a second; in between its last result is repeated.
    Slow,
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
}

impl Finding {
    /// A value that may not exceed `max`.
    pub(crate) const fn most(value: f32, max: f32, verdict: Verdict, help: Instruction) -> Self {
        Self {
            value,
            min: None,
            max: Some(max),
            verdict,
            help,
        }
    }

    /// A value that may not fall below `min`.
    pub(crate) const fn least(value: f32, min: f32, verdict: Verdict, help: Instruction) -> Self {
        Self {
            value,
            min: Some(min),
            max: None,
            verdict,
            help,
        }
    }

    /// A value between two limits.
    pub(crate) const fn between(value: f32, min: f32, max: f32, verdict: Verdict, help: Instruction) -> Self {
        Self {
            value,
            min: Some(min),
            max: Some(max),
            verdict,
            help,
        }
    }
}

impl Check {
    /// Runs the measure.
    pub(crate) fn run(&self, scene: &Scene<'_>) -> CheckResult {
        let found = (self.measure)(scene);
        let (value, min, max, verdict, code) = match found {
            Ok(f) => {
                let help = (f.verdict != Verdict::Pass).then(|| f.help.code());
                (Some(f.value), f.min, f.max, f.verdict, help)
            }
            Err(reason) => (None, None, None, Verdict::NotAssessed, Some(reason.code())),
        };
        CheckResult {
            check: self.id.to_owned(),
            value: value.map(shown),
            unit: self.unit.to_owned(),
            min: min.map(shown),
            max: max.map(shown),
            verdict,
            force: self.force,
            code: code.map(str::to_owned),
        }
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
        Verdict::Pass | Verdict::NotAssessed => 0,
        Verdict::Warn => 1,
        Verdict::Fail => 2,
    }
}
