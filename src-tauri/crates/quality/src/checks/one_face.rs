//! Exactly one face, and nobody behind (guide; ISO/IEC 29794-5 SingleFacePresent).

use crate::check::{Check, Finding};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;

pub(crate) const CHECK: Check = Check {
    id: "one_face",
    unit: "count",
    measure,
};

/// The best face always counts, others when the detector is certain of them; the rest warn.
fn measure(scene: &Scene<'_>) -> Result<Finding, Reason> {
    let certain = scene.limits.one_face.certain_score;
    let others = scene.analysis.faces.iter().skip(1);
    let sure = others.clone().filter(|face| face.score >= certain).count();
    let first = usize::from(!scene.analysis.faces.is_empty() || scene.analysis.face.is_some());
    let count = (first + sure) as f32;
    let (verdict, help) = match first + sure {
        0 => (Verdict::Fail, Instruction::NoFace),
        1 if others.count() > 0 => (Verdict::Warn, Instruction::TwoFaces),
        1 => (Verdict::Pass, Instruction::Good),
        _ => (Verdict::Fail, Instruction::TwoFaces),
    };
    if verdict != Verdict::Fail {
        // A box without landmarks that hold is no face anybody could measure.
        scene.face()?;
    }
    Ok(Finding::between(count, 1.0, 1.0, verdict, help))
}
