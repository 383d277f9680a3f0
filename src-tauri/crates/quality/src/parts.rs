//! Parts of a person by name: what is framed on the still and shown enlarged beside a rule or a tick.

use crate::mesh;
use domain::face::{Face, FaceAnalysis};
use domain::geometry::Rect;
use serde::{Deserialize, Serialize};

/// A part of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The whole picture.
    Picture,
    /// Head with hair and neck.
    Head,
    /// The face.
    Face,
    /// Both eyes with the brows.
    Eyes,
    /// The mouth.
    Mouth,
    /// Both ears.
    Ears,
    /// Forehead and brows.
    Forehead,
    /// Shoulders and chest.
    Chest,
    /// The wall.
    Wall,
}

impl Part {
    /// Its rectangles in picture pixels, cut at the picture's border: two for the ears, one for most, none for the
    /// wall, the picture, or without a face.
    pub fn rects(self, analysis: &FaceAnalysis) -> Vec<Rect> {
        let Some(face) = analysis
            .face
            .as_ref()
            .filter(|f| f.landmarks.len() >= mesh::LANDMARKS)
        else {
            return Vec::new();
        };
        let size = (analysis.width as f32, analysis.height as f32);
        let u = face.inter_eye_distance();
        let (eyes, chin) = (face.eyes(), face.chin());
        let around = |left: f32, top: f32, right: f32, low: f32| {
            let x0 = left.clamp(0.0, size.0);
            let y0 = top.clamp(0.0, size.1);
            Rect::new(x0, y0, right.clamp(0.0, size.0) - x0, low.clamp(0.0, size.1) - y0)
        };
        let rects = match self {
            Self::Picture | Self::Wall => vec![],
            Self::Head => vec![around(
                eyes.x - 2.0 * u,
                eyes.y - 2.4 * u,
                eyes.x + 2.0 * u,
                chin.y + 1.0 * u,
            )],
            Self::Face => vec![around(
                eyes.x - 1.4 * u,
                eyes.y - 1.3 * u,
                eyes.x + 1.4 * u,
                chin.y + 0.2 * u,
            )],
            Self::Eyes => vec![around(
                eyes.x - 1.2 * u,
                eyes.y - 0.7 * u,
                eyes.x + 1.2 * u,
                eyes.y + 0.5 * u,
            )],
            Self::Mouth => vec![mouth(face, u, &around)],
            Self::Ears => [face.landmarks[234], face.landmarks[454]]
                .iter()
                .map(|l| around(l.x - 0.5 * u, eyes.y - 0.45 * u, l.x + 0.5 * u, eyes.y + 1.05 * u))
                .collect(),
            Self::Forehead => vec![around(
                eyes.x - 1.2 * u,
                eyes.y - 1.5 * u,
                eyes.x + 1.2 * u,
                eyes.y - 0.2 * u,
            )],
            Self::Chest => vec![around(
                eyes.x - 2.6 * u,
                chin.y - 0.1 * u,
                eyes.x + 2.6 * u,
                chin.y + 3.0 * u,
            )],
        };
        rects
            .into_iter()
            .filter(|r| r.width >= 1.0 && r.height >= 1.0)
            .collect()
    }
}

fn mouth(face: &Face, u: f32, around: &dyn Fn(f32, f32, f32, f32) -> Rect) -> Rect {
    let (right, left) = (face.landmarks[61], face.landmarks[291]);
    let y = (right.y + left.y) / 2.0;
    around(
        right.x.min(left.x) - 0.2 * u,
        y - 0.4 * u,
        right.x.max(left.x) + 0.2 * u,
        y + 0.4 * u,
    )
}
