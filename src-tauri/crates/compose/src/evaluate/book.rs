//! What the short codes of a truth table mean (`assets/evaluation.toml`).

use quality::Rules;
use serde::{Deserialize, Serialize};

const BUILTIN: &str = include_str!("../../../../../assets/evaluation.toml");

/// Why the meaning of the codes cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookFault {
    /// Not TOML, a key missing, or a key nobody knows.
    #[error("the meaning of the codes cannot be read: {0}")]
    Unreadable(String),
    /// A rule that does not exist.
    #[error("the meaning of the codes names the unknown rule {0}")]
    UnknownRule(String),
}

/// What a named fault says of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The picture is bad.
    Face,
    /// The clothes are; a good portrait may have it.
    Clothing,
    /// Only the operator can judge it; a good portrait may have it.
    Operator,
    /// People would disagree: counts neither way.
    Open,
}

/// One code of a truth table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The word, e.g. `POSE`.
    pub code: String,
    /// The text in its brackets, e.g. `yaw`; `None` serves every hint without a row of its own.
    #[serde(default)]
    pub hint: Option<String>,
    /// What it says of the picture.
    pub kind: Kind,
    /// Ids of the rules any of which catches it, the one that is charged first.
    pub rules: Vec<String>,
    /// Ids of the rules that may fire beside it; `*` is every rule.
    #[serde(default)]
    pub companions: Vec<String>,
}

/// What a copy `d_<source>_<fault>` may add to its source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DerivedFault {
    /// Last word of the file's stem.
    pub fault: String,
    /// Why the companions are natural.
    pub why: String,
    /// Ids of the rules one of which must fire; empty when none must.
    pub reason: Vec<String>,
    /// Ids of the rules that may.
    pub companions: Vec<String>,
}

/// What a copy made in memory may change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRow {
    /// Id of the copy.
    pub copy: String,
    /// Ids of the rules that measure what the copy changes.
    pub natural: Vec<String>,
}

/// How angles are compared with those of the mirrored copy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// Ids of the rules whose sign turns.
    pub turned: Vec<String>,
    /// Largest change of an angle, degrees.
    pub most_deg: f64,
}

/// What the names of files say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// What stands before the number of a bad picture.
    pub bad: String,
    /// Beginning of a derived copy's name.
    pub copy: String,
    /// End of a good portrait's stem.
    pub neutral: String,
    /// End of a smiling portrait's stem.
    pub smiling: String,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Version of the file; stands in the document.
    pub version: u32,
    /// Hints that make any code open.
    pub open_hints: Vec<String>,
    /// Rules that do not count when a good portrait is judged.
    pub clothing: Vec<String>,
    /// Rules by which a smile is caught.
    pub smile: Vec<String>,
    /// Names of files.
    pub names: Names,
    #[serde(rename = "code")]
    codes: Vec<Code>,
    derived: Vec<DerivedFault>,
    #[serde(rename = "copy")]
    copies: Vec<CopyRow>,
    /// The mirrored copy's angles.
    pub mirror: Mirror,
}

impl Book {
    /// Reads the file.
    ///
    /// # Errors
    /// [`BookFault::Unreadable`].
    pub fn parse(text: &str) -> Result<Self, BookFault> {
        toml::from_str(text).map_err(|e| BookFault::Unreadable(e.to_string()))
    }

    /// The file this program was built with, held against its rules.
    ///
    /// # Errors
    /// Never in a program whose tests passed: one of them reads this file.
    pub fn builtin(rules: &Rules) -> Result<Self, BookFault> {
        let book = Self::parse(BUILTIN)?;
        let unknown = |rule: &&str| *rule != "*" && rules.row(rule).is_none();
        let unknown = book.every_rule().find(unknown).map(str::to_owned);
        unknown.map_or(Ok(book), |rule| Err(BookFault::UnknownRule(rule)))
    }

    fn every_rule(&self) -> impl Iterator<Item = &str> {
        let codes = self
            .codes
            .iter()
            .flat_map(|c| c.rules.iter().chain(&c.companions));
        let derived = self
            .derived
            .iter()
            .flat_map(|d| d.reason.iter().chain(&d.companions));
        let copies = self.copies.iter().flat_map(|copy| &copy.natural);
        codes
            .chain(derived)
            .chain(copies)
            .chain(&self.clothing)
            .chain(&self.smile)
            .chain(&self.mirror.turned)
            .map(String::as_str)
    }

    /// The meaning of a word with its hint: the row of that hint, else the one without; upper and lower case are one.
    pub fn code(&self, word: &str, hint: Option<&str>) -> Option<&Code> {
        let same = |p: Option<&str>, q: Option<&str>| match (p, q) {
            (Some(p), Some(q)) => p.eq_ignore_ascii_case(q),
            (None, None) => true,
            _ => false,
        };
        let find = |hint: Option<&str>| {
            self.codes
                .iter()
                .find(|row| row.code.eq_ignore_ascii_case(word) && same(row.hint.as_deref(), hint))
        };
        find(hint).or_else(|| find(None))
    }

    /// What a derived copy may add.
    pub fn derived(&self, fault: &str) -> Option<&DerivedFault> {
        self.derived.iter().find(|row| row.fault == fault)
    }

    /// True when the rule measures what this copy changes.
    pub fn natural(&self, copy: &str, rule: &str) -> bool {
        let row = self.copies.iter().find(|row| row.copy == copy);
        row.is_some_and(|row| row.natural.iter().any(|natural| natural == rule))
    }
}
