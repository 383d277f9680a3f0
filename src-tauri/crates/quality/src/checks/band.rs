//! A framing number in its band.

use crate::check::Finding;
use crate::code::Instruction;
use crate::scene::Scene;
use domain::quality::Verdict;

/// Judges a framing number; `low` helps below the band, `high` above it. The edge of the band is met
/// within a tenth of a pixel: a crop that aims at the edge must pass.
pub(crate) fn judge(
    scene: &Scene<'_>,
    check: &str,
    value: f32,
    (min, max): (f32, f32),
    (low, high): (Instruction, Instruction),
) -> Finding {
    let slack = if scene.was(check) == Verdict::Fail {
        -scene.limits.framing.dead_band_px.min((max - min) / 4.0)
    } else {
        0.1
    };
    let inside = value >= min - slack && value <= max + slack;
    let verdict = if inside { Verdict::Pass } else { Verdict::Fail };
    let help = if value < (min + max) / 2.0 { low } else { high };
    Finding::between(value, min, max, verdict, help)
}
