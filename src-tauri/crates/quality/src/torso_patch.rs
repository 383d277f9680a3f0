//! Head, shoulders and wall at 40 pixels an inter-eye distance, gravity down.

use crate::colour::{Lab, lab, luminance};
use crate::mesh;
use crate::region::{Brush, Region};
use crate::warp::{Similarity, patch};
use domain::face::{Face, PersonMask, Shoulders};
use domain::geometry::Point;
use domain::picture::Picture;

/// Pixels of an inter-eye distance in the patch.
pub(crate) const INTER_EYE: f32 = 40.0;
/// Side of the patch, pixels: eight inter-eye distances.
pub(crate) const SIDE: usize = 320;
/// Where the eyes lie: three inter-eye distances below the top, in the middle.
pub(crate) const EYES: Point = Point::new(160.0, 120.0);

/// The upper body with the wall round it.
pub(crate) struct TorsoPatch {
    picture: Picture,
    colours: Vec<Lab>,
    /// Probability of the main person: pieces not connected to the face belong to the wall.
    person: Vec<f32>,
    /// Probability of anybody.
    anybody: Vec<f32>,
    to_patch: Similarity,
    source: (f32, f32),
    /// The chin in patch pixels.
    pub(crate) chin: Point,
    /// Column of the face's axis.
    pub(crate) axis: f32,
    /// Shoulder joints in patch pixels (subject's right, left).
    pub(crate) shoulders: Option<[Point; 2]>,
}

impl TorsoPatch {
    pub(crate) fn cut(picture: &Picture, face: &Face, person: &PersonMask, body: Option<&Shoulders>) -> Self {
        let to_patch = Similarity::levelling(face.eyes(), EYES, INTER_EYE / face.inter_eye_distance(), 0.0);
        let torso = patch(picture, &to_patch, SIDE as u32, SIDE as u32);
        let colours = torso
            .pixels()
            .chunks_exact(3)
            .map(|p| lab([p[0], p[1], p[2]]))
            .collect();
        let mut probability = vec![0.0; SIDE * SIDE];
        for (i, value) in probability.iter_mut().enumerate() {
            *value = person.at(to_patch.back(Point::new((i % SIDE) as f32 + 0.5, (i / SIDE) as f32 + 0.5)));
        }
        let anybody = probability.clone();
        let main = Region::of(SIDE, SIDE, |x, y| probability[y * SIDE + x] > 0.3)
            .largest_piece()
            .grown(Brush::Square(2));
        for (i, value) in probability.iter_mut().enumerate() {
            if !main.contains((i % SIDE) as i32, (i / SIDE) as i32) {
                *value = 0.0;
            }
        }
        let at = |landmark: usize| to_patch.apply(face.landmarks[landmark].point());
        Self {
            picture: torso,
            colours,
            person: probability,
            anybody,
            chin: at(mesh::CHIN),
            axis: at(mesh::CHIN).middle(at(mesh::BRIDGE)).x,
            shoulders: body.map(|b| [to_patch.apply(b.right), to_patch.apply(b.left)]),
            to_patch,
            source: (picture.width() as f32, picture.height() as f32),
        }
    }

    /// Colour of a pixel.
    pub(crate) fn colour(&self, x: usize, y: usize) -> Lab {
        self.colours[y * SIDE + x]
    }

    /// Luminance of a pixel.
    pub(crate) fn luminance(&self, x: usize, y: usize) -> f32 {
        luminance(self.picture.at(x as i64, y as i64))
    }

    /// Probability of the main person at a pixel.
    pub(crate) fn person(&self, x: usize, y: usize) -> f32 {
        self.person[y * SIDE + x]
    }

    /// Probability of anybody at a pixel, the main person or another.
    pub(crate) fn anybody(&self, x: usize, y: usize) -> f32 {
        self.anybody[y * SIDE + x]
    }

    /// Where a picture position lies in the patch.
    pub(crate) fn place(&self, p: Point) -> Point {
        self.to_patch.apply(p)
    }

    /// True when the pixel lies inside the source picture.
    pub(crate) fn inside(&self, x: usize, y: usize) -> bool {
        let p = self.to_patch.back(Point::new(x as f32 + 0.5, y as f32 + 0.5));
        p.x >= 0.0 && p.y >= 0.0 && p.x <= self.source.0 && p.y <= self.source.1
    }
}
