//! The measures of a head that crop and inspection share.

use crate::crop::Head;
use crate::crown::Crown;
use domain::face::Face;

/// Column of the face's axis: the middle between the outer edges of the cheeks.
pub(crate) fn axis(face: &Face) -> f32 {
    face.landmarks[234].point().middle(face.landmarks[454].point()).x
}

/// The head with its crown at `crown`.
pub(crate) fn head(face: &Face, crown: f32) -> Head {
    Head {
        crown,
        eyes: face.eyes().y,
        axis: axis(face),
        face_width: face.width(),
    }
}

/// The rows that may stand for the crown, best first: the top of the hair, then the head without tall hair.
pub(crate) fn crowns(crown: &Crown) -> impl Iterator<Item = f32> {
    let capped = (crown.crown > crown.hair_top + 1.0).then_some(crown.crown);
    std::iter::once(crown.hair_top).chain(capped)
}
