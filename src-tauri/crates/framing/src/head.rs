//! A head in numbers.

use crate::crown::Crown;
use domain::face::Face;
use domain::specification::{PhotoSpecification, Quantity};

/// A head in a picture, in the picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Row of the crown; `None` when it was not found.
    pub crown: Option<f32>,
    /// Row of the top of the hair where that is not the crown and shall stay in the photo.
    pub hair: Option<f32>,
    /// Row of the middle between the eyes.
    pub eyes: f32,
    /// Row of the chin.
    pub chin: f32,
    /// Column of the face's axis: the middle between the cheeks.
    pub axis: f32,
    /// Width between the outer edges of the cheeks.
    pub face_width: f32,
    /// Distance between the centres of the eyes.
    pub eye_distance: f32,
}

impl Head {
    /// The head of a face with its crown at a row.
    pub fn of(face: &Face, crown: Option<f32>) -> Self {
        Self {
            crown,
            hair: None,
            eyes: face.eyes().y,
            chin: face.chin().y,
            axis: axis(face),
            face_width: face.width(),
            eye_distance: face.right_eye().distance(face.left_eye()),
        }
    }

    /// A row or a length of it, pixels; `None` where it hangs on a crown that was not found.
    pub fn value(&self, of: Quantity) -> Option<f32> {
        match of {
            Quantity::Crown => self.crown,
            Quantity::Eyes => Some(self.eyes),
            Quantity::Chin => Some(self.chin),
            Quantity::FaceWidth => Some(self.face_width),
            Quantity::HeadHeight => self.crown.map(|crown| self.chin - crown),
            Quantity::EyeDistance => Some(self.eye_distance),
        }
    }

    pub(crate) fn is_finite(&self) -> bool {
        Quantity::ALL
            .iter()
            .all(|of| self.value(*of).is_none_or(f32::is_finite))
            && self.axis.is_finite()
    }
}

/// Column of the face's axis: the middle between the outer edges of the cheeks.
pub fn axis(face: &Face) -> f32 {
    let column = |i: usize| face.landmarks.get(i).map_or(f32::NAN, |l| l.x);
    f32::midpoint(column(234), column(454))
}

/// The rows that may stand for the crown, best first: the top of the hair, then the head without tall hair (hair that
/// stands further than 1.05 face widths above the eyes, or a top-knot); the head's alone where the specification means
/// that.
pub fn crowns(crown: &Crown, specification: &PhotoSpecification) -> Vec<f32> {
    if specification.crown_is_head {
        return vec![crown.crown];
    }
    let capped = (crown.crown > crown.hair_top + 1.0).then_some(crown.crown);
    std::iter::once(crown.hair_top).chain(capped).collect()
}
