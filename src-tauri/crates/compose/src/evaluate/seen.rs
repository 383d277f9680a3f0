//! What the program says of one picture.

use super::EvaluateFault;
use domain::face::{FaceAnalysis, HeadPose};
use domain::picture::Picture;
use domain::quality::{Assessment, CheckResult, Force, Stage, Verdict};
use domain::specification::PhotoSpecification;
use quality::Rules;
use station::Sight;
use std::time::Instant;

/// What pictures are judged with.
pub struct Judge<'a> {
    /// The networks.
    pub sight: &'a mut Sight,
    /// The rules under their policy.
    pub rules: &'a Rules,
    /// The photo to be made.
    pub specification: &'a PhotoSpecification,
}

/// One picture that could be decoded.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Every rule's result on the still.
    pub assessment: Assessment,
    /// Angles of the head; `None` without a face.
    pub pose: Option<HeadPose>,
    /// Time of the checks alone, milliseconds.
    pub checks_ms: f64,
}

impl Looked {
    /// The result of one rule.
    pub fn result(&self, rule: &str) -> Option<&CheckResult> {
        self.assessment.results.iter().find(|result| result.check == rule)
    }

    /// What would stop this picture at the desk with every tick given.
    pub fn stopping(&self) -> impl Iterator<Item = &CheckResult> {
        self.assessment.stopping()
    }

    /// True when nothing stops it.
    pub fn accepted(&self) -> bool {
        self.stopping().next().is_none()
    }
}

/// One picture: what was found, or the code under which it was refused.
pub type Seen = Result<Looked, String>;

/// True when the result says "broken": a gating rule that failed, or a hint that fired on a measured value.
pub fn fires(result: &CheckResult) -> bool {
    match result.force {
        Force::Absolute | Force::Gate => result.verdict == Verdict::Fail,
        Force::Ask | Force::Advice => {
            result.value.is_some() && matches!(result.verdict, Verdict::Warn | Verdict::Asked | Verdict::Fail)
        }
        Force::Off => false,
    }
}

impl Judge<'_> {
    /// Analyses and checks a decoded picture as the station does with a still.
    ///
    /// # Errors
    /// When a network fails.
    pub fn look(&mut self, picture: &Picture) -> Result<(Looked, FaceAnalysis), EvaluateFault> {
        let analysis = self.sight.analyser.still(picture)?;
        let start = Instant::now();
        let assessment = quality::assess(Stage::Still, picture, &analysis, self.specification, self.rules);
        let looked = Looked {
            assessment,
            pose: analysis.face.as_ref().map(|face| face.pose),
            checks_ms: start.elapsed().as_secs_f64() * 1e3,
        };
        Ok((looked, analysis))
    }
}
