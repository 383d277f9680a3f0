//! The quality report of one sample: every rule's result with the versions that produced it. It travels
//! in the packet as JSON.

use crate::framing::Framing;
use crate::limits::Limits;
use domain::quality::{Assessment, Stage};
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};

/// Name and version of the report's form.
pub const SCHEMA: &str = "capture-station/quality-report/1";

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityReport {
    /// Name and version of the form, see [`SCHEMA`].
    pub schema: String,
    /// What judged.
    pub rules: RuleVersions,
    /// Models behind the analysis.
    pub models: Vec<ModelVersion>,
    /// The photo specification judged by.
    pub specification: SpecificationVersion,
    /// Results, one entry a stage, in the order they were taken.
    pub stages: Vec<StageResults>,
}

/// Versions of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleVersions {
    /// Version of the measures: this crate's.
    pub measures: String,
    /// Version of the limits file.
    pub limits: u32,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelVersion {
    /// Its id in the model manifest.
    pub id: String,
    /// SHA-256 of its file, lower-case hexadecimal.
    pub sha256: String,
}

/// The photo specification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecificationVersion {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// The results of one stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageResults {
    /// Which picture.
    pub stage: Stage,
    /// Width of that picture, pixels.
    pub width_px: u32,
    /// Height of that picture, pixels.
    pub height_px: u32,
    /// Framing numbers; `None` without a face.
    pub framing: Option<Framing>,
    /// Every check's result.
    pub assessment: Assessment,
}

impl QualityReport {
    /// Begins a report without stages.
    pub fn new(specification: &PhotoSpecification, limits: &Limits, models: Vec<ModelVersion>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            rules: RuleVersions {
                measures: env!("CARGO_PKG_VERSION").to_owned(),
                limits: limits.version,
            },
            models,
            specification: SpecificationVersion {
                id: specification.id.clone(),
                version: specification.version,
            },
            stages: Vec::new(),
        }
    }

    /// Adds a stage.
    #[must_use]
    pub fn with(mut self, stage: StageResults) -> Self {
        self.stages.push(stage);
        self
    }
}
