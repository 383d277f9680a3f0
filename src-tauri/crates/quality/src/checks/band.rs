//! A framing number in its band.

use crate::check::{Finding, milder};
use crate::code::{Instruction, Reason};
use crate::scene::Scene;
use domain::quality::Verdict;
use domain::specification::{Quantity, Range};

/// Judges a row of the head: higher or lower helps, unless the head is too large or too small for two rows at once.
pub(crate) fn row(scene: &Scene<'_>, check: &str, of: Quantity) -> Result<Finding, Reason> {
    let misfit = scene.framing()?.misfit(scene.specification);
    let help = (
        misfit.unwrap_or(Instruction::CrownHigh),
        misfit.unwrap_or(Instruction::CrownLow),
    );
    quantity(scene, check, of, help)
}

/// Judges a length of the head: nearer or further helps.
pub(crate) fn length(scene: &Scene<'_>, check: &str, of: Quantity) -> Result<Finding, Reason> {
    quantity(scene, check, of, (Instruction::TooSmall, Instruction::TooLarge))
}

fn quantity(
    scene: &Scene<'_>,
    check: &str,
    of: Quantity,
    help: (Instruction, Instruction),
) -> Result<Finding, Reason> {
    let band = scene.specification.band(of).ok_or(Reason::NotDemanded)?;
    let Range { min, max } = band.range;
    let value = scene.framing()?.value(of).ok_or(Reason::NoMask)?;
    let found = judge(scene, check, value, (min, max), help);
    // A band that may give way to the others stops nothing.
    let verdict = if band.gives_way > 0 {
        milder(found.verdict, Verdict::Warn)
    } else {
        found.verdict
    };
    Ok(Finding { verdict, ..found })
}

/// The edges for a frame after one that failed with `before`: only the edge that was broken is left with a dead
/// band. Who sat far too low and comes up to just below the upper edge is where the photo wants them.
fn edges(before: Option<f32>, (min, max): (f32, f32), dead_band: f32) -> (f32, f32) {
    const MET: f32 = 0.1;
    let below = before.is_some_and(|value| value < min + dead_band);
    let above = before.is_some_and(|value| value > max - dead_band);
    (
        if below { min + dead_band } else { min - MET },
        if above { max - dead_band } else { max + MET },
    )
}

/// Judges a framing number; `low` helps below the band, `high` above it. The edge of the band is met
/// within a tenth of a pixel: a crop that aims at the edge must pass.
pub(crate) fn judge(
    scene: &Scene<'_>,
    check: &str,
    value: f32,
    (min, max): (f32, f32),
    (low, high): (Instruction, Instruction),
) -> Finding {
    let dead_band = scene.limits.framing.dead_band_px.min((max - min) / 4.0);
    let (from, to) = edges(scene.failed_with(check), (min, max), dead_band);
    let inside = value >= from && value <= to;
    let verdict = if inside { Verdict::Pass } else { Verdict::Fail };
    let help = if value < (min + max) / 2.0 { low } else { high };
    Finding::between(value, min, max, verdict, help).spread(scene.limits.framing.dead_band_px)
}

#[cfg(test)]
mod tests {
    use super::edges;

    #[test]
    fn only_the_edge_that_was_broken_keeps_its_distance() {
        let band = (50.0, 110.0);
        assert_eq!(edges(None, band, 4.0), (49.9, 110.1));
        assert_eq!(
            edges(Some(49.0), band, 4.0),
            (54.0, 110.1),
            "the broken edge is met a dead band further in"
        );
        assert_eq!(
            edges(Some(53.0), band, 4.0),
            (54.0, 110.1),
            "until it is left for good"
        );
        assert_eq!(
            edges(Some(237.0), band, 4.0),
            (49.9, 106.0),
            "53 is met from the other side"
        );
    }
}
