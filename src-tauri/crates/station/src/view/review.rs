//! The review page's data.

use crate::contract::{Region, ReviewScreen, TickRow};
use crate::desk::{Desk, Sample};
use domain::geometry::{Rect, guide};
use domain::quality::{Assessment, CheckResult, Force, Tick};
use domain::session::{SampleId, State};
use domain::setup::SessionSetup;
use quality::{Instruction, Reason};

impl Desk {
    pub(super) fn review_screen(&self, setup: &SessionSetup) -> ReviewScreen {
        let (sample, assessment, attempt) = match &self.state {
            State::Reviewing {
                sample,
                assessment,
                attempt,
                ..
            } => (*sample, assessment.as_ref(), *attempt),
            _ => (SampleId(0), None, 0),
        };
        let still = self.samples.get(&sample);
        let (width, height) = still.map_or((0, 0), size);
        let stops = |a: &Assessment| a.stopping().any(|r| r.force == Force::Absolute);
        ReviewScreen {
            sample: sample.0,
            frame: still.map_or(0, |still| still.frame.seq as u32),
            width,
            height,
            guide: self.specification.as_ref().map_or_else(
                || Rect::new(0.0, 0.0, width as f32, height as f32),
                |s| guide(s.width_px, s.height_px, width, height),
            ),
            results: assessment.map(|a| a.results.clone()).unwrap_or_default(),
            regions: assessment.and(still).map(regions).unwrap_or_default(),
            ticks: assessment.map(|a| self.ticks(a, still)).unwrap_or_default(),
            exceptions: self.exception_kinds(),
            assessing: assessment.is_none(),
            acceptable: assessment.is_some_and(Assessment::acceptable),
            overridable: assessment.is_some_and(|a| !stops(a)),
            attempt,
            attempts_before_override: setup.policy.attempts_before_override,
        }
    }

    fn ticks(&self, assessment: &Assessment, still: Option<&Sample>) -> Vec<TickRow> {
        let row = |tick: &Tick| {
            let rules = self.rules.as_ref().map(|rules| rules.whole().ticks());
            let place = rules.and_then(|rows| rows.iter().position(|row| row.id == tick.id));
            let rects = still.and_then(|s| s.marks.ticks.get(&tick.id));
            let asked = assessment
                .results
                .iter()
                .filter(|r| tick.rules.contains(&r.check));
            let mut help: Vec<String> = vec![];
            for code in asked.filter_map(|result| self.help(result)) {
                if !help.contains(&code) {
                    help.push(code);
                }
            }
            TickRow {
                id: tick.id.clone(),
                key: place.and_then(|p| u32::try_from(p).ok()).map_or(0, |p| p + 1),
                rules: tick.rules.clone(),
                answer: tick.answer,
                rects: rects.cloned().unwrap_or_default(),
                help,
            }
        };
        assessment.ticks.iter().map(row).collect()
    }

    /// What helps against a rule that was asked: its measure's word, the rule's own, or the remedy of what kept it
    /// from being measured.
    fn help(&self, result: &CheckResult) -> Option<String> {
        let code = result.code.as_deref();
        if let Some(instruction) = code.and_then(Instruction::from_code) {
            return Some(instruction.code().to_string());
        }
        let rules = self.rules.as_ref().map(|rules| rules.whole());
        let own = rules.and_then(|rules| rules.row(&result.check)?.help.clone());
        let remedy = || Some(Reason::from_code(code?)?.remedy().code().to_string());
        own.or_else(remedy)
    }
}

fn size(still: &Sample) -> (u32, u32) {
    let frame = (still.frame.width, still.frame.height);
    still.picture.as_ref().map_or(frame, |p| (p.width(), p.height()))
}

fn regions(still: &Sample) -> Vec<Region> {
    let region = |(check, rects): (&String, &Vec<Rect>)| Region {
        check: check.clone(),
        rects: rects.clone(),
    };
    still.marks.rules.iter().map(region).collect()
}
