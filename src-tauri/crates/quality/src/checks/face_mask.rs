//! TODO face_mask

use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "face_mask",
    unit: "ΔE",
    measure,
};

fn measure(_: &Scene<'_>) -> Result<Finding, Reason> {
    Err(Reason::NoMesh)
}
