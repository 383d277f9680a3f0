//! Eye line to the photo's top edge (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;
use domain::specification::Quantity;

pub(crate) const CHECK: Check = Check {
    id: "eye_line",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    band::row(scene, CHECK.id, Quantity::Eyes)
}
