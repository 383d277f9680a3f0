//! Counts of outcomes: by rule and by code.

use super::book::Kind;
use super::judging::Outcome;
use domain::quality::Force;
use quality::Assessed;
use serde::Serialize;

/// A gating rule must be right this often when it fires.
const LEAST_PRECISION: f64 = 0.9;
/// Fewer fires than this say nothing.
const LEAST_FIRES: u32 = 3;

/// Counts of outcomes; positives are the pictures that should break the rule, negatives those that keep it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Pictures that should break it.
    pub positives: u32,
    /// Positives on which it fired.
    pub caught: u32,
    /// Positives it did not clear, so that the operator is asked.
    pub asked: u32,
    /// Positives it cleared.
    pub missed: u32,
    /// Positives on which it could not be measured.
    pub not_assessed: u32,
    /// Pictures that keep it.
    pub negatives: u32,
    /// Negatives on which it fired.
    pub false_alarms: u32,
    /// Negatives on which it could not be measured.
    pub negatives_not_assessed: u32,
}

impl Tally {
    /// Counts one outcome.
    pub fn add(&mut self, outcome: Outcome) {
        let place = match outcome {
            Outcome::Caught => &mut self.caught,
            Outcome::Asked => &mut self.asked,
            Outcome::Missed => &mut self.missed,
            Outcome::NotAssessed => &mut self.not_assessed,
            Outcome::Quiet => {
                self.negatives += 1;
                return;
            }
            Outcome::QuietNotAssessed => {
                self.negatives += 1;
                self.negatives_not_assessed += 1;
                return;
            }
            Outcome::FalseAlarm => {
                self.negatives += 1;
                self.false_alarms += 1;
                return;
            }
            Outcome::Neither => return,
        };
        *place += 1;
        self.positives += 1;
    }

    /// How often it fired where that counts.
    pub const fn fires(&self) -> u32 {
        self.caught + self.false_alarms
    }

    /// Share of the fires that were right, 0..=1; `None` when it never fired.
    pub fn precision(&self) -> Option<f64> {
        (self.fires() > 0).then(|| f64::from(self.caught) / f64::from(self.fires()))
    }
}

/// One rule over all pictures.
#[derive(Debug, Clone, Serialize)]
pub struct RuleTally {
    /// Id of the rule.
    pub rule: String,
    /// How it is assessed.
    pub assessed: Assessed,
    /// What it may do.
    pub force: Force,
    /// The counts.
    #[serde(flatten)]
    pub tally: Tally,
    /// Share of the fires that were right.
    pub precision: Option<f64>,
    /// True for a gating rule that fired often enough to tell and was right less than nine times in ten.
    pub imprecise: bool,
}

impl RuleTally {
    /// Puts the counts of a rule together.
    pub fn new(rule: &str, assessed: Assessed, force: Force, tally: Tally) -> Self {
        let precision = tally.precision();
        let gates = matches!(force, Force::Absolute | Force::Gate);
        Self {
            rule: rule.to_owned(),
            assessed,
            force,
            imprecise: gates
                && tally.fires() >= LEAST_FIRES
                && precision.is_some_and(|p| p < LEAST_PRECISION),
            precision,
            tally,
        }
    }
}

/// One code over all pictures that name it.
#[derive(Debug, Clone, Serialize)]
pub struct CodeTally {
    /// The word of the truth table.
    pub code: String,
    /// What it says of a picture.
    pub kind: Kind,
    /// Rules any of which catches it.
    pub rules: Vec<String>,
    /// The counts; there are no negatives.
    #[serde(flatten)]
    pub tally: Tally,
    /// Pictures on which it is open.
    pub open: u32,
}
