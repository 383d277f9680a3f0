//! Distance between the centres of the eyes, in photo pixels (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;
use domain::specification::Quantity;

pub(crate) const CHECK: Check = Check {
    id: "eye_distance",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    band::length(scene, CHECK.id, Quantity::EyeDistance)
}
