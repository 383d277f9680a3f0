//! The crown: where the head ends at the top, found on the face axis in a person mask.

use domain::face::Face;
use domain::geometry::Point;

/// The top of a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crown {
    /// Row of the top of the hair, in pixels of the picture.
    pub hair_top: f32,
    /// Row of the crown: the top of the hair, unless a top-knot or hair higher than 1.05 face widths above
    /// the eyes stands out; then the row where the head itself ends.
    pub crown: f32,
    /// Upmost row of the hair wherever it stands on the head: a bun beside the axis too.
    pub top: f32,
    /// True when the head reaches the picture's upper edge: the real crown is unknown.
    pub cut_off: bool,
}

/// Columns looked at, over ±0.35 inter-eye distance from the axis.
const COLUMNS: i32 = 29;
/// Half width of those columns, in inter-eye distances.
const HALF_WIDTH: f32 = 0.35;
/// Steps without person after which a column ends.
const GAP: u32 = 8;
/// A head is wider than this, in inter-eye distances; what is narrower on top is a top-knot.
const KNOT_WIDTH: f32 = 1.0;
/// Hair above the crown is wider than this, or it is single hairs, in inter-eye distances.
const BUN_WIDTH: f32 = 0.15;
/// A top-knot stands out at least this far, in inter-eye distances.
const KNOT_HEIGHT: f32 = 0.25;
/// Nearer than this to the picture's upper edge a mask cannot tell a head that ends from one that is cut: one
/// cell of the person mask, in inter-eye distances.
const EDGE: f32 = 0.04;
/// Hair above this many face widths over the eyes is hair and not head.
const TALL_HAIR: f32 = 1.05;

/// Finds the crown of `face`; `person` gives the probability of person at a position of the picture, which
/// begins at row 0. `None` when no column shows a person.
///
/// The axis runs from the chin through the nose bridge. Per column the upmost person reached upwards
/// without a gap counts; of the columns the tenth percentile, so that a single stray hair does not.
pub fn measure(face: &Face, person: impl Fn(Point) -> f32) -> Option<Crown> {
    let eyes = face.eyes();
    let distance = face.inter_eye_distance();
    let (chin, bridge) = (face.chin(), face.landmarks.get(168)?.point());
    let length = chin.distance(bridge);
    if !(distance > 1.0 && length > 1.0) {
        return None;
    }
    let axis = Point::new((bridge.x - chin.x) / length, (bridge.y - chin.y) / length);
    let step = (0.01 * distance).max(1.0);
    let edge = (EDGE * distance).max(1.5);

    let mut tops = Vec::new();
    let mut at_edge = 0;
    for column in 0..COLUMNS {
        let offset = (column as f32 / (COLUMNS - 1) as f32 * 2.0 - 1.0) * HALF_WIDTH * distance;
        let start = Point::new(eyes.x - axis.y * offset, eyes.y + axis.x * offset);
        let Some(top) = column_top(start, axis, distance, step, &person) else {
            continue;
        };
        at_edge += u32::from(top <= edge);
        tops.push(top);
    }
    tops.sort_by(f32::total_cmp);
    let hair_top = *tops.get(tops.len() / 10)?;
    let cut_off = at_edge > 3;

    let half = (1.2 * distance).ceil() as i32;
    let count = |y: f32| {
        let columns = (-half..half).filter(|dx| person(Point::new(eyes.x + *dx as f32, y)) > 0.5);
        columns.count() as f32
    };
    let wide = |y: f32| count(y) >= KNOT_WIDTH * distance;
    let mut head = hair_top;
    while head < eyes.y && !wide(head) {
        head += step;
    }
    let crown = if head - hair_top > KNOT_HEIGHT * distance {
        head
    } else {
        hair_top
    };
    // Single hairs are no bun.
    let mut top = hair_top;
    while top > 0.0 && count(top - step) >= BUN_WIDTH * distance {
        top -= step;
    }
    Some(Crown {
        hair_top,
        top: top.max(0.0),
        crown: crown.max(eyes.y - TALL_HAIR * face.width()),
        cut_off,
    })
}

/// Row where a column of the head ends, not above the picture.
fn column_top(
    start: Point,
    axis: Point,
    distance: f32,
    step: f32,
    person: &impl Fn(Point) -> f32,
) -> Option<f32> {
    let mut top = None;
    let mut gap = 0;
    let mut along = 0.6 * distance;
    while along < 4.5 * distance {
        let p = Point::new(start.x + axis.x * along, start.y + axis.y * along);
        if p.y < 0.0 {
            break;
        }
        if person(p) > 0.5 {
            top = Some(p.y);
            gap = 0;
        } else {
            gap += 1;
            if gap > GAP {
                break;
            }
        }
        along += step;
    }
    top
}
