//! The top of the head in the person mask.

use crate::mesh::{BRIDGE, CHIN};
use domain::face::{Face, PersonMask};
use domain::geometry::Point;

/// Where the head ends, in picture pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crown {
    /// Row of the crown.
    pub(crate) y: f32,
    /// True when the head touches the picture's upper border.
    pub(crate) cut: bool,
}

/// Columns either side of the axis, the reach of the outermost in inter-eye distances.
const COLUMNS: i32 = 14;
const REACH: f32 = 0.35;
/// A head's width at the crown and the height of a top-knot that is skipped, inter-eye distances.
const HEAD_WIDTH: f32 = 1.0;
const KNOT_HEIGHT: f32 = 0.25;

impl Crown {
    /// Follows the face's axis up through the mask. A stray hair does not count (10th percentile of 29
    /// columns), nor does a top-knot, nor hair more than `most_face_widths` above the eyes.
    /// `None` when the mask does not hold the head.
    pub(crate) fn find(face: &Face, person: &PersonMask, most_face_widths: f32) -> Option<Self> {
        let (bridge, chin) = (face.landmarks[BRIDGE].point(), face.landmarks[CHIN].point());
        let length = bridge.distance(chin).max(1e-3);
        let up = Point::new((bridge.x - chin.x) / length, (bridge.y - chin.y) / length);
        let (ied, eyes) = (face.inter_eye_distance(), face.eyes());
        let step = (0.01 * ied).max(1.0);
        let mut tops = Vec::new();
        let mut cut_columns = 0;
        for column in -COLUMNS..=COLUMNS {
            let aside = column as f32 / COLUMNS as f32 * REACH * ied;
            let foot = Point::new(eyes.x - up.y * aside, eyes.y + up.x * aside);
            let (top, cut) = follow(person, foot, up, (0.6 * ied, 4.5 * ied, step));
            tops.extend(top);
            cut_columns += i32::from(cut);
        }
        tops.sort_by(f32::total_cmp);
        let highest = *tops.first()?;
        let hair = tops[(tops.len() - 1) / 10];
        let mut y = hair;
        while y < eyes.y && row_width(person, y, eyes.x, ied) < HEAD_WIDTH * ied {
            y += step;
        }
        let head = if y - hair > KNOT_HEIGHT * ied { y } else { hair };
        Some(Self {
            y: head.max(eyes.y - most_face_widths * face.width()),
            cut: cut_columns > 3 || highest < 1.5,
        })
    }
}

/// The upmost row of the person along a line, and whether it leaves the picture there. A gap of up to
/// eight steps is bridged.
fn follow(
    person: &PersonMask,
    foot: Point,
    up: Point,
    (from, to, step): (f32, f32, f32),
) -> (Option<f32>, bool) {
    let (mut top, mut gap, mut t) = (None, 0, from);
    while t < to && gap <= 8 {
        let p = Point::new(foot.x + up.x * t, foot.y + up.y * t);
        if p.y < 0.0 {
            let cut = top.is_some() && gap <= 2;
            return (if cut { Some(0.0) } else { top }, cut);
        }
        if person.at(p) > 0.5 {
            top = Some(p.y);
            gap = 0;
        } else {
            gap += 1;
        }
        t += step;
    }
    (top, false)
}

fn row_width(person: &PersonMask, y: f32, x: f32, ied: f32) -> f32 {
    let step = (0.02 * ied).max(1.0);
    let reach = (1.2 * ied / step) as i32;
    (-reach..=reach)
        .filter(|i| person.at(Point::new(x + *i as f32 * step, y)) > 0.5)
        .count() as f32
        * step
}
