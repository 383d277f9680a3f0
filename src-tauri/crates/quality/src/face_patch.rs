//! The face with its eyes level at a fixed size: 96 pixels an inter-eye distance.

use crate::mesh;
use crate::region::Region;
use crate::warp::{Similarity, patch};
use domain::face::Face;
use domain::geometry::Point;
use domain::picture::Picture;

/// Pixels of an inter-eye distance in the patch.
pub(crate) const INTER_EYE: f32 = 96.0;

const WIDTH: u32 = 320;
const HEIGHT: u32 = 352;
const EYES: Point = Point::new(160.0, 144.0);

/// The levelled face. For a turned head the projected eye distance would enlarge the patch; the
/// yaw-corrected one is used instead (ISO/IEC 29794-5).
pub(crate) struct FacePatch {
    pub(crate) picture: Picture,
    /// The landmarks in patch pixels.
    pub(crate) landmarks: Vec<Point>,
    to_patch: Similarity,
    source: (f32, f32),
}

impl FacePatch {
    pub(crate) fn cut(picture: &Picture, face: &Face) -> Self {
        let scale = INTER_EYE / face.inter_eye_distance();
        let to_patch = Similarity::levelling(face.eyes(), EYES, scale, mesh::eye_line_angle(face));
        Self {
            picture: patch(picture, &to_patch, WIDTH, HEIGHT),
            landmarks: face.landmarks.iter().map(|l| to_patch.apply(l.point())).collect(),
            to_patch,
            source: (picture.width() as f32, picture.height() as f32),
        }
    }

    /// A region between landmarks, without what lies outside the patch or the picture.
    pub(crate) fn region<const N: usize>(&self, landmarks: [usize; N]) -> Region {
        self.clip(Region::polygon(&mesh::pick(&self.landmarks, landmarks)))
    }

    /// Takes out what lies outside the patch or the picture.
    pub(crate) fn clip(&self, region: Region) -> Region {
        region.kept(|x, y| {
            let p = self.to_patch.back(Point::new(x as f32 + 0.5, y as f32 + 0.5));
            let in_patch = x >= 0 && y >= 0 && x < WIDTH as i32 && y < HEIGHT as i32;
            in_patch && p.x >= 0.0 && p.y >= 0.0 && p.x <= self.source.0 && p.y <= self.source.1
        })
    }

    /// The pixel of the patch.
    pub(crate) fn at(&self, x: i32, y: i32) -> [u8; 3] {
        self.picture.at(i64::from(x), i64::from(y))
    }
}
