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

/// The average face.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CanonicalFace {
    /// The landmarks that decide about the angles of the head.
    pub(crate) fit: Vec<Fitted>,
    /// For each of the 478 landmarks the one on the other side of the face.
    pub(crate) opposite: Vec<usize>,
}

/// Landmarks of the two irises: the centre, then the right, upper, left and lower edge in the picture.
const IRISES: [[usize; 5]; 2] = [[468, 469, 470, 471, 472], [473, 474, 475, 476, 477]];

/// Which landmark lies opposite to which, from the places on the average face, which is symmetric.
fn opposites(vertices: &[[f64; 3]]) -> Vec<usize> {
    let nearest = |[x, y, z]: [f64; 3]| {
        let away = |v: &[f64; 3]| (v[0] + x).powi(2) + (v[1] - y).powi(2) + (v[2] - z).powi(2);
        let all = vertices.iter().enumerate();
        all.min_by(|p, q| away(p.1).total_cmp(&away(q.1)))
            .map_or(0, |(i, _)| i)
    };
    let mut opposite: Vec<usize> = vertices.iter().map(|v| nearest(*v)).collect();
    opposite.resize(LANDMARKS, 0);
    let [right, left] = IRISES;
    for (i, place) in [0, 3, 2, 1, 4].into_iter().enumerate() {
        opposite[right[i]] = left[place];
        opposite[left[i]] = right[place];
    }
    opposite
}

/// Reads the average face.
pub(crate) fn canonical_face(models: &Models) -> Result<CanonicalFace, AnalysisFault> {
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
    let opposite = opposites(&file.vertices);
    let paired = opposite.iter().enumerate().all(|(i, j)| opposite[*j] == i);
    if fitted.len() == file.fit.len() && total > 0.0 && paired {
        Ok(CanonicalFace {
            fit: fitted,
            opposite,
        })
    } else {
        Err(fault("a landmark of the fit is not on the face".to_owned()))
    }
}
