//! TODO background_bright

use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "background_bright",
    unit: "L*",
    measure,
};

fn measure(_: &Scene<'_>) -> Result<Finding, Reason> {
    Err(Reason::NoMesh)
}
