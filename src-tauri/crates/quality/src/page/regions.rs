//! The parts of the still that a rule points at, numbered.

use crate::parts::Part;
use crate::report::QualityReport;
use domain::face::FaceAnalysis;
use domain::geometry::Rect;
use domain::quality::{CheckResult, Stage, Verdict};

/// One part, with the gravest verdict of its rules.
pub(super) struct Region {
    pub(super) number: usize,
    pub(super) verdict: Verdict,
    /// In pixels of the still.
    pub(super) rects: Vec<Rect>,
    part: Part,
}

pub(super) struct Regions(pub(super) Vec<Region>);

const PARTS: [Part; 7] = [
    Part::Head,
    Part::Forehead,
    Part::Face,
    Part::Eyes,
    Part::Ears,
    Part::Mouth,
    Part::Chest,
];

impl Regions {
    /// Of the rules of the still that failed, warn, or were asked; parts without a place in the picture have none.
    pub(super) fn of(report: &QualityReport, analysis: &FaceAnalysis) -> Self {
        let results = || {
            let stages = report.stages.iter().filter(|stage| stage.stage == Stage::Still);
            stages.flat_map(|stage| &stage.assessment.results)
        };
        let mut regions = Vec::new();
        for part in PARTS {
            let of_part =
                |result: &&CheckResult| report.rule(&result.check).is_some_and(|rule| rule.part == part);
            let worst = [Verdict::Fail, Verdict::Warn, Verdict::Asked]
                .into_iter()
                .find(|verdict| results().filter(of_part).any(|result| result.verdict == *verdict));
            let rects = part.rects(analysis);
            if let (Some(verdict), false) = (worst, rects.is_empty()) {
                regions.push(Region {
                    number: regions.len() + 1,
                    verdict,
                    rects,
                    part,
                });
            }
        }
        Self(regions)
    }

    /// The number beside a result, where its part is framed on the still.
    pub(super) fn number(&self, stage: Stage, report: &QualityReport, result: &CheckResult) -> Option<usize> {
        let points = matches!(result.verdict, Verdict::Fail | Verdict::Warn | Verdict::Asked);
        let part = report
            .rule(&result.check)
            .filter(|_| points && stage == Stage::Still)?
            .part;
        self.0
            .iter()
            .find(|region| region.part == part)
            .map(|region| region.number)
    }
}
