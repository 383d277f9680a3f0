//! The average face: where its landmarks lie, and how much each counts when a head is turned onto it.

use crate::mesh::LANDMARKS;
use crate::models::Models;
use domain::port::AnalysisFault;
use serde::Deserialize;

const ID: &str = "canonical_face";

/// The file as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CanonicalFile {
    #[serde(rename = "unit")]
    _unit: String,
    /// x to the sitter's left, y up, z towards the camera.
    vertices: Vec<[f64; 3]>,
    fit: Vec<FitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FitEntry {
    landmark: usize,
    weight: f64,
}

/// One landmark of the fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fitted {
    /// Index among the 478 landmarks.
    pub(crate) landmark: usize,
    /// Share of the fit; all together 1.
    pub(crate) weight: f64,
    /// Place on the average face in centimetres: x to the picture's right, y up, z towards the camera.
    pub(crate) place: [f64; 3],
}

/// The landmarks that decide about the angles of the head.
pub(crate) fn canonical_face(models: &Models) -> Result<Vec<Fitted>, AnalysisFault> {
    let fault = |detail: String| AnalysisFault::Inference {
        what: ID.to_owned(),
        detail,
    };
    let file: CanonicalFile =
        serde_json::from_slice(models.bytes(ID)?).map_err(|error| fault(error.to_string()))?;
    let total: f64 = file.fit.iter().map(|entry| entry.weight).sum();
    let fitted: Vec<Fitted> = file
        .fit
        .iter()
        .filter(|entry| entry.landmark < LANDMARKS)
        .filter_map(|entry| {
            let place = *file.vertices.get(entry.landmark)?;
            Some(Fitted {
                landmark: entry.landmark,
                weight: entry.weight / total,
                place,
            })
        })
        .collect();
    if fitted.len() == file.fit.len() && total > 0.0 {
        Ok(fitted)
    } else {
        Err(fault("a landmark of the fit is not on the face".to_owned()))
    }
}
