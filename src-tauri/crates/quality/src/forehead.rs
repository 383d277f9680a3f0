//! What is seen of forehead and brows, read once for the rules on hair, hats and fringes.

use crate::face_patch::INTER_EYE;
use crate::head_patch::HeadPatch;
use crate::region::Region;
use crate::skin::Skin;
use domain::geometry::Point;

/// How far the bands reach from the brows to the mesh's upper rim: never as far as a hair line.
const REACH: f32 = 0.6;
/// Rows without skin after which the forehead has ended.
const MOST_GAP: i32 = 8;
/// Half width of the column that is followed upwards, pixels.
const COLUMN: i32 = 14;

/// Shares and heights of free skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Forehead {
    /// Share of skin in the poorest of three bands: right, middle, left.
    pub(crate) free: f32,
    /// Share of skin in the strip above the poorer brow.
    pub(crate) brows: f32,
    /// Height of skin above the brow line on the face's axis, inter-eye distances.
    pub(crate) height: f32,
}

impl Forehead {
    pub(crate) fn read(patch: &HeadPatch, skin: &Skin) -> Self {
        let q = &patch.landmarks;
        let up = |i: usize, d: f32| Point::new(q[i].x, q[i].y - d * INTER_EYE);
        let between = |i: usize, j: usize, t: f32| {
            Point::new(q[i].x + (q[j].x - q[i].x) * t, q[i].y + (q[j].y - q[i].y) * t)
        };
        let share = |corners: &[Point]| {
            let band = patch.clip(Region::polygon(corners));
            let free = band
                .pixels()
                .filter(|(x, y)| skin.is_skin_not_hair(*x, *y))
                .count();
            free as f32 / band.count().max(1) as f32
        };
        let side = |[outer, middle, inner]: [usize; 3], [o, m, i]: [usize; 3]| {
            share(&[
                up(outer, 0.10),
                up(middle, 0.10),
                up(inner, 0.10),
                between(inner, i, REACH),
                between(middle, m, REACH),
                between(outer, o, 0.5),
            ])
        };
        let brow = |[tail, outer, middle, inner]: [usize; 4]| {
            share(&[
                up(tail, 0.04),
                up(outer, 0.07),
                up(middle, 0.07),
                up(inner, 0.05),
                up(inner, 0.13),
                up(middle, 0.15),
                up(outer, 0.15),
                up(tail, 0.10),
            ])
        };
        let middle = share(&[
            up(66, 0.06),
            up(107, 0.06),
            up(336, 0.06),
            up(296, 0.06),
            between(296, 338, REACH),
            between(9, 10, REACH),
            between(66, 109, REACH),
        ]);
        let right = side([63, 105, 66], [103, 67, 109]);
        let left = side([293, 334, 296], [332, 297, 338]);
        Self {
            free: right.min(left).min(middle),
            brows: brow([70, 63, 105, 66]).min(brow([300, 293, 334, 296])),
            height: height(patch, skin),
        }
    }

    /// True when hair, a hat or a hand covers it.
    pub(crate) fn is_covered(&self, least_free: f32, least_height: f32) -> bool {
        self.free < least_free || self.height < least_height
    }
}

fn height(patch: &HeadPatch, skin: &Skin) -> f32 {
    let (brow, above) = (patch.landmarks[9], patch.landmarks[8]);
    let axis = f32::midpoint(brow.x, above.x) as i32;
    let bottom = brow.y as i32;
    let (mut run, mut gap) = (0, 0);
    for y in (1..=bottom).rev() {
        let free = (axis - COLUMN..=axis + COLUMN)
            .filter(|x| skin.is_skin_not_hair(*x, y))
            .count();
        if free as i32 > COLUMN {
            run = bottom - y;
            gap = 0;
        } else {
            gap += 1;
            if gap > MOST_GAP {
                break;
            }
        }
    }
    run as f32 / INTER_EYE
}
