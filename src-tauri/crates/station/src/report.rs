//! The report of one photo: what was checked on the still, what was done, what the file measures; as a document and
//! as one page for people.

use domain::exception::KnownException;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{Assessment, Stage};
use domain::specification::PhotoSpecification;
use photo::{EdgeQuality, Inspection, Measured, StandardPhoto};
use quality::report::{ExceptionRecord, ModelVersion, QualityReport, StageResults};
use quality::{FileItem, FinishedFault, Framing, Page};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest side of the still on the page, pixels.
const PAGE_STILL: u32 = 1200;
/// JPEG quality of the still on the page.
const PAGE_QUALITY: u8 = 82;
/// The page is read by reviewers, so it speaks the language of the standard.
const PAGE_WORDS: &str = include_str!("../../../../ui/messages/zh-CN.json");

/// The document that travels in the packet as `report.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoReport {
    /// Version of the program.
    pub software: String,
    /// Every rule's result on the still and on the finished file.
    pub quality: QualityReport,
    /// What was done to make the photo, in order.
    pub transformations: Vec<String>,
    /// How clean the edge between person and new background is; `None` where the background was not touched.
    pub edge: Option<EdgeQuality>,
    /// The finished file, decoded again and measured.
    pub inspection: Inspection,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportFault {
    /// A number in it is not one, or the page's words are not a table.
    #[error("the report could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The finished file was measured for something no rule answers for.
    #[error(transparent)]
    Finished(#[from] FinishedFault),
    /// The still could not be encoded for the page.
    #[error("the still could not be drawn on the page: {0}")]
    Encode(#[from] photo::encode::EncodeFault),
}

/// What the report is about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What the photo must be.
    pub specification: &'a PhotoSpecification,
    /// The rules it was judged by, eased by the person's known exceptions.
    pub rules: &'a quality::Rules,
    /// The person's known exceptions.
    pub exceptions: &'a [KnownException],
    /// SHA-256 of each model file by its id.
    pub models: &'a BTreeMap<String, String>,
    /// The still.
    pub picture: &'a Picture,
    /// What the networks found in it.
    pub analysis: &'a FaceAnalysis,
    /// Version of the program.
    pub software: &'a str,
    /// Id of the packet; empty when there is none.
    pub packet: &'a str,
    /// Id of the enrolment; empty when there is none.
    pub enrolment: &'a str,
    /// When the still was taken, as it is to be read.
    pub date: &'a str,
}

/// The report in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// `report.json`.
    pub document: Vec<u8>,
    /// `report.svg`: one page.
    pub page: Vec<u8>,
}

/// Writes the report.
///
/// # Errors
/// [`ReportFault`] when a number in it is not one, a measurement of the file has no rule, or the still cannot be
/// encoded.
pub fn write(
    subject: &Subject<'_>,
    assessment: &Assessment,
    photo: &StandardPhoto,
) -> Result<Written, ReportFault> {
    let quality = report(subject, assessment, photo)?;
    let page = page(subject, &quality)?;
    let document = serde_json::to_vec_pretty(&PhotoReport {
        software: subject.software.to_string(),
        quality,
        transformations: photo.transformations.clone(),
        edge: photo.edge,
        inspection: photo.inspection.clone(),
    })?;
    Ok(Written { document, page })
}

fn report(
    subject: &Subject<'_>,
    assessment: &Assessment,
    photo: &StandardPhoto,
) -> Result<QualityReport, ReportFault> {
    let model = |(id, sha256): (&String, &String)| ModelVersion {
        id: id.clone(),
        sha256: sha256.clone(),
    };
    let exceptions = subject.exceptions.iter().map(ExceptionRecord::from).collect();
    let models = subject.models.iter().map(model).collect();
    let items: Vec<FileItem> = photo.inspection.items.iter().map(item).collect();
    let spec = subject.specification;
    Ok(QualityReport::new(spec, subject.rules, models, exceptions)
        .with(StageResults {
            stage: Stage::Still,
            width_px: subject.picture.width(),
            height_px: subject.picture.height(),
            framing: framing(subject),
            assessment: assessment.clone(),
        })
        .with(StageResults {
            stage: Stage::Finished,
            width_px: spec.width_px,
            height_px: spec.height_px,
            framing: None,
            assessment: quality::finished(subject.rules, spec, &items)?,
        }))
}

fn framing(subject: &Subject<'_>) -> Option<Framing> {
    Framing::measure(
        Stage::Still,
        subject.picture,
        subject.analysis,
        subject.specification,
        subject.rules,
    )
}

fn item(measured: &Measured) -> FileItem {
    FileItem {
        id: measured.id.clone(),
        value: measured.value.map(f64::from),
        unit: measured.unit.clone(),
        min: measured.min.map(f64::from),
        max: measured.max.map(f64::from),
        ok: measured.ok,
    }
}

fn page(subject: &Subject<'_>, report: &QualityReport) -> Result<Vec<u8>, ReportFault> {
    let still = photo::thumbnail(subject.picture, PAGE_STILL, PAGE_QUALITY)?;
    let words: BTreeMap<String, String> = serde_json::from_str(PAGE_WORDS)?;
    let drawn = quality::page(&Page {
        photo: &still.bytes,
        width: still.width,
        height: still.height,
        analysis: subject.analysis,
        framing: report.stages.first().and_then(|still| still.framing),
        specification: subject.specification,
        report,
        packet: subject.packet,
        enrolment: subject.enrolment,
        date: subject.date,
        words: &|key| words.get(key).cloned().unwrap_or_else(|| key.to_string()),
    });
    Ok(drawn.into_bytes())
}
