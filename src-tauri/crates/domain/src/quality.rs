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
    /// The finished file, decoded again.
    Finished,
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
    /// No measure can judge it here: a tick of the operator decides, on the still.
    Asked,
}

/// What a rule may do under the session's policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Stops, and nobody can override it: geometry of the photo.
    Absolute,
    /// Stops until a supervisor overrides it with a reason.
    Gate,
    /// Never stops by its measure; what the measure cannot clear becomes an operator's tick.
    Ask,
    /// Shown only.
    Advice,
    /// Not looked at; the report says so.
    Off,
}

/// The result of one rule on one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckResult {
    /// Id of the check, e.g. `yaw`; the UI has its name under `check.<id>`.
    pub check: String,
    /// The measured value in `unit`; `None` when not assessed.
    pub value: Option<f64>,
    /// Unit of value and limits: `deg`, `px`, `ratio`, `stops`, `L*`, `count`, `ΔE`, …; empty when nothing is measured.
    pub unit: String,
    /// Smallest accepted value, if there is one.
    pub min: Option<f64>,
    /// Largest accepted value, if there is one.
    pub max: Option<f64>,
    /// What was found.
    pub verdict: Verdict,
    /// What a failure does.
    pub force: Force,
    /// Probability (0.5..=1) that the value lies on the side of its nearest limit on which it was read, from
    /// the change that re-encoding, scaling or mirroring makes to it; `None` when nothing was measured.
    pub confidence: Option<f64>,
    /// Code of the one instruction that helps (`closer`, `eyes_closed`, …): the UI has it under
    /// `instruction.<code>`. With [`Verdict::NotAssessed`] it is the reason, under `reason.<code>`.
    pub code: Option<String>,
}

/// What the operator answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TickAnswer {
    /// The picture keeps the rules of the tick.
    Fits,
    /// It does not.
    Breaks,
}

/// One question to the operator about the still: what no measure can judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Its id; the UI has the question under `tick.<id>`.
    pub id: String,
    /// Ids of the rules it decides on this picture.
    pub rules: Vec<String>,
    /// The answer; `None` while open.
    pub answer: Option<TickAnswer>,
}

/// All results for one picture, in the fixed order of the rule list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// One result a rule.
    pub results: Vec<CheckResult>,
    /// Questions to the operator, at most four; always empty on live frames.
    pub ticks: Vec<Tick>,
}

impl Assessment {
    /// Results that stop: gating rules that failed or could not be assessed on this picture. What the operator
    /// was asked stops by [`Assessment::refused`] and [`Assessment::open`].
    pub fn stopping(&self) -> impl Iterator<Item = &CheckResult> {
        self.results.iter().filter(|r| {
            matches!(r.force, Force::Absolute | Force::Gate)
                && matches!(r.verdict, Verdict::Fail | Verdict::NotAssessed)
        })
    }

    /// Ticks the operator has not answered yet.
    pub fn open(&self) -> impl Iterator<Item = &Tick> {
        self.ticks.iter().filter(|tick| tick.answer.is_none())
    }

    /// Ticks the operator answered with "does not fit".
    pub fn refused(&self) -> impl Iterator<Item = &Tick> {
        self.ticks
            .iter()
            .filter(|tick| tick.answer == Some(TickAnswer::Breaks))
    }

    /// Answers one tick; false when it was not asked.
    pub fn answer(&mut self, tick: &str, answer: TickAnswer) -> bool {
        let asked = self.ticks.iter_mut().find(|asked| asked.id == tick);
        asked.map(|asked| asked.answer = Some(answer)).is_some()
    }

    /// True when nothing stops: no rule, and every tick says "fits".
    pub fn acceptable(&self) -> bool {
        let fits = |tick: &Tick| tick.answer == Some(TickAnswer::Fits);
        !self.results.is_empty() && self.stopping().next().is_none() && self.ticks.iter().all(fits)
    }

    /// True when everything that stops may be overridden by a supervisor; open ticks are answered first.
    pub fn overridable(&self) -> bool {
        self.open().next().is_none() && self.stopping().all(|r| r.force == Force::Gate)
    }

    /// Ids of what stops, rules first, then the rules of refused ticks: what a supervisor lets through.
    pub fn stopping_rules(&self) -> Vec<String> {
        let refused = self.refused().flat_map(|tick| tick.rules.iter().cloned());
        self.stopping().map(|r| r.check.clone()).chain(refused).collect()
    }
}
