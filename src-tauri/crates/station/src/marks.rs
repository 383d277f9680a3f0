//! Where on a still the rules and ticks that need a look lie.

use domain::face::FaceAnalysis;
use domain::geometry::Rect;
use domain::quality::{Assessment, Verdict};
use quality::{Part, Rules};
use std::collections::BTreeMap;

/// Rectangles in still pixels: two for a pair of ears, none for what lies everywhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Marks {
    /// By rule id, of those that failed, are doubtful or are asked.
    pub(crate) rules: BTreeMap<String, Vec<Rect>>,
    /// By tick id.
    pub(crate) ticks: BTreeMap<String, Vec<Rect>>,
}

impl Marks {
    /// The parts of the picture that the results are about.
    pub(crate) fn of(assessment: &Assessment, analysis: &FaceAnalysis, rules: &Rules) -> Self {
        let at = |part: Option<Part>| part.map(|part| part.rects(analysis)).unwrap_or_default();
        let found = assessment
            .results
            .iter()
            .filter(|result| matches!(result.verdict, Verdict::Fail | Verdict::Warn | Verdict::Asked));
        let tick = |id: &str| rules.ticks().iter().find(|tick| tick.id == id);
        Self {
            rules: found
                .map(|result| {
                    let part = rules.row(&result.check).map(|row| row.part);
                    (result.check.clone(), at(part))
                })
                .filter(|(_, rects)| !rects.is_empty())
                .collect(),
            ticks: assessment
                .ticks
                .iter()
                .map(|asked| (asked.id.clone(), at(tick(&asked.id).map(|row| row.part))))
                .collect(),
        }
    }
}
