//! Which frame of a burst to keep: open eyes first, a closed mouth, then the sharpest.

use crate::check::judged;
use crate::checks;
use crate::rules::Rules;
use crate::scene::Scene;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{Force, Stage, Verdict};
use domain::specification::PhotoSpecification;

/// What differs from one frame to the next thirtieth of a second, gravest first.
const LOOKED_AT: [&str; 5] = ["eyes_open", "mouth", "motion", "sharpness", "gaze"];
/// How much less of the gradient must survive a blur for a later frame to be called sharper: two frames of
/// a sitter at rest differ by less.
const SHARPER: f32 = 0.02;

/// How a frame of a burst stands against the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Weight of what is wrong with it; 0 when nothing is. A frame without a usable face has the most.
    pub faults: u32,
    /// Share of gradient that survives a blur: the smaller, the sharper. 1 when it was not measured.
    pub blur: f32,
}

impl Standing {
    /// Nothing of it can be used.
    pub const USELESS: Self = Self {
        faults: u32::MAX,
        blur: 1.0,
    };
}

/// Measures a frame by the rules that change from frame to frame, and by no other.
pub fn standing(
    picture: &Picture,
    analysis: &FaceAnalysis,
    specification: &PhotoSpecification,
    rules: &Rules,
) -> Standing {
    if analysis.face.is_none() {
        return Standing::USELESS;
    }
    let scene = Scene::new(Stage::Live, picture, analysis, specification, rules, None);
    let checks = checks::all();
    let of = |id: &str| {
        let row = rules.row(id).filter(|row| rules.force(row) != Force::Off)?;
        let check = checks.iter().find(|check| check.id == id);
        Some(judged(row, check.copied(), &scene))
    };
    let faults = LOOKED_AT.iter().rev().zip(0_u32..).map(|(id, place)| {
        // Each weighs more than all that are less grave together.
        let weight = match of(id).map(|result| result.verdict) {
            Some(Verdict::Pass) | None => 0,
            Some(Verdict::Warn | Verdict::Asked) => 1,
            Some(Verdict::Fail | Verdict::NotAssessed) => 2,
        };
        weight * 3_u32.pow(place)
    });
    Standing {
        faults: faults.sum(),
        blur: of("sharpness")
            .and_then(|result| result.value)
            .map_or(1.0, |value| value as f32),
    }
}

/// The place of the best of them; the earliest of those that are alike, which is nearest to the shutter.
pub fn best(standings: &[Standing]) -> usize {
    let better = |a: &Standing, b: &Standing| {
        a.faults < b.faults || (a.faults == b.faults && a.blur + SHARPER < b.blur)
    };
    (1..standings.len()).fold(0, |best, place| {
        if better(&standings[place], &standings[best]) {
            place
        } else {
            best
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_has_the_fewest_faults_then_is_the_sharpest_then_the_first() {
        let of = |faults, blur| Standing { faults, blur };
        assert_eq!(best(&[]), 0);
        assert_eq!(best(&[of(0, 0.40), of(0, 0.39), of(0, 0.41)]), 0, "alike");
        assert_eq!(
            best(&[of(0, 0.40), of(0, 0.36), of(0, 0.35)]),
            1,
            "sharper by enough"
        );
        assert_eq!(
            best(&[of(2, 0.20), of(0, 0.50), Standing::USELESS]),
            1,
            "a blink is worse than a blur"
        );
        assert_eq!(best(&[Standing::USELESS, of(200, 0.9)]), 1);
    }
}
