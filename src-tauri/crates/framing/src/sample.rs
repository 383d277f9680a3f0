//! The crop of a sample by what was found in it: edges are extended only where the person mask leaves them free.

use crate::crown::Crown;
use crate::head::{Head, crowns};
use crate::plan::{CropPlan, Room};
use crate::refusal::Refusal;
use crate::solve::{CLEARANCES, Solution, solve_within};
use domain::face::{Face, PersonMask};
use domain::geometry::Point;
use domain::specification::PhotoSpecification;

/// Finds the crop of a sample of `size` pixels for the head of `face`. Without a crown only the other bands count;
/// without a person mask no edge is extended sideways.
///
/// # Errors
/// What cannot be met, by the exact bands and the top of the hair.
pub fn plan(
    size: (f32, f32),
    face: &Face,
    person: Option<&PersonMask>,
    crown: Option<&Crown>,
    spec: &PhotoSpecification,
) -> Result<Solution, Refusal> {
    let rows: Vec<Option<f32>> = crown.map_or_else(
        || vec![None],
        |crown| crowns(crown, spec).into_iter().map(Some).collect(),
    );
    // Tall hair that leaves the picture with some clearance in the bands is better than the last fraction of a
    // pixel, which the inspection would read otherwise. The exact bands, and the top of the hair, explain a
    // refusal best.
    let mut refused = None;
    for clearance in CLEARANCES {
        for row in &rows {
            match one(&Head::of(face, *row), person, size, spec, clearance) {
                Ok(solution) => return Ok(solution),
                Err(refusal) if clearance == 0.0 => drop(refused.get_or_insert(refusal)),
                Err(_) => {}
            }
        }
    }
    // The loop ends with clearance 0, so the first reading is there; solving it once more gives the same.
    refused.map_or_else(
        || {
            one(
                &Head::of(face, rows.first().copied().flatten()),
                person,
                size,
                spec,
                0.0,
            )
        },
        Err,
    )
}

/// Solves with every edge free that the specification frees, then takes back each permission that the person mask
/// denies.
fn one(
    head: &Head,
    person: Option<&PersonMask>,
    (width, height): (f32, f32),
    spec: &PhotoSpecification,
    clearance: f32,
) -> Result<Solution, Refusal> {
    let free = spec.may_extend && person.is_some();
    let mut room = Room {
        width,
        height,
        extend_top: free,
        extend_left: free,
        extend_right: free,
    };
    loop {
        let solution = solve_within(head, &room, spec, clearance)?;
        let touched = person.map_or(Touched::default(), |person| {
            touched_edges(&solution.plan, person, (width, height), spec)
        });
        if !(touched.top || touched.left || touched.right) {
            return Ok(solution);
        }
        room.extend_top &= !touched.top;
        room.extend_left &= !touched.left;
        room.extend_right &= !touched.right;
    }
}

/// Edges of the sample that a plan extends although the person touches them.
#[derive(Default)]
struct Touched {
    top: bool,
    left: bool,
    right: bool,
}

/// A mask value above this at an edge is a person that goes on beyond it.
const TOUCHES: f32 = 0.3;

fn touched_edges(
    plan: &CropPlan,
    person: &PersonMask,
    (width, height): (f32, f32),
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
    let column = |x: f32| along(top, bottom).any(|y| person.at(Point::new(x, y)) > TOUCHES);
    Touched {
        top: plan.extended_top_px > 0 && along(left, right).any(|x| person.at(Point::new(x, step)) > TOUCHES),
        left: plan.extended_left_px > 0 && column(step),
        right: plan.extended_right_px > 0 && column(width - step),
    }
}
