//! All rules on one picture.

use crate::check::judged;
use crate::checks;
use crate::rules::{RuleRow, Rules};
use crate::scene::Scene;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{Assessment, CheckResult, Stage, Tick, Verdict};
use domain::specification::PhotoSpecification;

/// Runs every rule of the stage on one picture, in the fixed order of the rows. `analysis` must be that of `picture`.
///
/// A rule that cannot be measured is `NotAssessed` with its reason, or `Asked` where the operator decides; nothing
/// passes silently. For a stream of live frames use [`crate::LiveAssessor`], which keeps slow rules at their own rate.
pub fn assess(
    stage: Stage,
    picture: &Picture,
    analysis: &FaceAnalysis,
    specification: &PhotoSpecification,
    rules: &Rules,
) -> Assessment {
    run(
        &Scene::new(stage, picture, analysis, specification, rules, None),
        |_| None,
    )
}

/// Runs the rows; `known` gives a result that need not be measured again.
pub(crate) fn run(scene: &Scene<'_>, known: impl Fn(&RuleRow) -> Option<CheckResult>) -> Assessment {
    let checks = checks::all();
    let result = |row: &RuleRow| {
        let check = checks.iter().find(|check| check.id == row.id);
        known(row).unwrap_or_else(|| judged(row, check.copied(), scene))
    };
    let results: Vec<CheckResult> = scene.rules.at(scene.stage).map(result).collect();
    let ticks = if scene.stage == Stage::Still {
        asked(scene.rules, &results)
    } else {
        Vec::new()
    };
    Assessment { results, ticks }
}

/// The ticks that the results open.
fn asked(rules: &Rules, results: &[CheckResult]) -> Vec<Tick> {
    let of = |tick: &str| -> Vec<String> {
        results
            .iter()
            .filter(|result| result.verdict == Verdict::Asked)
            .filter(|result| {
                rules
                    .row(&result.check)
                    .is_some_and(|row| row.tick.as_deref() == Some(tick))
            })
            .map(|result| result.check.clone())
            .collect()
    };
    rules
        .ticks()
        .iter()
        .map(|tick| Tick {
            id: tick.id.clone(),
            rules: of(&tick.id),
            answer: None,
        })
        .filter(|tick| !tick.rules.is_empty())
        .collect()
}
