//! The rules as rows of data (`assets/rules.toml`), resolved under a session's policy.

mod policy;
mod row;

pub use policy::RulesFault;
pub use row::{Assessed, ExceptionRow, Iso, Pace, RuleRow, TickRow};

use crate::limits::Limits;
use domain::exception::ExceptionKind;
use domain::quality::{Assessment, Force, Stage};
use domain::setup::QualityPolicy;

/// Every rule with its force and its numbers under one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Version of the rules file; travels in the report.
    pub version: u32,
    /// The policy: its base's name, followed by `+` when a session changed it.
    pub policy: String,
    /// Attempts after which the policy lets a supervisor override, unless the session says otherwise.
    pub attempts_before_override: u32,
    limits: Limits,
    rows: Vec<RuleRow>,
    ticks: Vec<TickRow>,
    exceptions: Vec<ExceptionRow>,
    eased: Vec<String>,
}

impl Rules {
    /// The numbers of the measures.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// All rules in the order in which results stand on screen and in the report.
    pub fn rows(&self) -> &[RuleRow] {
        &self.rows
    }

    /// The rules that are looked at on a picture of this stage, those that are off included.
    pub fn at(&self, stage: Stage) -> impl Iterator<Item = &RuleRow> {
        self.rows.iter().filter(move |row| row.when.contains(&stage))
    }

    /// The rule with this id.
    pub fn row(&self, id: &str) -> Option<&RuleRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The ticks in the order of their keys, 1 to 4.
    pub fn ticks(&self) -> &[TickRow] {
        &self.ticks
    }

    /// What a rule may do here. A rule eased by the person's known exceptions only advises.
    pub fn force(&self, row: &RuleRow) -> Force {
        if self.is_eased(&row.id) && matches!(row.force, Force::Gate | Force::Ask) {
            Force::Advice
        } else {
            row.force
        }
    }

    /// True when a known exception of this person eases the rule.
    pub fn is_eased(&self, rule: &str) -> bool {
        self.eased.iter().any(|eased| eased == rule)
    }

    /// The same rules for a person with these known exceptions.
    #[must_use]
    pub fn easing(mut self, kinds: &[ExceptionKind]) -> Self {
        self.eased = self
            .exceptions
            .iter()
            .filter(|row| kinds.contains(&row.kind))
            .flat_map(|row| row.eases.iter().cloned())
            .collect();
        self
    }

    /// The same rules with the level of the camera taken from sitters who were told to look straight: `readings` are
    /// those of [`Rules::level_reading`] on stills that were accepted in this session. From ten on their median takes
    /// the place of the shipped level, which it may move by no more than the limit of a warning: the room's camera,
    /// not one sitter's face, is what is calibrated.
    #[must_use]
    pub fn levelled(mut self, readings: &[f32]) -> Self {
        let rule = &mut self.limits.pitch;
        if readings.len() >= rule.level_after {
            let level = crate::statistics::median(&mut readings.to_vec()).unwrap_or(rule.level_reading);
            let moved = level - rule.level_reading;
            rule.level_reading += moved.clamp(-rule.limit.warn, rule.limit.warn);
        }
        self
    }

    /// What the head's nod was read as on a still judged by these rules, before the level was taken off, degrees;
    /// `None` when it was not measured.
    pub fn level_reading(&self, assessment: &Assessment) -> Option<f32> {
        let pitch = assessment.results.iter().find(|result| result.check == "pitch")?;
        pitch
            .value
            .map(|value| value as f32 + self.limits.pitch.level_reading)
    }

    /// The rules of a policy.
    ///
    /// # Errors
    /// [`RulesFault`] when the policy is unknown, names an unknown rule, number or force, changes geometry, or
    /// makes limits contradict themselves.
    pub fn under(policy: &QualityPolicy) -> Result<Self, RulesFault> {
        policy::resolved(policy)
    }

    /// The strict policy as shipped.
    ///
    /// # Errors
    /// Never in a program whose tests passed: one of them reads these files.
    pub fn strict() -> Result<Self, RulesFault> {
        Self::under(&QualityPolicy::default())
    }
}
