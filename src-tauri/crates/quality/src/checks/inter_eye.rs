//! Inter-eye distance (ISO/IEC 29794-5), pixels: of the still's own on the still, how much of the face the
//! camera resolves; of the photo's on live frames, which may be reduced copies of what the camera sees.

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Stage;

pub(crate) const CHECK: Check = Check {
    id: "inter_eye",
    unit: "px",
    measure,
};

fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let distance = match scene.stage {
        Stage::Live => scene.framing()?.inter_eye_px * scene.framing()?.scale,
        Stage::Still | Stage::Finished => scene.face()?.inter_eye_distance(),
    };
    let limit = scene.limits.inter_eye.limit;
    let verdict = limit.below(distance, scene.was(CHECK.id));
    Ok(Finding::least(distance, limit.fail, verdict, Instruction::TooSmall).spread(limit.dead_band))
}
