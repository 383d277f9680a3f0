//! One picture against its row: what each rule got right and wrong.

use super::book::{Book, DerivedFault, Kind};
use super::seen::{Looked, Seen, fires};
use super::truth::{Named, Row};
use domain::quality::{CheckResult, Verdict};
use quality::{Assessed, Rules};
use serde::Serialize;

/// What a rule did on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Fired on a picture that should break it.
    Caught,
    /// Did not clear a picture that should break it: the operator is asked.
    Asked,
    /// Cleared a picture that should break it.
    Missed,
    /// Could not be measured on a picture that should break it.
    NotAssessed,
    /// Did not fire on a picture that keeps it.
    Quiet,
    /// Could not be measured on a picture that keeps it.
    QuietNotAssessed,
    /// Fired on a picture that keeps it.
    FalseAlarm,
    /// Counts neither way: open, a companion, or caught by another rule of the same code.
    Neither,
}

/// A picture that a derived copy was made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Its row.
    pub row: &'a Row,
    /// What was found on it.
    pub seen: &'a Seen,
    /// What the copy may add.
    pub fault: Option<&'a DerivedFault>,
}

/// What a picture is judged with besides its own row.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The rules, for how each is assessed.
    pub rules: &'a Rules,
    /// The meaning of the codes.
    pub book: &'a Book,
}

impl Bench<'_> {
    /// Every rule of the still on one picture. A derived copy is judged by what it adds: faults of its source and
    /// rules that fired there count neither way.
    pub fn outcomes(self, row: &Row, seen: &Seen, source: Option<Source<'_>>) -> Vec<(String, Outcome)> {
        let rules = self.rules.at(domain::quality::Stage::Still);
        rules
            .map(|rule| {
                let outcome = match seen {
                    Ok(looked) => self.outcome(&rule.id, row, looked, source),
                    // A refused picture was looked at by no rule.
                    Err(_) if charged(row, &rule.id) => Outcome::NotAssessed,
                    Err(_) => Outcome::Neither,
                };
                (rule.id.clone(), outcome)
            })
            .collect()
    }

    fn outcome(self, rule: &str, row: &Row, looked: &Looked, source: Option<Source<'_>>) -> Outcome {
        let Some(result) = looked.result(rule) else {
            return Outcome::Neither;
        };
        let fired = fires(result);
        let naming: Vec<&Named> = row
            .counting()
            .filter(|named| named.code.rules.iter().any(|r| r == rule))
            .collect();
        if row.is_open(rule) {
            return Outcome::Neither;
        }
        if !naming.is_empty() {
            if fired {
                return Outcome::Caught;
            }
            let uncaught = |named: &&&Named| !named.code.rules.iter().any(|r| fired_on(looked, r));
            let charged = naming
                .iter()
                .filter(uncaught)
                .any(|named| named.code.rules.first().is_some_and(|first| first == rule));
            return if charged {
                self.unfired(result)
            } else {
                Outcome::Neither
            };
        }
        if row.is_companion(rule) || source.is_some_and(|source| source.covers(rule)) {
            return Outcome::Neither;
        }
        match (fired, self.unmeasured(result)) {
            (true, _) => Outcome::FalseAlarm,
            (false, true) => Outcome::QuietNotAssessed,
            (false, false) => Outcome::Quiet,
        }
    }

    fn unfired(self, result: &CheckResult) -> Outcome {
        if self.unmeasured(result) {
            Outcome::NotAssessed
        } else if result.verdict == Verdict::Asked {
            Outcome::Asked
        } else {
            Outcome::Missed
        }
    }

    /// True when the rule has a measure that gave nothing, or is off.
    fn unmeasured(self, result: &CheckResult) -> bool {
        let operator = self
            .rules
            .row(&result.check)
            .is_some_and(|row| row.assessed == Assessed::Operator);
        result.verdict == Verdict::NotAssessed || (result.value.is_none() && !operator)
    }

    /// One code of a row over all its rules.
    pub fn code_outcome(self, named: &Named, seen: &Seen) -> Outcome {
        let Ok(looked) = seen else {
            return Outcome::NotAssessed;
        };
        if named.kind == Kind::Open {
            return Outcome::Neither;
        }
        let results = named.code.rules.iter().filter_map(|rule| looked.result(rule));
        let grade = |result: &CheckResult| {
            if fires(result) {
                Outcome::Caught
            } else {
                self.unfired(result)
            }
        };
        let order = |outcome: &Outcome| match outcome {
            Outcome::Caught => 0,
            Outcome::Asked => 1,
            Outcome::Missed => 2,
            _ => 3,
        };
        results
            .map(grade)
            .min_by_key(order)
            .unwrap_or(Outcome::NotAssessed)
    }

    /// What stops a good portrait: neither a clothing rule nor one whose code is open for this picture.
    pub fn stops_good(self, row: &Row, looked: &Looked) -> Vec<String> {
        let counts = |rule: &str| !self.book.clothing.iter().any(|r| r == rule) && !row.is_open(rule);
        let stopping = looked.stopping().map(|result| result.check.clone());
        stopping.filter(|rule| counts(rule)).collect()
    }

    /// True when a rule of a counting code of the row stops the picture.
    pub fn stopped_for_its_fault(self, row: &Row, looked: &Looked) -> bool {
        looked.stopping().any(|result| {
            row.counting()
                .any(|named| named.kind == Kind::Face && named.code.rules.contains(&result.check))
        })
    }
}

impl Source<'_> {
    /// True when the rule says nothing about the copy: the source breaks it or fired it, or it is a companion.
    fn covers(self, rule: &str) -> bool {
        let named = self
            .row
            .named
            .iter()
            .any(|named| named.code.rules.iter().any(|r| r == rule));
        let fired = self.seen.as_ref().is_ok_and(|looked| fired_on(looked, rule));
        let companion = self
            .fault
            .is_some_and(|fault| fault.reason.iter().chain(&fault.companions).any(|r| r == rule));
        named || fired || companion || self.row.is_companion(rule)
    }
}

/// True when the rule fired on the picture.
pub fn fired_on(looked: &Looked, rule: &str) -> bool {
    looked.result(rule).is_some_and(fires)
}

/// True when the rule is the first of a counting code.
fn charged(row: &Row, rule: &str) -> bool {
    row.counting()
        .any(|named| named.code.rules.first().is_some_and(|first| first == rule))
}
