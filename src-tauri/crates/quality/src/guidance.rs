//! One instruction at a time, and no flicker.

use crate::code::{Instruction, Reason};
use domain::quality::{Assessment, CheckResult, Force, Verdict};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// What the screen says now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Code of the instruction; the UI has the words under `instruction.<code>`.
    pub code: String,
    /// True when every gating check has held for a second: the automatic shutter may count.
    pub good: bool,
    /// True when only the operator can act on it.
    pub for_operator: bool,
}

/// The instruction that helps most against what stops this picture; `Good` when nothing does.
pub fn instruction(assessment: &Assessment) -> Instruction {
    if assessment.results.is_empty() {
        return Instruction::NoFace;
    }
    assessment.stopping().map(help).min().unwrap_or(Instruction::Good)
}

/// The instruction for what is only advised, if there is any.
fn advice(assessment: &Assessment) -> Option<Instruction> {
    let advised = |r: &&CheckResult| match r.force {
        Force::Advice => r.verdict == Verdict::Fail,
        // Measured and doubtful: said to the sitter, decided by the operator on the still.
        Force::Ask => r.verdict == Verdict::Asked && r.value.is_some(),
        _ => false,
    };
    assessment.results.iter().filter(advised).map(help).min()
}

fn help(result: &CheckResult) -> Instruction {
    let code = result.code.as_deref().unwrap_or_default();
    let known = match result.verdict {
        Verdict::NotAssessed => Reason::from_code(code).map(Reason::remedy),
        _ => Instruction::from_code(code),
    };
    // A code of a later version still stops; facing the camera is never wrong.
    known.unwrap_or(Instruction::NoFace)
}

/// An instruction stands at least this long.
const STANDS: Duration = Duration::from_millis(800);
/// Another one must hold this long to replace it.
const HOLDS: Duration = Duration::from_millis(400);
/// "Good" must hold this long.
const GOOD_HOLDS: Duration = Duration::from_secs(1);
/// When instructions change with every frame, the one on screen is replaced after this long all the same.
const STALE: Duration = Duration::from_millis(1200);
/// Advice is given for this long to a sitter, then it no longer delays the shutter.
const ADVICE_LASTS: Duration = Duration::from_secs(3);

/// Gives the flow of assessments a steady voice. Pure: times come in from any clock that only goes forward.
#[derive(Debug, Clone, Default)]
pub struct Steady {
    shown: Option<Shown>,
    /// What waits to be shown and since when it has held.
    candidate: Option<(Instruction, Duration)>,
    /// Since when the shown instruction no longer applies.
    unwanted_since: Option<Duration>,
    advice_until: Option<Duration>,
}

#[derive(Debug, Clone, Copy)]
struct Shown {
    instruction: Instruction,
    since: Duration,
}

impl Steady {
    /// Begins with nobody on screen.
    pub fn new() -> Self {
        Self::default()
    }

    /// What to say after this assessment.
    pub fn next(&mut self, assessment: &Assessment, now: Duration) -> Guidance {
        let wanted = self.wanted(assessment, now);
        let shown = match self.shown {
            None => self.begin(wanted, now),
            Some(shown) if shown.instruction == wanted => {
                self.candidate = None;
                self.unwanted_since = None;
                shown
            }
            Some(shown) => self.replaced(shown, wanted, now),
        };
        self.shown = Some(shown);
        // On the very first frames there is nothing to stand until good has held: its words may be
        // shown at once, the shutter may not count yet.
        let code = if shown.instruction == Instruction::Good || self.waits_for_good(wanted, shown) {
            Instruction::Good
        } else {
            shown.instruction
        };
        let good = shown.instruction == Instruction::Good && wanted == Instruction::Good;
        Guidance {
            code: code.code().to_owned(),
            good,
            for_operator: code.for_operator(),
        }
    }

    fn begin(&mut self, wanted: Instruction, now: Duration) -> Shown {
        if wanted == Instruction::Good {
            self.candidate = Some((wanted, now));
            // NoFace stands for "nothing yet"; `waits_for_good` keeps it off the screen.
            return Shown {
                instruction: Instruction::NoFace,
                since: Duration::ZERO,
            };
        }
        Shown {
            instruction: wanted,
            since: now,
        }
    }

    fn waits_for_good(&self, wanted: Instruction, shown: Shown) -> bool {
        wanted == Instruction::Good
            && shown.instruction == Instruction::NoFace
            && shown.since == Duration::ZERO
    }

    fn replaced(&mut self, shown: Shown, wanted: Instruction, now: Duration) -> Shown {
        let since = match self.candidate {
            Some((candidate, since)) if candidate == wanted => since,
            _ => now,
        };
        self.candidate = Some((wanted, since));
        let unwanted = *self.unwanted_since.get_or_insert(now);
        let held = now.saturating_sub(since);
        let stood = now.saturating_sub(shown.since) >= STANDS;
        let change = match (shown.instruction, wanted) {
            // A broken rule is said at once: the count-down must not go on.
            (Instruction::Good, _) => true,
            (_, Instruction::Good) => stood && held >= GOOD_HOLDS,
            _ => stood && (held >= HOLDS || now.saturating_sub(unwanted) >= STALE),
        };
        if !change {
            return shown;
        }
        self.candidate = None;
        self.unwanted_since = None;
        Shown {
            instruction: wanted,
            since: now,
        }
    }

    fn wanted(&mut self, assessment: &Assessment, now: Duration) -> Instruction {
        let stopping = instruction(assessment);
        if stopping != Instruction::Good {
            return stopping;
        }
        let Some(advice) = advice(assessment) else {
            return Instruction::Good;
        };
        let until = *self.advice_until.get_or_insert(now + ADVICE_LASTS);
        if now < until { advice } else { Instruction::Good }
    }
}
