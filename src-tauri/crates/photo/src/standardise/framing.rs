use super::StandardiseFault;
use crate::departure::{DepartureCode, Departures};
use domain::face::{Face, PersonMask};
use domain::geometry::Point;
use domain::picture::Picture;
use domain::specification::{PhotoSpecification, Quantity};
use framing::{CropPlan, Crown, Solution};

/// The top of the sample's head by the person mask.
pub(super) fn crown(still: &Picture, face: &Face, person: &PersonMask) -> Result<Crown, StandardiseFault> {
    let (width, height) = (still.width() as f32, still.height() as f32);
    let inside = |p: Point| p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height;
    let crown = framing::crown::measure(face, |p| if inside(p) { person.at(p) } else { 0.0 })
        .ok_or(DepartureCode::CrownMissing)?;
    if crown.cut_off {
        return Err(DepartureCode::CrownCutOff.into());
    }
    Ok(crown)
}

/// Finds the crop.
pub(super) fn plan(
    still: &Picture,
    face: &Face,
    person: &PersonMask,
    crown: &Crown,
    spec: &PhotoSpecification,
) -> Result<Solution, Departures> {
    let size = (still.width() as f32, still.height() as f32);
    Ok(framing::plan(size, face, Some(person), Some(crown), spec)?)
}

/// Two readings of one crown that lie further apart than this, in inter-eye distances, are not of one thing.
const SAME_CROWN: f32 = 0.08;

/// The crown as the finished alpha shows it, in the sample's pixels: when it lies outside its band although
/// the mask's reading did not, and near enough to that reading to be the same crown.
pub(super) fn corrected(
    face: &Face,
    crown: &Crown,
    plan: &CropPlan,
    alpha: &[f32],
    spec: &PhotoSpecification,
) -> Option<Crown> {
    let band = spec.range(Quantity::Crown)?;
    let (width, height) = (spec.width_px as usize, spec.height_px as usize);
    let mut mapped = face.clone();
    for landmark in &mut mapped.landmarks {
        let p = plan.map(landmark.point());
        (landmark.x, landmark.y) = (p.x, p.y);
    }
    let seen = framing::crown::measure(&mapped, |p| {
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x < width as f32 && p.y < height as f32;
        // Thin hair that the inspection can tell from the background counts, so half of it is asked for.
        if inside {
            2.0 * alpha[p.y as usize * width + p.x as usize]
        } else {
            0.0
        }
    })?;
    // The inspection's reading of the coded file may differ by a pixel more.
    let fits = |row: &f32| *row >= band.min + 1.0 && *row <= band.max - 1.0;
    if seen.cut_off || framing::crowns(&seen, spec).iter().any(fits) {
        return None;
    }
    let shift = (seen.hair_top - plan.row(crown.hair_top)) / plan.scale;
    let near = shift.abs() <= SAME_CROWN * face.inter_eye_distance();
    near.then_some(Crown {
        hair_top: crown.hair_top + shift,
        crown: crown.crown + shift,
        top: crown.top + shift,
        cut_off: false,
    })
}
