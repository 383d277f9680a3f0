//! The finished photo shows the same face as the sample: moved and scaled, and nothing else.

use crate::departure::{Departure, DepartureCode};
use domain::face::{Face, FaceAnalysis};
use framing::CropPlan;

/// How far a landmark may lie from where crop and scale put it, photo pixels, in the middle of all.
const WITHIN: f32 = 2.0;
/// Landmarks of the mesh without the irises.
const MESH: usize = 468;

/// Compares the photo's landmarks with the sample's under the plan. A mirror, a turn, a stretch or a moved feature
/// shows; the networks' own unsteadiness is a fraction of a pixel in the middle.
pub(super) fn warped(face: &Face, seen: &FaceAnalysis, plan: &CropPlan) -> Option<Departure> {
    let photo = seen.face.as_ref().filter(|photo| photo.landmarks.len() >= MESH)?;
    let mut apart: Vec<f32> = face
        .landmarks
        .iter()
        .zip(&photo.landmarks)
        .take(MESH)
        .map(|(from, to)| plan.map(from.point()).distance(to.point()))
        .collect();
    apart.sort_by(f32::total_cmp);
    let middle = apart.get(apart.len() / 2).copied().unwrap_or(f32::INFINITY);
    (middle > WITHIN).then(|| Departure::of(DepartureCode::Warped, middle, None, Some(WITHIN), "px"))
}
