//! The quality report of one sample: every rule's result with the versions that produced it, and with what is known
//! of each rule, so that a reader needs no other file. It travels in the packet as JSON; its schema stands in
//! `assets/schemas/quality-report.schema.json`.

mod read;

pub use read::{MOST_BYTES, ReadFault, read};

use crate::framing::Framing;
use crate::limits::Confidence;
use crate::parts::Part;
use crate::rules::{Assessed, Iso, RuleRow, Rules};
use domain::exception::{ExceptionKind, KnownException};
use domain::moment::Moment;
use domain::quality::{Assessment, Stage};
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};

/// Name and version of the report's form.
pub const SCHEMA: &str = "capture-station/quality-report/2";

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityReport {
    /// Name and version of the form, see [`SCHEMA`].
    pub schema: String,
    /// The policy of the session.
    pub policy: PolicyName,
    /// Versions of what judged.
    pub versions: RuleVersions,
    /// Models behind the analysis.
    pub models: Vec<ModelVersion>,
    /// The photo specification judged by.
    pub specification: SpecificationVersion,
    /// Known exceptions of the person that eased rules.
    pub exceptions: Vec<ExceptionRecord>,
    /// What is known of each rule, in the fixed order of the rows, those that are off included.
    pub rules: Vec<RuleRecord>,
    /// Results, one entry a stage, in the order they were taken.
    pub stages: Vec<StageResults>,
}

/// The policy of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyName {
    /// Name of the policy the session began with, e.g. `strict`.
    pub name: String,
    /// True when the session changed forces or numbers of it.
    pub changed: bool,
}

/// Versions of what judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleVersions {
    /// Version of the rules file.
    pub rules: u32,
    /// Version of the limits file.
    pub limits: u32,
    /// Version of the measures: this crate's.
    pub measures: String,
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

/// A known exception without the words of its reason, which may tell of the person's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionRecord {
    /// What kind.
    pub kind: ExceptionKind,
    /// Id of the supervisor who granted it.
    pub supervisor: String,
    /// When it was granted.
    pub at: Moment,
}

impl From<&KnownException> for ExceptionRecord {
    fn from(exception: &KnownException) -> Self {
        Self {
            kind: exception.kind,
            supervisor: exception.supervisor.clone(),
            at: exception.at,
        }
    }
}

/// What is known of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRecord {
    /// Its id.
    pub id: String,
    /// The rule in the words of its source.
    pub words: String,
    /// Where it stands written.
    pub source: String,
    /// How it is assessed.
    pub assessed: Assessed,
    /// How far its numbers can be trusted; `None` for a rule without numbers.
    pub numbers: Option<Confidence>,
    /// The part of the picture that shows it.
    pub part: Part,
    /// The corresponding component of ISO/IEC 29794-5, if there is one.
    pub iso: Option<Iso>,
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
    /// Every rule's result, and the operator's answers.
    pub assessment: Assessment,
}

impl QualityReport {
    /// Begins a report without stages.
    pub fn new(
        specification: &PhotoSpecification,
        rules: &Rules,
        models: Vec<ModelVersion>,
        exceptions: Vec<ExceptionRecord>,
    ) -> Self {
        let sections = toml::Table::try_from(rules.limits()).unwrap_or_default();
        let record = |row: &RuleRow| RuleRecord {
            id: row.id.clone(),
            words: row.words.clone(),
            source: row.source.clone(),
            assessed: row.assessed,
            numbers: numbers(row, &sections, specification),
            part: row.part,
            iso: row.iso.clone(),
        };
        Self {
            schema: SCHEMA.to_owned(),
            policy: PolicyName {
                name: rules.policy.trim_end_matches('+').to_owned(),
                changed: rules.policy.ends_with('+'),
            },
            versions: RuleVersions {
                rules: rules.version,
                limits: rules.limits().version,
                measures: env!("CARGO_PKG_VERSION").to_owned(),
            },
            models,
            specification: SpecificationVersion {
                id: specification.id.clone(),
                version: specification.version,
            },
            exceptions,
            rules: rules.rows().iter().map(record).collect(),
            stages: Vec::new(),
        }
    }

    /// Adds a stage.
    #[must_use]
    pub fn with(mut self, stage: StageResults) -> Self {
        self.stages.push(stage);
        self
    }

    /// What is known of a rule.
    pub fn rule(&self, id: &str) -> Option<&RuleRecord> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// Rules whose numbers stand in a section of another name.
const SHARED: [(&str, &[&str]); 5] = [
    (
        "framing",
        &[
            "face_width",
            "head_height",
            "eye_distance",
            "centred",
            "crown",
            "eye_line",
            "chin_line",
            "chest",
        ],
    ),
    ("colour_trust", &["monochrome"]),
    ("forehead", &["brows"]),
    ("glasses", &["tinted_glasses", "reflection"]),
    ("shadows", &["light_top_down", "eye_shadows"]),
];

/// How far the numbers of a rule can be trusted: by its section of the limits, or, for the finished file, by the
/// photo specification.
fn numbers(row: &RuleRow, sections: &toml::Table, specification: &PhotoSpecification) -> Option<Confidence> {
    if row.when == [Stage::Finished] {
        return letter(&specification.confidence);
    }
    let shared = SHARED.iter().find(|(_, rules)| rules.contains(&row.id.as_str()));
    let section = sections
        .get(&row.id)
        .or_else(|| sections.get(shared.map(|(section, _)| *section)?))?;
    letter(section.get("confidence")?.as_str()?)
}

fn letter(text: &str) -> Option<Confidence> {
    match text {
        "A" => Some(Confidence::A),
        "B" => Some(Confidence::B),
        "C" => Some(Confidence::C),
        _ => None,
    }
}
