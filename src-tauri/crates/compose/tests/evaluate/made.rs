//! Hand-made rows and results.

use compose::evaluate::book::Book;
use compose::evaluate::role::Role;
use compose::evaluate::seen::Looked;
use compose::evaluate::subject::Subject;
use compose::evaluate::truth::{self, Row};
use domain::quality::{Assessment, CheckResult, Force, Stage, Verdict};
use quality::{Assessed, Rules};

pub(crate) fn rules() -> Rules {
    Rules::strict().unwrap()
}

pub(crate) fn book() -> Book {
    Book::builtin(&rules()).unwrap()
}

/// A table with the three columns that are read.
pub(crate) fn table(rows: &[(&str, &str, &str)]) -> String {
    let mut text = "file\tshows\tchecks_that_should_fail\n".to_owned();
    for (file, shows, codes) in rows {
        text += &format!("{file}\t{shows}\t{codes}\n");
    }
    text
}

pub(crate) fn row(file: &str, shows: &str, codes: &str) -> Row {
    truth::read(&table(&[(file, shows, codes)]), &book())
        .unwrap()
        .remove(0)
}

/// A picture on which every rule passes but those named, which have this verdict and, unless not assessed, a value.
pub(crate) fn looked(found: &[(&str, Verdict)]) -> Looked {
    let rules = rules();
    let result = |row: &quality::RuleRow| {
        let operator = row.assessed == Assessed::Operator;
        let force = rules.force(row);
        let named = found.iter().find(|(rule, _)| *rule == row.id);
        let verdict = named.map_or_else(
            || match (operator, force) {
                (_, Force::Off) => Verdict::NotAssessed,
                (true, _) => Verdict::Asked,
                _ => Verdict::Pass,
            },
            |(_, verdict)| *verdict,
        );
        CheckResult {
            check: row.id.clone(),
            value: (!operator && verdict != Verdict::NotAssessed).then_some(1.0),
            unit: String::new(),
            min: None,
            max: Some(2.0),
            verdict,
            force,
            confidence: None,
            code: None,
        }
    };
    for (rule, _) in found {
        assert!(rules.row(rule).is_some(), "{rule} is no rule");
    }
    Looked {
        assessment: Assessment {
            results: rules.at(Stage::Still).map(result).collect(),
            ticks: Vec::new(),
        },
        pose: None,
        checks_ms: 10.0,
    }
}

/// A picture with its row.
pub(crate) fn subject(file: &str, shows: &str, codes: &str, found: &[(&str, Verdict)]) -> Subject {
    let row = row(file, shows, codes);
    Subject {
        role: Role::of(&row, &book().names),
        row,
        seen: Ok(looked(found)),
        thumbnail: Vec::new(),
        copies: Vec::new(),
        outcomes: Vec::new(),
    }
}
