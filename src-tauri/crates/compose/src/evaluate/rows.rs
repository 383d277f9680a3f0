//! From pictures to the rows of the tables.

use super::book::Kind;
use super::derived::source_of;
use super::judging::{Bench, Outcome};
use super::role::Role;
use super::seen::Seen;
use super::subject::Subject;
use super::tally::{CodeTally, RuleTally, Tally};
use super::truth::Row;
use domain::quality::Stage;
use quality::Rules;
use std::collections::BTreeMap;

/// Judges every picture against its row, derived copies by what they add to their source.
pub(super) fn settle(subjects: &mut [Subject], bench: Bench<'_>) {
    let rows: Vec<Row> = subjects.iter().map(|s| s.row.clone()).collect();
    let seen: Vec<Seen> = subjects.iter().map(|s| s.seen.clone()).collect();
    for subject in subjects {
        let derived = subject.role == Role::Derived;
        let source = if derived {
            source_of(&subject.row, &rows, &seen, bench.book)
        } else {
            None
        };
        subject.outcomes = bench.outcomes(&subject.row, &subject.seen, source);
        if derived && source.is_none() {
            // What such a copy has from its source is not known: only its own fault counts.
            for (_, outcome) in &mut subject.outcomes {
                if matches!(
                    outcome,
                    Outcome::Quiet | Outcome::QuietNotAssessed | Outcome::FalseAlarm
                ) {
                    *outcome = Outcome::Neither;
                }
            }
        }
    }
}

/// Counts by rule, in the rules' order.
pub(super) fn by_rule(subjects: &[Subject], rules: &Rules) -> Vec<RuleTally> {
    let of = |rule: &str| {
        let mut tally = Tally::default();
        for (known, outcome) in subjects.iter().flat_map(|s| &s.outcomes) {
            if known == rule {
                tally.add(*outcome);
            }
        }
        tally
    };
    rules
        .at(Stage::Still)
        .map(|row| RuleTally::new(&row.id, row.assessed, rules.force(row), of(&row.id)))
        .collect()
}

/// Counts by code with its hint.
pub(super) fn by_code(subjects: &[Subject], bench: Bench<'_>) -> Vec<CodeTally> {
    let mut codes: BTreeMap<String, CodeTally> = BTreeMap::new();
    for subject in subjects {
        for named in &subject.row.named {
            let name = match &named.code.hint {
                Some(hint) => format!("{}({hint})", named.code.code),
                None => named.code.code.clone(),
            };
            let entry = codes.entry(name.clone()).or_insert_with(|| CodeTally {
                code: name,
                kind: named.code.kind,
                rules: named.code.rules.clone(),
                tally: Tally::default(),
                open: 0,
            });
            if named.kind == Kind::Open {
                entry.open += 1;
            } else if !named.code.rules.is_empty() {
                entry.tally.add(bench.code_outcome(named, &subject.seen));
            }
        }
    }
    codes.into_values().collect()
}
