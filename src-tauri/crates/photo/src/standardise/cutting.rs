use crate::scale::{self, Part};
use domain::face::PersonMask;
use domain::geometry::Point;
use domain::picture::{Mask, Picture};
use domain::specification::PhotoSpecification;
use framing::CropPlan;

/// Cuts the crop out at the photo's size; where it reaches beyond the sample, the edge is repeated.
pub fn cut(still: &Picture, plan: &CropPlan, spec: &PhotoSpecification) -> Option<Picture> {
    let (left, top, right) = (
        plan.extended_left_px,
        plan.extended_top_px,
        plan.extended_right_px,
    );
    let columns = spec
        .width_px
        .checked_sub(left + right)
        .filter(|columns| *columns > 0)?;
    let rows = spec.height_px.checked_sub(top).filter(|rows| *rows > 0)?;
    let scale = f64::from(plan.scale);
    let (x, y) = (f64::from(plan.left).max(0.0), f64::from(plan.top).max(0.0));
    let part = Part {
        left: x,
        top: y,
        width: (f64::from(columns) / scale).min(f64::from(still.width()) - x),
        height: (f64::from(rows) / scale).min(f64::from(still.height()) - y),
    };
    let inner = scale::linear(still, part, columns, rows)?;
    if left + right + top == 0 {
        return Some(inner);
    }
    let mut pixels = Vec::with_capacity(spec.width_px as usize * spec.height_px as usize * 3);
    for y in 0..spec.height_px {
        for x in 0..spec.width_px {
            pixels
                .extend_from_slice(&inner.at(i64::from(x) - i64::from(left), i64::from(y) - i64::from(top)));
        }
    }
    Picture::new(spec.width_px, spec.height_px, pixels)
}

/// The person mask on the pixels of the photo.
pub(super) fn person_in(plan: &CropPlan, person: &PersonMask, spec: &PhotoSpecification) -> Option<Mask> {
    let mut values = Vec::with_capacity(spec.width_px as usize * spec.height_px as usize);
    for y in 0..spec.height_px {
        for x in 0..spec.width_px {
            let there = in_sample(plan, x, y, spec);
            let p = Point::new(
                plan.left + (x as f32 + 0.5) / plan.scale,
                plan.top + (y as f32 + 0.5) / plan.scale,
            );
            values.push(if there { person.at(p) } else { 0.0 });
        }
    }
    Mask::new(spec.width_px, spec.height_px, values)
}

/// The network's alpha with nothing where the sample has no pixels; `None` when it has another size.
pub(super) fn blank_extension(mut network: Mask, plan: &CropPlan, spec: &PhotoSpecification) -> Option<Mask> {
    if network.width() != spec.width_px || network.height() != spec.height_px {
        return None;
    }
    let width = spec.width_px as usize;
    for (at, value) in network.values_mut().iter_mut().enumerate() {
        if !in_sample(plan, (at % width) as u32, (at / width) as u32, spec) || !value.is_finite() {
            *value = 0.0;
        }
    }
    Some(network)
}

fn in_sample(plan: &CropPlan, x: u32, y: u32, spec: &PhotoSpecification) -> bool {
    x >= plan.extended_left_px && x + plan.extended_right_px < spec.width_px && y >= plan.extended_top_px
}
