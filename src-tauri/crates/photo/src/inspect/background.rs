use crate::lab::{Lab, delta_e, lab};
use domain::face::PersonMask;
use domain::geometry::Point;
use domain::picture::Picture;
use domain::specification::{Backdrop, PhotoSpecification};

/// A colour nearer than this to the background's is background; JPEG's ringing at the outline stays below.
const SAME: f32 = 14.0;
/// Pixels this near to the person are left out of colour and evenness: there the edge is mixed and coded.
const MARGIN: i32 = 10;
/// What is nearer to the background than this is a stray hair or ringing, not a remnant of the old background.
const HAIR: f32 = 3.0;
/// A mask value from which a pixel is surely person.
const SURE: f32 = 0.8;
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
    /// Size of the largest thick piece that is neither background nor the person, hair's width left out; `None`
    /// where the background is the sample's own.
    pub(super) remnant_px: Option<u32>,
    /// Largest distance that the specification allows for both.
    pub(super) max_delta_e: f32,
}

impl Background {
    /// Measures a replaced background: everything that has nearly the colour demanded; of several accepted colours
    /// that which the photo shows most. A corner of another colour is a remnant.
    pub(super) fn replaced(photo: &Picture, person: Option<&PersonMask>, spec: &PhotoSpecification) -> Self {
        let inside = inside(photo, person);
        let chosen = Self::of_colour(photo, &inside, spec.background_rgb, spec.background_max_delta_e);
        // The others are looked for only where the chosen one is not there: each costs a pass over the photo.
        if chosen.colour.is_some() {
            return chosen;
        }
        let others = spec
            .backgrounds
            .iter()
            .filter(|other| other.rgb != spec.background_rgb);
        let candidates = others.map(|other| Self::of_colour(photo, &inside, other.rgb, other.max_delta_e));
        candidates.fold(chosen, |best, other| {
            let more = other.ground() > 2 * best.ground();
            if best.colour.is_none() && more {
                other
            } else {
                best
            }
        })
    }

    /// What is surely person is none of the background, whatever its colour: white cloth before white.
    fn of_colour(photo: &Picture, inside: &[bool], rgb: [u8; 3], max_delta_e: f32) -> Self {
        let (width, height) = (photo.width() as usize, photo.height() as usize);
        let target = lab(rgb);
        let colours = colours(photo);
        let distances: Vec<f32> = colours.iter().map(|colour| delta_e(*colour, target)).collect();
        // Gaps between hair and shoulder are background wherever they lie.
        let near = distances.iter().map(|distance| *distance < SAME);
        let ground: Vec<bool> = near.zip(inside).map(|(near, inside)| near && !inside).collect();
        let person: Vec<bool> = ground.iter().map(|ground| !ground).collect();
        let remnant_px = Some(remnant(&person, &ground, width, height));
        let inner = inner(&ground, width, height);
        let colour = median(&colours, &inner).map(|colour| delta_e(colour, target));
        let evenness = percentile_95(inner.iter().map(|at| distances[*at]).collect());
        Self {
            width,
            height,
            person,
            colour,
            evenness,
            remnant_px,
            max_delta_e,
        }
    }

    /// Measures the sample's own background: everything well outside the person mask, against the accepted colour
    /// nearest to it. Unevenness is counted from its own colour.
    pub(super) fn kept(photo: &Picture, person: Option<&PersonMask>, spec: &PhotoSpecification) -> Self {
        let (width, height) = (photo.width() as usize, photo.height() as usize);
        let colours = colours(photo);
        let probability: Vec<f32> = (0..colours.len())
            .map(|at| {
                let p = Point::new((at % width) as f32 + 0.5, (at / width) as f32 + 0.5);
                person.map_or(1.0, |mask| mask.at(p))
            })
            .collect();
        let ground: Vec<bool> = probability.iter().map(|p| *p < 0.1).collect();
        let inner = inner(&ground, width, height);
        let own = median(&colours, &inner);
        let nearest = own.and_then(|own| {
            let away = |backdrop: &Backdrop| (delta_e(own, lab(backdrop.rgb)), backdrop.max_delta_e);
            let all = spec.backgrounds.iter().map(away);
            all.min_by(|a, b| (a.0 - a.1).total_cmp(&(b.0 - b.1)))
        });
        let evenness =
            own.and_then(|own| percentile_95(inner.iter().map(|at| delta_e(colours[*at], own)).collect()));
        Self {
            width,
            height,
            person: probability.iter().map(|p| *p > 0.5).collect(),
            colour: nearest.map(|nearest| nearest.0),
            evenness,
            remnant_px: None,
            max_delta_e: nearest.map_or(spec.background_max_delta_e, |nearest| nearest.1),
        }
    }

    /// Number of pixels of background.
    fn ground(&self) -> usize {
        self.person.iter().filter(|person| !**person).count()
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

/// True where the person mask is sure.
fn inside(photo: &Picture, person: Option<&PersonMask>) -> Vec<bool> {
    let width = photo.width() as usize;
    let sure = |at: usize| {
        let p = Point::new((at % width) as f32 + 0.5, (at / width) as f32 + 0.5);
        person.is_some_and(|mask| mask.at(p) > SURE)
    };
    (0..width * photo.height() as usize).map(sure).collect()
}

fn colours(photo: &Picture) -> Vec<Lab> {
    photo
        .pixels()
        .chunks_exact(3)
        .map(|p| lab([p[0], p[1], p[2]]))
        .collect()
}

/// The background without its edge; empty where it hides in slivers, because then it has not been measured.
fn inner(ground: &[bool], width: usize, height: usize) -> Vec<usize> {
    let inner: Vec<usize> = (0..ground.len())
        .filter(|at| ground[*at] && clear(ground, width, height, at % width, at / width))
        .collect();
    if inner.len() < ground.len() / 50 {
        return vec![];
    }
    inner
}

/// The median of each channel.
fn median(colours: &[Lab], of: &[usize]) -> Option<Lab> {
    let middle = |channel: usize| {
        let mut values: Vec<f32> = of.iter().map(|at| colours[*at][channel]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Some([middle(0)?, middle(1)?, middle(2)?])
}

fn percentile_95(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() * 95 / 100).copied()
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
