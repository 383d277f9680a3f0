//! Light on the face: cheeks, white of the eye, brightest skin, clipping.

use crate::colour::{Lab, lab, lightness, luma, luminance};
use crate::face_patch::FacePatch;
use crate::mesh;
use crate::region::{Brush, Region};
use crate::statistics::{median, quantile};
use domain::geometry::Point;

/// Fewest pixels of a region that is read.
const LEAST_PIXELS: usize = 40;

/// Readings of the face's light, all from the levelled patch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FaceLight {
    /// Median luminance of the subject's right cheek.
    pub(crate) right_cheek: Option<f32>,
    /// Median luminance of the subject's left cheek.
    pub(crate) left_cheek: Option<f32>,
    /// Median colour of both cheeks.
    pub(crate) skin: Option<Lab>,
    /// The whiter of the two eye whites.
    pub(crate) eye_white: Option<Lab>,
    /// 95th percentile of lightness over the face without eyes and lips, L*.
    pub(crate) brightest_skin: f32,
    /// Share of the face above the clipping luma.
    pub(crate) clipped: f32,
    /// 95th percentile of chroma over the face.
    pub(crate) chroma: f32,
}

impl FaceLight {
    pub(crate) fn read(patch: &FacePatch, clipping_luma: f32) -> Self {
        let right = patch.region(mesh::RIGHT_CHEEK);
        let left = patch.region(mesh::LEFT_CHEEK);
        let eyes = [patch.region(mesh::RIGHT_EYE), patch.region(mesh::LEFT_EYE)];
        let lips = patch.region(mesh::LIPS).grown(Brush::Disc(3));
        let skin_area = patch
            .clip(Region::polygon(&pulled_in(
                &mesh::pick(&patch.landmarks, mesh::OUTLINE),
                3.0,
            )))
            .without(&eyes[0].grown(Brush::Disc(8)))
            .without(&eyes[1].grown(Brush::Disc(8)))
            .without(&lips);
        let mut luminances = Vec::new();
        let mut chromas = Vec::new();
        let mut clipped = 0_usize;
        for (x, y) in skin_area.pixels() {
            let rgb = patch.at(x, y);
            luminances.push(luminance(rgb));
            clipped += usize::from(luma(rgb) > clipping_luma);
            // A ninth of the pixels is enough for a percentile of chroma.
            if x % 3 == 0 && y % 3 == 0 {
                chromas.push(lab(rgb).chroma());
            }
        }
        let eye_white = eyes
            .iter()
            .zip(mesh::IRISES)
            .filter_map(|(eye, iris)| eye_white(patch, eye, iris))
            .max_by(|p, q| p.l.total_cmp(&q.l));
        Self {
            right_cheek: middle_light(patch, &right),
            left_cheek: middle_light(patch, &left),
            skin: median_colour(patch, &right.joined(&left)),
            eye_white,
            clipped: clipped as f32 / luminances.len().max(1) as f32,
            brightest_skin: quantile(&mut luminances, 0.95).map_or(0.0, lightness),
            chroma: quantile(&mut chromas, 0.95).unwrap_or(0.0),
        }
    }
}

/// Median luminance of a region; `None` when too little of it is seen.
pub(crate) fn middle_light(patch: &FacePatch, region: &Region) -> Option<f32> {
    let mut values: Vec<f32> = region.pixels().map(|(x, y)| luminance(patch.at(x, y))).collect();
    if values.len() < LEAST_PIXELS {
        None
    } else {
        median(&mut values)
    }
}

fn median_colour(patch: &FacePatch, region: &Region) -> Option<Lab> {
    let colours: Vec<Lab> = region.pixels().map(|(x, y)| lab(patch.at(x, y))).collect();
    if colours.len() < LEAST_PIXELS {
        return None;
    }
    let middle = |f: fn(&Lab) -> f32| median(&mut colours.iter().map(f).collect::<Vec<_>>());
    Some(Lab {
        l: middle(|c| c.l)?,
        a: middle(|c| c.a)?,
        b: middle(|c| c.b)?,
    })
}

/// The white of one eye: the opening without the iris, the upper two fifths of its lightness without
/// the glint. `None` when too little of it is seen.
fn eye_white(patch: &FacePatch, eye: &Region, iris: usize) -> Option<Lab> {
    let centre = patch.landmarks[iris];
    let radius = patch.landmarks[iris + 1].distance(patch.landmarks[iris + 3]) / 2.0 * 1.1;
    let white = eye
        .shrunk(Brush::Disc(2))
        .kept(|x, y| Point::new(x as f32 + 0.5, y as f32 + 0.5).distance(centre) > radius);
    let mut colours: Vec<Lab> = white.pixels().map(|(x, y)| lab(patch.at(x, y))).collect();
    if colours.len() < LEAST_PIXELS {
        return None;
    }
    colours.sort_by(|p, q| p.l.total_cmp(&q.l));
    let (from, to) = (colours.len() * 60 / 100, colours.len() * 97 / 100);
    let kept = &colours[from..=to.min(colours.len() - 1)];
    let mean = |f: fn(&Lab) -> f32| kept.iter().map(f).sum::<f32>() / kept.len() as f32;
    Some(Lab {
        l: mean(|c| c.l),
        a: mean(|c| c.a),
        b: mean(|c| c.b),
    })
}

/// The corners moved towards their centre by `distance`.
fn pulled_in(corners: &[Point], distance: f32) -> Vec<Point> {
    let n = corners.len().max(1) as f32;
    let centre = Point::new(
        corners.iter().map(|p| p.x).sum::<f32>() / n,
        corners.iter().map(|p| p.y).sum::<f32>() / n,
    );
    corners
        .iter()
        .map(|p| {
            let keep = (1.0 - distance / p.distance(centre).max(1.0)).max(0.0);
            Point::new(
                centre.x + (p.x - centre.x) * keep,
                centre.y + (p.y - centre.y) * keep,
            )
        })
        .collect()
}
