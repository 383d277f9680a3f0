//! What each derived copy adds to its source.

use super::book::Book;
use super::judging::fired_on;
use super::role::{self, Role};
use super::seen::{Looked, Seen, fires};
use super::subject::Subject;
use super::truth::Row;
use domain::quality::{CheckResult, Force, Verdict};
use serde::Serialize;

/// Whether the copy's own reason is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonSeen {
    /// It fires on the copy and not on the source.
    Added,
    /// It fires on both: the source has the fault already.
    OnSource,
    /// It does not fire.
    Missing,
    /// None must: a control or a borderline.
    None,
}

/// One derived copy against its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DerivedCopy {
    /// The copy.
    pub file: String,
    /// The picture it was made from; `None` when the table does not have it.
    pub source: Option<String>,
    /// What was done to it, from its name.
    pub fault: String,
    /// Whether its reason is there.
    pub reason: ReasonSeen,
    /// Rules that stop or flag the copy and not the source.
    pub added: Vec<String>,
    /// Those of them that are neither reason nor companion.
    pub foreign: Vec<String>,
}

/// Compares every derived copy with its source.
pub fn compare(subjects: &[Subject], book: &Book) -> Vec<DerivedCopy> {
    let rows: Vec<Row> = subjects.iter().map(|s| s.row.clone()).collect();
    let copies = subjects.iter().filter(|s| s.role == Role::Derived);
    copies
        .map(|copy| {
            let named = role::source(&copy.row, &rows, &book.names);
            let source = named.and_then(|(row, _)| subjects.iter().find(|s| s.row.file == row.file));
            one(copy, source, book)
        })
        .collect()
}

fn one(copy: &Subject, source: Option<&Subject>, book: &Book) -> DerivedCopy {
    let fault = copy.row.stem().rsplit('_').next().unwrap_or_default();
    let (reason, companions) = allowed(&copy.row, fault, book);
    let blank = DerivedCopy {
        file: copy.row.file.clone(),
        source: source.map(|s| s.row.file.clone()),
        fault: fault.to_owned(),
        reason: ReasonSeen::Missing,
        added: Vec::new(),
        foreign: Vec::new(),
    };
    let (Ok(seen), Some(Ok(before))) = (&copy.seen, source.map(|s| &s.seen)) else {
        return blank;
    };
    let (on_copy, on_source) = (stops_or_flags(seen), stops_or_flags(before));
    let added: Vec<String> = on_copy
        .iter()
        .filter(|rule| !on_source.contains(rule))
        .cloned()
        .collect();
    // A reason is a fire: that it could not be assessed is none.
    let fires = |looked: &Looked| reason.iter().any(|rule| fired_on(looked, rule));
    let new = reason
        .iter()
        .any(|rule| fired_on(seen, rule) && !fired_on(before, rule));
    let expected = |rule: &String| reason.contains(rule) || companions.iter().any(|c| c == "*" || c == rule);
    DerivedCopy {
        reason: if reason.is_empty() {
            ReasonSeen::None
        } else if new {
            ReasonSeen::Added
        } else if fires(seen) {
            ReasonSeen::OnSource
        } else {
            ReasonSeen::Missing
        },
        foreign: added.iter().filter(|rule| !expected(rule)).cloned().collect(),
        added,
        ..blank
    }
}

/// Reason and companions: those of the fault's row, else those of the codes of the copy's own row.
fn allowed(row: &Row, fault: &str, book: &Book) -> (Vec<String>, Vec<String>) {
    if let Some(known) = book.derived(fault) {
        return (known.reason.clone(), known.companions.clone());
    }
    let reason = row
        .counting()
        .flat_map(|named| named.code.rules.clone())
        .collect();
    let open = row.named.iter().flat_map(|named| named.code.rules.iter());
    let companions = row.named.iter().flat_map(|named| &named.code.companions);
    (reason, open.chain(companions).cloned().collect())
}

/// Rules that fire, and gating ones that could not be assessed: those stop as well.
fn stops_or_flags(looked: &Looked) -> Vec<String> {
    let blind = |result: &CheckResult| {
        matches!(result.force, Force::Absolute | Force::Gate) && result.verdict == Verdict::NotAssessed
    };
    let results = looked.assessment.results.iter();
    results
        .filter(|result| fires(result) || blind(result))
        .map(|result| result.check.clone())
        .collect()
}

/// The source of a derived copy with what the copy may add, for judging it.
pub fn source_of<'a>(
    copy: &'a Row,
    rows: &'a [Row],
    seen: &'a [Seen],
    book: &'a Book,
) -> Option<super::judging::Source<'a>> {
    let (row, fault) = role::source(copy, rows, &book.names)?;
    let at = rows.iter().position(|known| known.file == row.file)?;
    Some(super::judging::Source {
        row,
        seen: seen.get(at)?,
        fault: book.derived(fault),
    })
}
