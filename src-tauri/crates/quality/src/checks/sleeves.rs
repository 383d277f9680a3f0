//! TODO sleeves

use crate::check::{Check, Finding};
use crate::code::Reason;
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "sleeves",
    unit: "ratio",
    measure,
};

fn measure(_: &Scene<'_>) -> Result<Finding, Reason> {
    Err(Reason::NoMesh)
}
