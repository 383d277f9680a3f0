use crate::lab::{Lab, delta_e, lab};
use domain::geometry::Point;
use domain::picture::Picture;

/// A colour nearer than this to the background's is background; JPEG's ringing at the outline stays below.
const SAME: f32 = 14.0;
/// Pixels this near to the person are left out of colour and evenness: there the edge is mixed and coded.
const MARGIN: i32 = 10;
/// What is nearer to the background than this is a stray hair or ringing, not a remnant of the old background.
const HAIR: f32 = 3.0;
/// Remnants up to this size do not count.
pub(super) const LARGEST_REMNANT_PX: u32 = 40;

/// The background of a finished photo.
pub(super) struct Background {
    width: usize,
    height: usize,
    /// True where the photo does not show the background's colour.
    person: Vec<bool>,
    /// CIE76 distance of the background's median colour from the one demanded; `None` without background.
    pub(super) colour: Option<f32>,
    /// 95th percentile of the background's CIE76 distance from the one demanded.
    pub(super) evenness: Option<f32>,
    /// Size of the largest thick piece that is neither background nor the person, hair's width left out.
    pub(super) remnant_px: u32,
}

impl Background {
    /// Measures the background: everything that has nearly the colour demanded. A corner of another colour is
    /// a remnant.
    pub(super) fn measure(photo: &Picture, rgb: [u8; 3]) -> Self {
        let (width, height) = (photo.width() as usize, photo.height() as usize);
        let target = lab(rgb);
        let colours: Vec<Lab> = photo
            .pixels()
            .chunks_exact(3)
            .map(|p| lab([p[0], p[1], p[2]]))
            .collect();
        let distances: Vec<f32> = colours.iter().map(|colour| delta_e(*colour, target)).collect();
        // Gaps between hair and shoulder are background wherever they lie.
        let ground: Vec<bool> = distances.iter().map(|distance| *distance < SAME).collect();
        let person: Vec<bool> = ground.iter().map(|ground| !ground).collect();
        let remnant_px = remnant(&person, &ground, width, height);

        let mut inner: Vec<usize> = (0..ground.len())
            .filter(|at| ground[*at] && clear(&ground, width, height, at % width, at / width))
            .collect();
        // A photo whose background hides in slivers has not been measured.
        if inner.len() < ground.len() / 50 {
            inner.clear();
        }
        let median = |channel: usize| {
            let mut values: Vec<f32> = inner.iter().map(|at| colours[*at][channel]).collect();
            values.sort_by(f32::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let colour = match (median(0), median(1), median(2)) {
            (Some(l), Some(a), Some(b)) => Some(delta_e([l, a, b], target)),
            _ => None,
        };
        let mut apart: Vec<f32> = inner.iter().map(|at| distances[*at]).collect();
        apart.sort_by(f32::total_cmp);
        let evenness = apart.get(apart.len() * 95 / 100).copied();
        Self {
            width,
            height,
            person,
            colour,
            evenness,
            remnant_px,
        }
    }

    /// 1 where the photo shows a person, 0 where it shows background or nothing.
    pub(super) fn person(&self, p: Point) -> f32 {
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x < self.width as f32 && p.y < self.height as f32;
        if inside && self.person[p.y as usize * self.width + p.x as usize] {
            1.0
        } else {
            0.0
        }
    }
}

/// True when everything within the margin is background too (looked at in eight directions).
fn clear(ground: &[bool], width: usize, height: usize, x: usize, y: usize) -> bool {
    let (x, y) = (x as i32, y as i32);
    [-MARGIN, 0, MARGIN].iter().all(|dy| {
        [-MARGIN, 0, MARGIN].iter().all(|dx| {
            let (nx, ny) = (x + dx, y + dy);
            let outside = nx < 0 || ny < 0 || nx >= width as i32 || ny >= height as i32;
            outside || ground[ny as usize * width + nx as usize]
        })
    })
}

/// Thickness of the thickest piece but the largest, which is the person.
fn remnant(person: &[bool], ground: &[bool], width: usize, height: usize) -> u32 {
    let depth = crate::matte::distance(ground, width, height);
    let mut pieces = crate::matte::pieces(person, width, height);
    pieces.sort_unstable_by_key(|piece| std::cmp::Reverse(piece.cells.len()));
    let thick = |piece: &crate::matte::Piece| piece.cells.iter().filter(|at| depth[**at] > HAIR).count();
    pieces.iter().skip(1).map(thick).max().unwrap_or(0) as u32
}
