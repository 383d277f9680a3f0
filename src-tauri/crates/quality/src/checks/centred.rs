//! The face's axis in the middle of the photo (photo specification).

use super::band;
use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;

pub(crate) const CHECK: Check = Check {
    id: "centred",
    unit: "px",
    measure,
};

/// Positive when the face lies to the picture's right, which is the sitter's left: the picture is not
/// mirrored, so a face on its right has to move to the sitter's own right.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let framing = scene.framing()?;
    let most = framing.off_centre_max_px;
    let help = (Instruction::MoveLeft, Instruction::MoveRight);
    Ok(band::judge(
        scene,
        CHECK.id,
        framing.off_centre_px,
        (-most, most),
        help,
    ))
}
