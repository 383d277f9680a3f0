//! One row of the rules file.

use domain::exception::ExceptionKind;
use domain::quality::{Force, Stage};
use domain::specification::{PhotoSpecification, Quantity};
use serde::{Deserialize, Serialize};

/// How a rule is assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assessed {
    /// Measured well enough to stop a photo: right at least nine times in ten when it fires.
    Measured,
    /// Measured, but only a hint: it warns or opens an operator's tick.
    Advisory,
    /// Asked of the operator, or off: no measure can judge it.
    Operator,
}

/// How often a measure runs on live frames.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// On every frame.
    #[default]
    Frame,
    /// A few times a second; in between its last result is repeated.
    Slow,
}

/// The component of ISO/IEC 29794-5 a rule corresponds to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Iso {
    /// The standard's name of the component.
    pub name: String,
    /// Where and why the value here is not the standard's native measure; empty when it is.
    #[serde(default)]
    pub differs: String,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRow {
    /// Its id, e.g. `yaw`; the UI has its name under `check.<id>`.
    pub id: String,
    /// The rule in the words of its source.
    pub words: String,
    /// Where it stands written.
    pub source: String,
    /// How it is assessed.
    pub assessed: Assessed,
    /// On which pictures.
    pub when: Vec<Stage>,
    /// How often on live frames.
    #[serde(default)]
    pub pace: Pace,
    /// What it may do under the strict policy; after resolution, under the session's.
    pub force: Force,
    /// The part of the picture that shows it.
    pub part: crate::parts::Part,
    /// The band of the photo specification that it is about; a specification without it turns the rule off.
    #[serde(default)]
    pub band: Option<Quantity>,
    /// The tick that decides when no measure does.
    #[serde(default)]
    pub tick: Option<String>,
    /// The instruction for an answer "does not fit" of a rule without measure.
    #[serde(default)]
    pub help: Option<String>,
    /// The corresponding component of the standard.
    #[serde(default)]
    pub iso: Option<Iso>,
}

impl RuleRow {
    /// True when the specification demands what the rule is about.
    pub fn is_demanded_by(&self, specification: &PhotoSpecification) -> bool {
        self.band.is_none_or(|of| specification.band(of).is_some())
    }
}

/// One question to the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TickRow {
    /// Its id; the UI has the question under `tick.<id>`.
    pub id: String,
    /// The part of the picture shown enlarged beside it.
    pub part: crate::parts::Part,
}

/// What a known exception eases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionRow {
    /// The exception.
    pub kind: ExceptionKind,
    /// Ids of the rules that only advise for such a person.
    pub eases: Vec<String>,
}
