//! Checks on a stream of live frames: fast ones on every frame, slow ones at their own rate.

use crate::assess::run;
use crate::parts::Part;
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
    /// When the slow checks of each party run again; `None` until there is a face. They take turns, for all on one
    /// frame would hold it, and the preview beside it, up.
    turns: Option<[Duration; 2]>,
}

impl LiveAssessor {
    /// Begins without any history.
    pub fn new(specification: PhotoSpecification, rules: Rules) -> Self {
        Self {
            specification,
            rules,
            steadied: None,
            last: None,
            turns: None,
        }
    }

    /// Forgets everything: the next sitter is another person.
    pub fn reset(&mut self) {
        self.steadied = None;
        self.last = None;
        self.turns = None;
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
        let faced = scene.face().is_ok();
        // Without a face nothing may be repeated: what was true of the last one is not known of the next.
        let turns = self.turns.filter(|_| faced);
        let waits = |party: usize| turns.is_some_and(|turns| now < turns[party]);
        let assessment = run(&scene, |row| {
            let repeats = row.pace == Pace::Slow && waits(party(row.part));
            let last = self.last.as_ref().filter(|_| repeats)?;
            last.results.iter().find(|result| result.check == row.id).cloned()
        });
        let period = Duration::from_millis(rule.slow_every_ms);
        self.turns = faced.then(|| match turns {
            // All ran on this frame; from here on they take turns.
            None => [now + period / 2, now + period],
            Some(turns) => turns.map(|turn| if now < turn { turn } else { now + period }),
        });
        self.last = Some(assessment.clone());
        assessment
    }
}

/// The party of a slow check: those of the head share one patch, all others share another.
const fn party(part: Part) -> usize {
    match part {
        Part::Head | Part::Face | Part::Eyes | Part::Mouth | Part::Ears | Part::Forehead => 0,
        Part::Picture | Part::Chest | Part::Wall => 1,
    }
}
