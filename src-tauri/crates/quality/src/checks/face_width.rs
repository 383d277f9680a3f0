//! Width of the face between the outer edges of the cheeks, in photo pixels (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;
use domain::specification::Quantity;

pub(crate) const CHECK: Check = Check {
    id: "face_width",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    band::length(scene, CHECK.id, Quantity::FaceWidth)
}
