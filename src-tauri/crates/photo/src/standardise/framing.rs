use super::StandardiseFault;
use crate::crop::{self, CropPlan, Head, Room};
use crate::crown::{self, Crown};
use crate::departure::{DepartureCode, Departures};
use crate::measure;
use domain::face::{Face, PersonMask};
use domain::geometry::Point;
use domain::picture::Picture;
use domain::specification::PhotoSpecification;

/// The top of the sample's head by the person mask.
pub(super) fn crown(still: &Picture, face: &Face, person: &PersonMask) -> Result<Crown, StandardiseFault> {
    let (width, height) = (still.width() as f32, still.height() as f32);
    let inside = |p: Point| p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height;
    let crown = crown::measure(face, |p| if inside(p) { person.at(p) } else { 0.0 })
        .ok_or(DepartureCode::CrownMissing)?;
    if crown.cut_off {
        return Err(DepartureCode::CrownCutOff.into());
    }
    Ok(crown)
}

/// Finds the crop; edges are extended only where the person mask leaves them free in the rows of the crop.
pub(super) fn plan(
    still: &Picture,
    face: &Face,
    person: &PersonMask,
    crown: &Crown,
    spec: &PhotoSpecification,
) -> Result<CropPlan, Departures> {
    let size = (still.width() as f32, still.height() as f32);
    // Tall hair that leaves the picture with some clearance in the bands is better than the last fraction of a
    // pixel, which the inspection would read otherwise. The exact bands, and the top of the hair, explain a
    // refusal best.
    let mut refused = None;
    for clearance in crop::CLEARANCES {
        for row in measure::crowns(crown) {
            let head = measure::head(face, row);
            match plan_head(&head, person, size, spec, clearance) {
                Ok(plan) => return Ok(plan),
                Err(departures) if clearance == 0.0 => drop(refused.get_or_insert(departures)),
                Err(_) => {}
            }
        }
    }
    Err(refused.unwrap_or_else(|| Departures::one(DepartureCode::Proportions)))
}

/// Solves with every edge free, then takes back each permission that the person mask denies.
fn plan_head(
    head: &Head,
    person: &PersonMask,
    (width, height): (f32, f32),
    spec: &PhotoSpecification,
    clearance: f32,
) -> Result<CropPlan, Departures> {
    let mut room = Room {
        width,
        height,
        extend_top: true,
        extend_left: true,
        extend_right: true,
    };
    loop {
        let plan = crop::solve_within(head, &room, spec, clearance)?;
        let touched = touched_edges(&plan, person, width, height, spec);
        if !touched.any() {
            return Ok(plan);
        }
        room.extend_top &= !touched.top;
        room.extend_left &= !touched.left;
        room.extend_right &= !touched.right;
    }
}

/// Edges of the sample that a plan extends although the person touches them.
struct Touched {
    top: bool,
    left: bool,
    right: bool,
}

impl Touched {
    const fn any(&self) -> bool {
        self.top || self.left || self.right
    }
}

/// A mask value above this at an edge is a person that goes on beyond it.
const TOUCHES: f32 = 0.3;

fn touched_edges(
    plan: &CropPlan,
    person: &PersonMask,
    width: f32,
    height: f32,
    spec: &PhotoSpecification,
) -> Touched {
    let step = (0.5 / plan.scale).max(1.0);
    let along = |from: f32, to: f32| {
        let count = ((to - from) / step).max(0.0) as usize;
        (0..=count).map(move |i| from + i as f32 * step)
    };
    let (left, right) = (
        plan.left.max(0.0),
        (plan.left + spec.width_px as f32 / plan.scale).min(width),
    );
    let (top, bottom) = (
        plan.top.max(0.0),
        (plan.top + spec.height_px as f32 / plan.scale).min(height),
    );
    let inset = step;
    let column = |x: f32| along(top, bottom).any(|y| person.at(Point::new(x, y)) > TOUCHES);
    Touched {
        top: plan.extended_top_px > 0
            && along(left, right).any(|x| person.at(Point::new(x, inset)) > TOUCHES),
        left: plan.extended_left_px > 0 && column(inset),
        right: plan.extended_right_px > 0 && column(width - inset),
    }
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
    let (width, height) = (spec.width_px as usize, spec.height_px as usize);
    let mut mapped = face.clone();
    for landmark in &mut mapped.landmarks {
        let p = plan.map(landmark.point());
        (landmark.x, landmark.y) = (p.x, p.y);
    }
    let seen = crown::measure(&mapped, |p| {
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x < width as f32 && p.y < height as f32;
        // Thin hair that the inspection can tell from the background counts, so half of it is asked for.
        if inside {
            2.0 * alpha[p.y as usize * width + p.x as usize]
        } else {
            0.0
        }
    })?;
    // The inspection's reading of the coded file may differ by a pixel more.
    let fits = |row: f32| row >= spec.crown_px.min + 1.0 && row <= spec.crown_px.max - 1.0;
    if seen.cut_off || measure::crowns(&seen).any(fits) {
        return None;
    }
    let shift = (seen.hair_top - plan.map(Point::new(0.0, crown.hair_top)).y) / plan.scale;
    let near = shift.abs() <= SAME_CROWN * face.inter_eye_distance();
    near.then_some(Crown {
        hair_top: crown.hair_top + shift,
        crown: crown.crown + shift,
        cut_off: false,
    })
}
