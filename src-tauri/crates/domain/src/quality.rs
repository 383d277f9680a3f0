//! The vocabulary of a quality check. The checks themselves live in the `quality` crate.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which picture a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A live frame; cheap checks only.
    Live,
    /// The still that was taken.
    Still,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule holds.
    Pass,
    /// Doubtful; shown, does not stop.
    Warn,
    /// The rule is broken; stops unless overridden or advisory.
    Fail,
    /// Could not be measured; never a silent pass.
    NotAssessed,
}

/// What a failing check may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Stops, and nobody can override it: geometry of the photo.
    Absolute,
    /// Stops until a supervisor overrides it with a reason.
    Gate,
    /// Shown only.
    Advice,
}

/// The result of one check on one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckResult {
    /// Id of the check, e.g. `yaw`; the UI has its name under `check.<id>`.
    pub check: String,
    /// The measured value in `unit`; `None` when not assessed.
    pub value: Option<f64>,
    /// Unit of value and limits: `deg`, `px`, `ratio`, `stops`, `L*`, `count`, `ΔE`.
    pub unit: String,
    /// Smallest accepted value, if there is one.
    pub min: Option<f64>,
    /// Largest accepted value, if there is one.
    pub max: Option<f64>,
    /// What was found.
    pub verdict: Verdict,
    /// What a failure does.
    pub force: Force,
    /// Code of the one instruction that helps (`closer`, `eyes_closed`, …): the UI has it under
    /// `instruction.<code>`. With [`Verdict::NotAssessed`] it is the reason, under `reason.<code>`.
    pub code: Option<String>,
}

/// All results for one picture, in the fixed order of the check list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// One result a check.
    pub results: Vec<CheckResult>,
}

impl Assessment {
    /// Results that stop: gating checks that failed or could not be assessed on this picture.
    pub fn stopping(&self) -> impl Iterator<Item = &CheckResult> {
        self.results
            .iter()
            .filter(|r| r.force != Force::Advice && matches!(r.verdict, Verdict::Fail | Verdict::NotAssessed))
    }

    /// True when no check stops.
    pub fn acceptable(&self) -> bool {
        !self.results.is_empty() && self.stopping().next().is_none()
    }

    /// True when every check that stops may be overridden by a supervisor.
    pub fn overridable(&self) -> bool {
        self.stopping().all(|r| r.force == Force::Gate)
    }
}
