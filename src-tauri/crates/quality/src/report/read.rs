//! The door for reports from outside: bounded, of a known form, and about rules it describes itself.

use super::{QualityReport, SCHEMA};
use serde::Deserialize;

/// Largest report that is read, bytes; one of all stages has about 60 kB.
pub const MOST_BYTES: usize = 1 << 20;
/// Most stages, and most results of one: far more than there are rules.
const MOST_STAGES: usize = 8;
const MOST_RESULTS: usize = 500;

/// Why a report was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Larger than [`MOST_BYTES`].
    #[error("the report has {0} bytes, more than {MOST_BYTES}")]
    TooLarge(usize),
    /// Not JSON, a key missing, or a key nobody knows.
    #[error("the report cannot be read: {0}")]
    Unreadable(String),
    /// Another form than this program knows.
    #[error("the report has the unknown form {0}")]
    Form(String),
    /// More stages or results than a report can have.
    #[error("the report has too many {0}")]
    TooMany(&'static str),
    /// A result of a rule the report does not describe.
    #[error("the report has a result of the unknown rule {0}")]
    UnknownRule(String),
    /// A value, limit or confidence that is not a number.
    #[error("the report has a number of {0} that is none")]
    NoNumber(String),
}

/// Reads a report.
///
/// # Errors
/// [`ReadFault`]; nothing is read in part.
pub fn read(bytes: &[u8]) -> Result<QualityReport, ReadFault> {
    /// What every form has, so that another one is told from a broken one.
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    if bytes.len() > MOST_BYTES {
        return Err(ReadFault::TooLarge(bytes.len()));
    }
    let unreadable = |e: serde_json::Error| ReadFault::Unreadable(e.to_string());
    let head: Head = serde_json::from_slice(bytes).map_err(unreadable)?;
    if head.schema != SCHEMA {
        return Err(ReadFault::Form(head.schema));
    }
    let report: QualityReport = serde_json::from_slice(bytes).map_err(unreadable)?;
    if report.stages.len() > MOST_STAGES {
        return Err(ReadFault::TooMany("stages"));
    }
    for stage in &report.stages {
        if stage.assessment.results.len() > MOST_RESULTS {
            return Err(ReadFault::TooMany("results"));
        }
        for result in &stage.assessment.results {
            if !report.rules.iter().any(|rule| rule.id == result.check) {
                return Err(ReadFault::UnknownRule(result.check.clone()));
            }
            let numbers = [result.value, result.min, result.max, result.confidence];
            if numbers.iter().flatten().any(|number| !number.is_finite()) {
                return Err(ReadFault::NoNumber(result.check.clone()));
            }
        }
    }
    Ok(report)
}
