//! What became of each picture, for people and for programs.

use super::folder::Folder;
use super::{BatchFault, Input};
use crate::picture::Finished;
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// What became of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It became a photo that meets the specification; of `check`: it does.
    Photo,
    /// It cannot become one, or does not meet the specification; the codes say why.
    Refused,
    /// It could not be tried.
    Failed,
}

impl Outcome {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Where it lies.
    pub input: PathBuf,
    /// The name of what became of it.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it is no photo; of a photo, the rules that would stop or ask at the desk are in its report.
    pub codes: Vec<String>,
    /// File name of the photo in the output folder.
    pub output: Option<String>,
    /// SHA-256 of the photo, lower-case hex.
    pub sha256: Option<String>,
    /// Size of the photo in bytes.
    pub bytes: Option<usize>,
    /// JPEG quality of the photo, 1..=100.
    pub jpeg_quality: Option<u8>,
    /// Excess lightness of the edge, L*; `None` where the background was not replaced.
    pub rim_excess_l: Option<f32>,
    /// What it took, milliseconds.
    pub ms: u64,
}

impl Item {
    pub(super) fn without_photo(input: &Input, outcome: Outcome, codes: Vec<String>, took: Duration) -> Self {
        Self {
            input: input.path.clone(),
            name: input.name.clone(),
            outcome,
            codes,
            output: None,
            sha256: None,
            bytes: None,
            jpeg_quality: None,
            rim_excess_l: None,
            ms: milliseconds(took),
        }
    }

    pub(super) fn photo(input: &Input, finished: &Finished, took: Duration) -> Self {
        let photo = &finished.photo;
        Self {
            output: Some(format!("{}.jpg", input.name)),
            sha256: Some(photo.sha256.clone()),
            bytes: Some(photo.bytes.len()),
            jpeg_quality: Some(photo.jpeg_quality),
            rim_excess_l: photo.edge.map(|edge| edge.rim_excess_l),
            ..Self::without_photo(input, Outcome::Photo, vec![], took)
        }
    }
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// How many became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Photos.
    pub photo: usize,
    /// Refused.
    pub refused: usize,
    /// Failed.
    pub failed: usize,
}

/// A batch that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Id of the specification.
    pub specification: String,
    /// Its version.
    pub version: u32,
    /// The pictures in the order of the request.
    pub items: Vec<Item>,
    /// How many became what.
    pub counts: Counts,
}

impl Summary {
    pub(super) fn new(specification: &PhotoSpecification, items: Vec<Item>) -> Self {
        let of = |outcome| items.iter().filter(|item| item.outcome == outcome).count();
        Self {
            specification: specification.id.clone(),
            version: specification.version,
            counts: Counts {
                photo: of(Outcome::Photo),
                refused: of(Outcome::Refused),
                failed: of(Outcome::Failed),
            },
            items,
        }
    }

    /// 0 when all are photos, 3 when one failed, else 1.
    pub const fn exit_code(&self) -> u8 {
        match self.counts {
            Counts { failed: 1.., .. } => 3,
            Counts { refused: 1.., .. } => 1,
            Counts { .. } => 0,
        }
    }

    /// For programs.
    ///
    /// # Errors
    /// When a number in it is not one.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// For spreadsheets; no cell is taken for a formula.
    ///
    /// # Errors
    /// When a row cannot be written, which memory alone can cause.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(vec![]);
        writer.write_record([
            "input",
            "outcome",
            "codes",
            "output",
            "sha256",
            "bytes",
            "jpeg_quality",
            "rim_excess_l",
            "ms",
        ])?;
        for item in &self.items {
            writer.write_record([
                harmless(&item.input.to_string_lossy()),
                item.outcome.word().to_owned(),
                item.codes.join(" "),
                harmless(item.output.as_deref().unwrap_or_default()),
                item.sha256.clone().unwrap_or_default(),
                item.bytes.map_or(String::new(), |bytes| bytes.to_string()),
                item.jpeg_quality
                    .map_or(String::new(), |quality| quality.to_string()),
                item.rim_excess_l.map_or(String::new(), |rim| format!("{rim:.3}")),
                item.ms.to_string(),
            ])?;
        }
        writer.into_inner().map_err(|e| e.into_error().into())
    }

    /// For people: one line a picture, then the counts.
    pub fn text(&self) -> String {
        let mut text: String = self
            .items
            .iter()
            .map(|item| {
                let told = match &item.output {
                    Some(output) => format!("{output} {} bytes", item.bytes.unwrap_or_default()),
                    None => item.codes.join(", "),
                };
                format!("{:<8} {}  {told}\n", item.outcome.word(), item.input.display())
            })
            .collect();
        let Counts {
            photo,
            refused,
            failed,
        } = self.counts;
        text += &format!("{photo} photos, {refused} refused, {failed} failed\n");
        text
    }

    pub(super) fn write(&self, folder: &Folder) -> Result<(), BatchFault> {
        let other = |e: &dyn std::fmt::Display| std::io::Error::other(e.to_string());
        let fault = |name: &str, source| super::folder::fault(&folder.path(name), source);
        let json = self.json().map_err(|e| fault("summary.json", other(&e)))?;
        folder.write("summary.json", json.as_bytes())?;
        let csv = self.csv().map_err(|e| fault("summary.csv", other(&e)))?;
        folder.write("summary.csv", &csv)
    }
}

/// A spreadsheet takes what begins with one of these for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
