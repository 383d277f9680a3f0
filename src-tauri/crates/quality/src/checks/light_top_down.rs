//! TODO light_top_down

use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "light_top_down",
    unit: "stops",
    measure,
};

fn measure(_: &Scene<'_>) -> Result<Finding, Reason> {
    Err(Reason::NoMesh)
}
