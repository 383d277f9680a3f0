//! What was found.

use domain::Moment;
use serde::Serialize;
use std::fmt;

/// Subjects named in the text of a finding; all of them stand in the JSON.
const NAMED: usize = 10;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Well,
    /// To be known; nothing is wrong.
    Notice,
    /// Needs a hand.
    Trouble,
}

/// What can be done about a finding without losing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mending {
    /// Mark packets as needing attention.
    Mark,
    /// Move files that no row knows out of the way.
    SetAside,
    /// Remove what a crash left half written.
    Remove,
    /// Make indexes again from their tables.
    Reindex,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static str,
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// What is the matter.
    pub sentence: String,
    /// What to do; empty when all is well.
    pub remedy: String,
    /// Ids or lines it is about.
    pub subjects: Vec<String>,
    /// It was mended in this run.
    pub mended: bool,
    #[serde(skip)]
    pub(super) mending: Option<Mending>,
}

impl Finding {
    pub(super) fn well(code: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            check: "",
            code,
            level: Level::Well,
            sentence: sentence.into(),
            remedy: String::new(),
            subjects: vec![],
            mended: false,
            mending: None,
        }
    }

    pub(super) fn notice(code: &'static str, sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            level: Level::Notice,
            remedy: remedy.into(),
            ..Self::well(code, sentence)
        }
    }

    pub(super) fn trouble(
        code: &'static str,
        sentence: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            level: Level::Trouble,
            ..Self::notice(code, sentence, remedy)
        }
    }

    pub(super) fn about(self, subjects: &[String]) -> Self {
        Self {
            subjects: subjects.to_vec(),
            ..self
        }
    }

    pub(super) fn mended_by(self, mending: Mending) -> Self {
        Self {
            mending: Some(mending),
            ..self
        }
    }

    pub(super) fn of(self, check: &'static str) -> Self {
        Self { check, ..self }
    }
}

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The data folder.
    pub data: String,
    /// A station is running on it: it was only looked at.
    pub running: bool,
    /// When.
    pub at: Moment,
    /// The findings in the order of the checks.
    pub findings: Vec<Finding>,
}

impl Report {
    /// True when something is the matter that was not mended.
    pub fn needs_a_hand(&self) -> bool {
        self.findings
            .iter()
            .any(|f| f.level == Level::Trouble && !f.mended)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.running {
            writeln!(f, "A station is running on {}: it is only looked at.", self.data)?;
        }
        for finding in &self.findings {
            let word = match (finding.level, finding.mended) {
                (_, true) => "mended",
                (Level::Well, _) => "well",
                (Level::Notice, _) => "notice",
                (Level::Trouble, _) => "TROUBLE",
            };
            writeln!(
                f,
                "{word:<8}{:<10}{} ({})",
                finding.check, finding.sentence, finding.code
            )?;
            for subject in finding.subjects.iter().take(NAMED) {
                writeln!(f, "{:<18}- {subject}", "")?;
            }
            let more = finding.subjects.len().saturating_sub(NAMED);
            if more > 0 {
                writeln!(f, "{:<18}- and {more} more", "")?;
            }
            if !finding.remedy.is_empty() && !finding.mended {
                writeln!(f, "{:<18}> {}", "", finding.remedy)?;
            }
        }
        Ok(())
    }
}
