//! Checks on a stream of live frames: fast ones on every frame, slow ones at their own rate.

use crate::assess::run;
use crate::rules::{Pace, Rules};
use crate::scene::Scene;
use crate::steadied::Steadied;
use domain::face::FaceAnalysis;
use domain::picture::Picture;
use domain::quality::{Assessment, Stage};
use domain::specification::PhotoSpecification;
use std::time::Duration;

/// Assesses live frames one after the other. Between two runs a slow check repeats its last result; on
/// a change of verdict every limit has its dead band, on the strict side only, so that a live pass never
/// means more than the still's.
pub struct LiveAssessor {
    specification: PhotoSpecification,
    rules: Rules,
    steadied: Option<Steadied>,
    last: Option<Assessment>,
    slow_at: Option<Duration>,
}

impl LiveAssessor {
    /// Begins without any history.
    pub const fn new(specification: PhotoSpecification, rules: Rules) -> Self {
        Self {
            specification,
            rules,
            steadied: None,
            last: None,
            slow_at: None,
        }
    }

    /// Forgets everything: the next sitter is another person.
    pub fn reset(&mut self) {
        self.steadied = None;
        self.last = None;
        self.slow_at = None;
    }

    /// Assesses one frame. `now` is any clock that only goes forward; `analysis` must be that of `picture`.
    /// The face is steadied in place.
    pub fn assess(&mut self, picture: &Picture, analysis: &mut FaceAnalysis, now: Duration) -> Assessment {
        let before = self.steadied.take();
        let rule = &self.rules.limits().live;
        self.steadied = analysis
            .face
            .as_mut()
            .map(|face| Steadied::next(before, face, now, rule));
        let scene = Scene::new(
            Stage::Live,
            picture,
            analysis,
            &self.specification,
            &self.rules,
            self.last.as_ref(),
        );
        let rate = Duration::from_millis(self.rules.limits().live.slow_every_ms);
        let fresh = self.slow_at.is_some_and(|at| now.saturating_sub(at) < rate);
        // Without a face nothing may be repeated: what was true of the last one is not known of the next.
        let repeat = fresh && scene.face().is_ok();
        let assessment = run(&scene, |row| {
            let last = self.last.as_ref().filter(|_| repeat && row.pace == Pace::Slow)?;
            last.results.iter().find(|result| result.check == row.id).cloned()
        });
        if scene.face().is_err() {
            self.slow_at = None;
        } else if !repeat {
            self.slow_at = Some(now);
        }
        self.last = Some(assessment.clone());
        assessment
    }
}
