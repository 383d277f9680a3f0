//! The list: every result of the report once, grouped by what it says.

use super::Page;
use super::legend::GROUPS;
use super::number::measured;
use super::regions::Regions;
use super::sign::Sign;
use crate::report::StageResults;
use domain::quality::{CheckResult, Stage, Tick, TickAnswer, Verdict};

/// One entry of the list.
pub(super) enum Line {
    /// The name of a group with the number of its results.
    Heading { words: String, count: usize, sign: Sign },
    /// A question to the operator, with the answer.
    Question {
        words: String,
        answer: String,
        sign: Sign,
    },
    /// One result.
    Result(Row),
}

/// One result in words.
pub(super) struct Row {
    /// Stage and rule, for programs that read the page.
    pub(super) key: String,
    pub(super) name: String,
    /// Value and limits.
    pub(super) measured: String,
    /// Verdict, answer, or the reason why nothing was assessed.
    pub(super) said: String,
    pub(super) sign: Sign,
    pub(super) region: Option<usize>,
    pub(super) small: bool,
}

pub(super) fn lines(page: &Page<'_>, regions: &Regions) -> Vec<Line> {
    let stages = &page.report.stages;
    let mut lines = Vec::new();
    for (verdict, key) in GROUPS {
        let of = |stage: &'_ StageResults| {
            stage
                .assessment
                .results
                .iter()
                .filter(|r| r.verdict == verdict)
                .count()
        };
        let count = stages.iter().map(of).sum();
        if count == 0 {
            continue;
        }
        lines.push(Line::Heading {
            words: (page.words)(key),
            count,
            sign: Sign::of(verdict, None),
        });
        for stage in stages {
            if verdict == Verdict::Asked {
                asked(page, regions, stage, &mut lines);
            } else {
                let results = stage.assessment.results.iter().filter(|r| r.verdict == verdict);
                lines.extend(
                    results.map(|result| Line::Result(row(page, regions, stage.stage, result, None))),
                );
            }
        }
    }
    lines
}

/// The questions with the rules each decides; a rule that was asked about in no question comes first, unanswered.
fn asked(page: &Page<'_>, regions: &Regions, stage: &StageResults, lines: &mut Vec<Line>) {
    let ticks = &stage.assessment.ticks;
    let results = || {
        stage
            .assessment
            .results
            .iter()
            .filter(|r| r.verdict == Verdict::Asked)
    };
    let tick_of = |result: &CheckResult| ticks.iter().position(|tick| tick.rules.contains(&result.check));
    let of_tick = |tick: Option<usize>, answer: Option<TickAnswer>, lines: &mut Vec<Line>| {
        let own = results().filter(|result| tick_of(result) == tick);
        lines.extend(own.map(|result| Line::Result(row(page, regions, stage.stage, result, answer))));
    };
    of_tick(None, None, lines);
    for (i, tick) in ticks.iter().enumerate() {
        lines.push(question(page, tick));
        of_tick(Some(i), tick.answer, lines);
    }
}

fn question(page: &Page<'_>, tick: &Tick) -> Line {
    Line::Question {
        words: (page.words)(&format!("tick.{}", tick.id)),
        answer: answer(page, tick.answer),
        sign: Sign::of(Verdict::Asked, tick.answer),
    }
}

fn answer(page: &Page<'_>, answer: Option<TickAnswer>) -> String {
    (page.words)(match answer {
        Some(TickAnswer::Fits) => "report.answer.fits",
        Some(TickAnswer::Breaks) => "report.answer.breaks",
        None => "report.answer.open",
    })
}

fn row(
    page: &Page<'_>,
    regions: &Regions,
    stage: Stage,
    result: &CheckResult,
    tick: Option<TickAnswer>,
) -> Row {
    let said = match result.verdict {
        Verdict::Fail => (page.words)("verdict.fail"),
        Verdict::Warn => (page.words)("verdict.warn"),
        Verdict::Pass => (page.words)("verdict.pass"),
        Verdict::Asked => answer(page, tick),
        Verdict::NotAssessed => match &result.code {
            Some(code) => (page.words)(&format!("reason.{code}")),
            None => (page.words)("verdict.not_assessed"),
        },
    };
    let picture = match stage {
        Stage::Live => "live",
        Stage::Still => "still",
        Stage::Finished => "finished",
    };
    Row {
        key: format!("{picture}/{}", result.check),
        name: (page.words)(&format!("check.{}", result.check)),
        measured: measured(page, result),
        said,
        sign: Sign::of(result.verdict, tick),
        region: regions.number(stage, page.report, result),
        small: matches!(result.verdict, Verdict::Pass | Verdict::NotAssessed),
    }
}
