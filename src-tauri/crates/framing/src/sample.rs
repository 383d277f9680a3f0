//! The crop of a sample by what was found in it: edges are extended only where the person mask leaves them free.

use crate::crown::Crown;
use crate::head::{Head, crowns};
use crate::plan::{CropPlan, Room};
use crate::refusal::Refusal;
use crate::solve::{CLEARANCES, Demands, Solution, solve_within};
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
    let heads = heads(face, crown, spec);
    // A band gives way only when nothing else helps. Tall hair above its band with some clearance in the others is
    // better than the last fraction of a pixel, which the inspection would read otherwise. The exact bands, and the
    // top of the hair, explain a refusal best.
    let mut refused = None;
    for demands in Demands::of(spec) {
        for clearance in CLEARANCES {
            for (i, head) in heads.iter().enumerate() {
                match one(head, person, size, spec, &demands, clearance) {
                    Ok(plan) => {
                        return Ok(Solution {
                            plan,
                            gave_way: demands.gave_way,
                        });
                    }
                    Err(refusal) if i == 0 => refused = Some(refusal),
                    Err(_) => {}
                }
            }
        }
    }
    match refused {
        Some(refusal) => Err(refusal),
        // Neither list is ever empty; without a reading of the crown there is one demand less, not none.
        None => crate::solve(&Head::of(face, None), &bare(size), spec),
    }
}

/// The readings of the head, best first: by the top of the hair; by the head itself with all of the hair in the photo;
/// by the head, its hair cut by the photo's upper edge.
fn heads(face: &Face, crown: Option<&Crown>, spec: &PhotoSpecification) -> Vec<Head> {
    let Some(crown) = crown else {
        return vec![Head::of(face, None)];
    };
    let mut heads = vec![];
    for row in crowns(crown, spec) {
        let head = Head::of(face, Some(row));
        if row > crown.top + 1.0 {
            heads.push(Head {
                hair: Some(crown.top),
                ..head
            });
        }
        heads.push(head);
    }
    heads
}

/// A sample without permission to add anything.
const fn bare((width, height): (f32, f32)) -> Room {
    Room {
        width,
        height,
        extend_top: false,
        extend_left: false,
        extend_right: false,
    }
}

/// Solves with every edge free that the specification frees, then takes back each permission that the person mask
/// denies.
fn one(
    head: &Head,
    person: Option<&PersonMask>,
    size: (f32, f32),
    spec: &PhotoSpecification,
    demands: &Demands<'_>,
    clearance: f32,
) -> Result<CropPlan, Refusal> {
    let free = spec.may_extend && person.is_some();
    let mut room = Room {
        extend_top: free,
        extend_left: free,
        extend_right: free,
        ..bare(size)
    };
    loop {
        let plan = solve_within(head, &room, spec, demands, clearance)?;
        let touched = person.map_or(Touched::default(), |person| {
            touched_edges(&plan, person, size, spec)
        });
        if !(touched.top || touched.left || touched.right) {
            return Ok(plan);
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
