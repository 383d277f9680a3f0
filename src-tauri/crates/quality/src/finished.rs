//! The rules of the finished file: what was measured on it becomes results beside those of the still.

use crate::check::weighed;
use crate::code::Reason;
use crate::rules::{RuleRow, Rules};
use domain::quality::{Assessment, CheckResult, Force, Stage, Verdict};
use domain::specification::PhotoSpecification;

/// What stands before a measurement's id in the id of its rule.
const PREFIX: &str = "file_";

/// Units in which finished files are measured.
pub(crate) const UNITS: [&str; 6] = ["px", "dpi", "bytes", "quality", "ΔE", "count"];

/// One measurement on the finished file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileItem {
    /// What was measured, e.g. `crown`; its rule is `file_crown`.
    pub id: String,
    /// The value in `unit`; `None` when it could not be measured.
    pub value: Option<f64>,
    /// Unit of value and limits.
    pub unit: String,
    /// Smallest accepted value, if there is one.
    pub min: Option<f64>,
    /// Largest accepted value, if there is one.
    pub max: Option<f64>,
    /// What the measurement itself concluded.
    pub ok: bool,
}

/// Why measurements and rules do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinishedFault {
    /// A measurement that no rule of the finished file answers for.
    #[error("no rule of the finished file answers for the measurement {0}")]
    WithoutRule(String),
    /// A measurement that stands in the list twice.
    #[error("the measurement {0} stands twice")]
    Twice(String),
}

/// Judges the measurements of a finished file, in the fixed order of the rows. A rule whose measurement is missing or
/// has no value, or that the specification does not demand, is `NotAssessed`; a value passes only when it lies inside its limits and its measurement says so.
///
/// # Errors
/// [`FinishedFault`] when a measurement has no rule, or two.
pub fn finished(
    rules: &Rules,
    specification: &PhotoSpecification,
    items: &[FileItem],
) -> Result<Assessment, FinishedFault> {
    let of = |row: &RuleRow| {
        items
            .iter()
            .find(|item| row.id.strip_prefix(PREFIX) == Some(item.id.as_str()))
    };
    for (i, item) in items.iter().enumerate() {
        if !rules
            .at(Stage::Finished)
            .any(|row| row.id.strip_prefix(PREFIX) == Some(item.id.as_str()))
        {
            return Err(FinishedFault::WithoutRule(item.id.clone()));
        }
        if items.iter().skip(i + 1).any(|other| other.id == item.id) {
            return Err(FinishedFault::Twice(item.id.clone()));
        }
    }
    let results = rules.at(Stage::Finished).map(|row| {
        if row.is_demanded_by(specification) {
            judged(rules, row, of(row))
        } else {
            off(row, Reason::NotDemanded)
        }
    });
    Ok(Assessment {
        results: results.collect(),
        ticks: Vec::new(),
    })
}

fn off(row: &RuleRow, reason: Reason) -> CheckResult {
    CheckResult {
        check: row.id.clone(),
        value: None,
        unit: String::new(),
        min: None,
        max: None,
        verdict: Verdict::NotAssessed,
        force: Force::Off,
        confidence: None,
        code: Some(reason.code().to_owned()),
    }
}

fn judged(rules: &Rules, row: &RuleRow, item: Option<&FileItem>) -> CheckResult {
    let force = rules.force(row);
    let value = item.and_then(|item| item.value).filter(|value| value.is_finite());
    let (min, max) = item.map_or((None, None), |item| (item.min, item.max));
    let blank = CheckResult {
        unit: item.map_or(String::new(), |item| item.unit.clone()),
        force,
        ..off(row, Reason::OffByPolicy)
    };
    if force == Force::Off {
        return blank;
    }
    let (Some(value), Some(item)) = (value, item) else {
        return CheckResult {
            min: min.map(shown),
            max: max.map(shown),
            code: Some(Reason::NotMeasured.code().to_owned()),
            ..blank
        };
    };
    let inside = min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max);
    let found = if item.ok && inside {
        Verdict::Pass
    } else {
        Verdict::Fail
    };
    CheckResult {
        value: Some(shown(value)),
        min: min.map(shown),
        max: max.map(shown),
        verdict: weighed(found, row, rules, force),
        code: row.help.clone().filter(|_| found == Verdict::Fail),
        ..blank
    }
}

/// Four decimals, as the measures of the still.
fn shown(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
