//! The report of one photo: what was checked on the still, what was done, what the file measures.

use domain::exception::{ExceptionKind, KnownException};
use domain::quality::{Assessment, Stage};
use domain::specification::PhotoSpecification;
use photo::{Inspection, StandardPhoto};
use quality::report::{ModelVersion, QualityReport, StageResults};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The document that travels in the packet as `report.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoReport {
    /// Version of the program.
    pub software: String,
    /// The checks on the still.
    pub quality: QualityReport,
    /// The person's known exceptions: what they ease only advised on this still.
    pub exceptions: Vec<ReportedException>,
    /// What was done to make the photo, in order.
    pub transformations: Vec<String>,
    /// The finished file, decoded again and measured.
    pub inspection: Inspection,
}

/// A known exception of the person; why it was granted stays at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedException {
    /// What kind.
    pub kind: ExceptionKind,
    /// Id of the supervisor who granted it.
    pub supervisor: String,
}

/// What the report is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What the photo must be.
    pub specification: &'a PhotoSpecification,
    /// The rules it was judged by, eased by the person's known exceptions.
    pub rules: &'a quality::Rules,
    /// The person's known exceptions.
    pub exceptions: &'a [KnownException],
    /// SHA-256 of each model file by its id.
    pub models: &'a BTreeMap<String, String>,
    /// Width of the still in pixels.
    pub width: u32,
    /// Height of the still in pixels.
    pub height: u32,
    /// Version of the program.
    pub software: &'a str,
}

/// Writes the report as JSON.
///
/// # Errors
/// Only when a number in it is not one.
pub fn write(
    subject: &Subject<'_>,
    assessment: &Assessment,
    photo: &StandardPhoto,
) -> serde_json::Result<Vec<u8>> {
    let models = subject.models.iter();
    let models = models
        .map(|(id, sha256)| ModelVersion {
            id: id.clone(),
            sha256: sha256.clone(),
        })
        .collect();
    let quality =
        QualityReport::new(subject.specification, subject.rules.limits(), models).with(StageResults {
            stage: Stage::Still,
            width_px: subject.width,
            height_px: subject.height,
            framing: None,
            assessment: assessment.clone(),
        });
    serde_json::to_vec_pretty(&PhotoReport {
        software: subject.software.to_string(),
        quality,
        exceptions: subject.exceptions.iter().map(named).collect(),
        transformations: photo.transformations.clone(),
        inspection: photo.inspection.clone(),
    })
}

fn named(exception: &KnownException) -> ReportedException {
    ReportedException {
        kind: exception.kind,
        supervisor: exception.supervisor.clone(),
    }
}
