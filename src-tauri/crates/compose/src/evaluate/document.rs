//! The evaluation as one document: what was used, all figures, every picture.

use super::copies::{AngleChange, Change};
use super::derived::DerivedCopy;
use super::judging::Outcome;
use super::overall::Overall;
use super::role::Role;
use super::subject::Subject;
use super::tally::{CodeTally, RuleTally};
use domain::quality::CheckResult;
use serde::Serialize;
use std::collections::BTreeMap;

/// Name and version of the document's form.
pub const SCHEMA: &str = "capture-station/evaluation/1";

/// The document.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// See [`SCHEMA`].
    pub schema: &'static str,
    /// What judged.
    pub versions: Versions,
    /// Pictures in the truth table.
    pub rows: usize,
    /// Files the table names and the folder lacks.
    pub missing_files: Vec<String>,
    /// Pictures that could not be decoded, with the code.
    pub refused: BTreeMap<String, String>,
    /// The figures.
    pub overall: Overall,
    /// By rule.
    pub rules: Vec<RuleTally>,
    /// By code of the truth table.
    pub codes: Vec<CodeTally>,
    /// Derived copies against their sources.
    pub derived: Vec<DerivedCopy>,
    /// What copies made in memory changed; `None` when none were made.
    pub copies: Option<Copies>,
    /// Every picture.
    pub pictures: Vec<PictureEntry>,
}

/// What judged.
#[derive(Debug, Clone, Serialize)]
pub struct Versions {
    /// This program.
    pub program: &'static str,
    /// The rules file.
    pub rules: u32,
    /// The limits file.
    pub limits: u32,
    /// The policy.
    pub policy: String,
    /// The meaning of the codes.
    pub evaluation: u32,
    /// Id of the photo specification.
    pub specification: String,
    /// SHA-256 of each network by its id.
    pub models: BTreeMap<String, String>,
}

/// What copies changed.
#[derive(Debug, Clone, Serialize)]
pub struct Copies {
    /// How many copies of each kind were looked at.
    pub made: BTreeMap<&'static str, usize>,
    /// Verdicts.
    pub changes: Vec<Change>,
    /// Angles of the mirrored copies.
    pub angles: Vec<AngleChange>,
}

/// One picture.
#[derive(Debug, Clone, Serialize)]
pub struct PictureEntry {
    /// Its name.
    pub file: String,
    /// The part it plays.
    pub role: Role,
    /// The codes that count.
    pub codes: Vec<String>,
    /// The codes that do not.
    pub open: Vec<String>,
    /// Self-reported sex.
    pub sex: Option<String>,
    /// Self-reported group.
    pub group: Option<String>,
    /// Code of the refusal; `None` when it could be decoded.
    pub refused: Option<String>,
    /// True when nothing stops it, ticks taken as given.
    pub accepted: bool,
    /// Ids of the rules that stop it.
    pub stopped_by: Vec<String>,
    /// Ids of the ticks that would be asked.
    pub ticks: Vec<String>,
    /// Time of the checks, milliseconds.
    pub checks_ms: Option<f64>,
    /// Every rule.
    pub results: Vec<ResultEntry>,
}

/// One rule on one picture.
#[derive(Debug, Clone, Serialize)]
pub struct ResultEntry {
    /// What the rule did.
    pub outcome: Outcome,
    /// What it found.
    #[serde(flatten)]
    pub result: CheckResult,
}

impl PictureEntry {
    /// Writes one picture down.
    pub fn of(subject: &Subject) -> Self {
        let texts = |open: bool| {
            let named = subject.row.named.iter();
            named
                .filter(|named| (named.kind == super::book::Kind::Open) == open)
                .map(|named| named.text.clone())
                .collect()
        };
        let looked = subject.seen.as_ref().ok();
        let outcome = |rule: &str| {
            let found = subject.outcomes.iter().find(|(known, _)| known == rule);
            found.map_or(Outcome::Neither, |(_, outcome)| *outcome)
        };
        let person = subject.row.person.as_ref();
        Self {
            file: subject.row.file.clone(),
            role: subject.role,
            codes: texts(false),
            open: texts(true),
            sex: person.map(|p| p.sex.clone()),
            group: person.map(|p| p.group.clone()),
            refused: subject.seen.as_ref().err().cloned(),
            accepted: subject.accepted(),
            stopped_by: looked
                .map(|l| l.stopping().map(|r| r.check.clone()).collect())
                .unwrap_or_default(),
            ticks: looked
                .map(|l| l.assessment.ticks.iter().map(|t| t.id.clone()).collect())
                .unwrap_or_default(),
            checks_ms: looked.map(|l| l.checks_ms),
            results: looked
                .map(|l| l.assessment.results.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|result| ResultEntry {
                    outcome: outcome(&result.check),
                    result: result.clone(),
                })
                .collect(),
        }
    }
}
