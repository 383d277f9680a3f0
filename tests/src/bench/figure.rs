//! One measured value with its target.

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One measured value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its id; stays the same from version to version.
    pub id: String,
    /// What was measured.
    pub what: String,
    /// The value in `unit`; `None` when it was not measured.
    pub value: Option<f64>,
    /// Unit of value and target.
    pub unit: String,
    /// What it should reach, as shown.
    pub target: String,
    /// It does; `None` when it was not measured.
    pub ok: Option<bool>,
    /// What else there is to know.
    pub beside: String,
}

/// What each value should reach.
pub struct Targets(BTreeMap<String, Target>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    what: String,
    unit: String,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

impl Targets {
    /// The targets this program was built with.
    pub fn builtin() -> Result<Self> {
        let targets: BTreeMap<String, Target> = toml::from_str(include_str!("targets.toml"))?;
        for (id, target) in &targets {
            ensure!(
                target.at_least.is_some() != target.at_most.is_some(),
                "{id} has not exactly one target"
            );
        }
        Ok(Self(targets))
    }

    /// A measured value beside its target.
    pub fn figure(&self, id: &str, value: f64, beside: impl Into<String>) -> Result<Figure> {
        self.row(id, Some(value), beside)
    }

    /// The row of a value that was not measured, with the reason.
    pub fn unmeasured(&self, id: &str, why: impl Into<String>) -> Result<Figure> {
        self.row(id, None, why)
    }

    fn row(&self, id: &str, value: Option<f64>, beside: impl Into<String>) -> Result<Figure> {
        let Target {
            what,
            unit,
            at_least,
            at_most,
        } = self.0.get(id).with_context(|| format!("no target for {id}"))?;
        let shown = at_least
            .map(|least| format!(">= {least}"))
            .or(at_most.map(|most| format!("<= {most}")));
        Ok(Figure {
            id: id.to_string(),
            what: what.clone(),
            value,
            unit: unit.clone(),
            target: shown.unwrap_or_default(),
            ok: value.map(|value| {
                at_least.is_none_or(|least| value >= least) && at_most.is_none_or(|most| value <= most)
            }),
            beside: beside.into(),
        })
    }
}

/// The value that lies in the middle.
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value that `percent` of all values do not exceed; 0 of none.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_readable_and_judges() {
        let targets = Targets::builtin().unwrap();
        assert!(targets.figure("preview_fps_720p", 29.5, "").unwrap().ok == Some(true));
        assert_eq!(
            targets.figure("preview_fps_720p", 28.9, "").unwrap().ok,
            Some(false)
        );
        assert_eq!(
            targets.figure("memory_pss_mb", 451.0, "").unwrap().ok,
            Some(false)
        );
        assert_eq!(targets.unmeasured("memory_pss_mb", "").unwrap().ok, None);
        assert!(targets.figure("nothing", 1.0, "").is_err());
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(
            (median(&values), percentile(&values, 95), percentile(&values, 1)),
            (3.0, 5.0, 1.0)
        );
        assert_eq!(median(&[]), 0.0);
    }
}
