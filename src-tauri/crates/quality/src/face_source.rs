//! The face in the picture's own pixels: for measures of what the camera and its compression left in them.

use crate::edge_patch::shrunk_grey;
use crate::mesh;
use crate::raster::Plane;
use crate::region::Region;
use domain::face::Face;
use domain::geometry::Point;
use domain::picture::Picture;

/// The luma of the face at the picture's own scale, or shrunk to a largest inter-eye distance.
pub(crate) struct FaceSource {
    /// The luma, 0..=255.
    pub(crate) grey: Plane,
    /// Its inter-eye distance, pixels.
    pub(crate) inter_eye: f32,
    /// The landmarks in its pixels.
    pub(crate) landmarks: Vec<Point>,
}

impl FaceSource {
    /// Cuts the face; never enlarged. `None` when it is all but outside the picture.
    pub(crate) fn cut(picture: &Picture, face: &Face, most: f32, weights: [f32; 3]) -> Option<Self> {
        let ied = face.inter_eye_distance();
        let k = (most / ied).min(1.0);
        let mid = face.eyes();
        let x0 = (mid.x - 1.5 * ied).max(0.0) as u32;
        let y0 = (mid.y - 1.4 * ied).max(0.0) as u32;
        let x1 = ((mid.x + 1.5 * ied).max(0.0) as u32).min(picture.width());
        let y1 = ((mid.y + 2.1 * ied).max(0.0) as u32).min(picture.height());
        if x1 < x0 + 16 || y1 < y0 + 16 {
            return None;
        }
        let grey = shrunk_grey(picture, [x0, y0, x1, y1], k, weights);
        let scale = (
            grey.width() as f32 / (x1 - x0) as f32,
            grey.height() as f32 / (y1 - y0) as f32,
        );
        let place = |p: Point| Point::new((p.x - x0 as f32) * scale.0, (p.y - y0 as f32) * scale.1);
        Some(Self {
            grey,
            inter_eye: ied * k,
            landmarks: face.landmarks.iter().map(|l| place(l.point())).collect(),
        })
    }

    /// A polygon between landmarks, without what lies outside or on the last row and column.
    pub(crate) fn region<const N: usize>(&self, landmarks: [usize; N]) -> Region {
        self.clip(Region::polygon(&mesh::pick(&self.landmarks, landmarks)))
    }

    /// Takes out what lies outside or on the last row and column: measures look at the next pixel.
    pub(crate) fn clip(&self, region: Region) -> Region {
        let (width, height) = (self.grey.width() as i32, self.grey.height() as i32);
        region.kept(|x, y| x >= 0 && y >= 0 && x < width - 1 && y < height - 1)
    }
}
