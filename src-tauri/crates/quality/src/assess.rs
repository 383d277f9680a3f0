//! All checks on one picture.

use crate::check::Check;
use crate::checks;
use crate::limits::Limits;
use crate::scene::Scene;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{Assessment, CheckResult, Stage};
use domain::specification::PhotoSpecification;

/// Runs every check on one picture, in the fixed order of the list. `analysis` must be that of `picture`.
///
/// A rule that cannot be measured is `NotAssessed` with its reason; nothing passes silently. For a stream
/// of live frames use [`crate::LiveAssessor`], which keeps slow checks at their own rate.
pub fn assess(
    stage: Stage,
    picture: &Picture,
    analysis: &FaceAnalysis,
    specification: &PhotoSpecification,
    limits: &Limits,
) -> Assessment {
    run(
        &Scene::new(stage, picture, analysis, specification, limits, None),
        |_| None,
    )
}

/// Runs the list; `known` gives a result that need not be measured again.
pub(crate) fn run(scene: &Scene<'_>, known: impl Fn(&Check) -> Option<CheckResult>) -> Assessment {
    let results = checks::all()
        .iter()
        .map(|check| known(check).unwrap_or_else(|| check.run(scene)));
    Assessment {
        results: results.collect(),
    }
}
