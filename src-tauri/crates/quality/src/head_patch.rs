//! Head, hair and ears with the eyes level: 96 pixels an inter-eye distance, wider than the face patch.

use crate::colour::{Lab, lab, luminance};
use crate::face_patch::INTER_EYE;
use crate::mesh;
use crate::region::Region;
use crate::warp::{Similarity, patch};
use domain::face::{Face, PersonMask};
use domain::geometry::Point;
use domain::picture::Picture;
use std::cell::OnceCell;

/// Size of the patch, pixels: five by six inter-eye distances.
pub(crate) const WIDTH: usize = 480;
pub(crate) const HEIGHT: usize = 576;
/// Where the middle between the eyes lies.
pub(crate) const EYES: Point = Point::new(240.0, 240.0);

/// The levelled head.
pub(crate) struct HeadPatch {
    pub(crate) picture: Picture,
    /// The landmarks in patch pixels.
    pub(crate) landmarks: Vec<Point>,
    /// Probability of "person", row by row; 0 without a mask.
    person: Vec<f32>,
    to_patch: Similarity,
    source: (f32, f32),
    colours: OnceCell<Vec<Lab>>,
    luminances: OnceCell<Vec<f32>>,
}

impl HeadPatch {
    pub(crate) fn cut(picture: &Picture, face: &Face, person: Option<&PersonMask>) -> Self {
        let scale = INTER_EYE / face.inter_eye_distance();
        let to_patch = Similarity::levelling(face.eyes(), EYES, scale, mesh::eye_line_angle(face));
        let centre = |i: usize| Point::new((i % WIDTH) as f32 + 0.5, (i / WIDTH) as f32 + 0.5);
        let probability = |i: usize| person.map_or(0.0, |mask| mask.at(to_patch.back(centre(i))));
        Self {
            picture: patch(picture, &to_patch, WIDTH as u32, HEIGHT as u32),
            landmarks: face.landmarks.iter().map(|l| to_patch.apply(l.point())).collect(),
            person: (0..WIDTH * HEIGHT).map(probability).collect(),
            to_patch,
            source: (picture.width() as f32, picture.height() as f32),
            colours: OnceCell::new(),
            luminances: OnceCell::new(),
        }
    }

    /// A filled polygon between landmarks, without what lies outside the patch or the picture.
    pub(crate) fn region<const N: usize>(&self, landmarks: [usize; N]) -> Region {
        self.clip(Region::polygon(&mesh::pick(&self.landmarks, landmarks)))
    }

    /// Takes out what lies outside the patch or the picture.
    pub(crate) fn clip(&self, region: Region) -> Region {
        region.kept(|x, y| self.inside(x, y))
    }

    /// True when the pixel lies in the patch and in the source picture.
    pub(crate) fn inside(&self, x: i32, y: i32) -> bool {
        if x < 0 || y < 0 || x >= WIDTH as i32 || y >= HEIGHT as i32 {
            return false;
        }
        let p = self.to_patch.back(Point::new(x as f32 + 0.5, y as f32 + 0.5));
        p.x >= 0.0 && p.y >= 0.0 && p.x <= self.source.0 && p.y <= self.source.1
    }

    /// Colour of a pixel inside the patch.
    pub(crate) fn colour(&self, x: i32, y: i32) -> Lab {
        let all = || {
            self.picture
                .pixels()
                .chunks_exact(3)
                .map(|p| lab([p[0], p[1], p[2]]))
                .collect()
        };
        self.colours.get_or_init(all)[index(x, y)]
    }

    /// Luminance of a pixel inside the patch, linear light.
    pub(crate) fn luminance(&self, x: i32, y: i32) -> f32 {
        let all = || {
            self.picture
                .pixels()
                .chunks_exact(3)
                .map(|p| luminance([p[0], p[1], p[2]]))
                .collect()
        };
        self.luminances.get_or_init(all)[index(x, y)]
    }

    /// Probability of "person" at a pixel inside the patch.
    pub(crate) fn person(&self, x: i32, y: i32) -> f32 {
        self.person[index(x, y)]
    }
}

fn index(x: i32, y: i32) -> usize {
    y.clamp(0, HEIGHT as i32 - 1) as usize * WIDTH + x.clamp(0, WIDTH as i32 - 1) as usize
}
