//! TODO tinted_glasses

use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "tinted_glasses",
    unit: "stops",
    measure,
};

fn measure(_: &Scene<'_>) -> Result<Finding, Reason> {
    Err(Reason::NoMesh)
}
