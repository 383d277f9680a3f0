//! The sheet of a day as tables: what XLSX and PDF both write.

use crate::local;
use crate::money::yuan;
use crate::words::{Group, Words};
use domain::Moment;
use domain::day::Sum;
use domain::payment::Unmet;
use domain::port::{Listed, SheetPaper};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Text, also of numbers nobody calculates with.
    Text(String),
    /// How many.
    Count(u32),
    /// Money.
    Fen(i64),
}

impl Cell {
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Fen(fen) => yuan(*fen),
        }
    }

    /// Numbers stand on the right.
    pub(crate) const fn right(&self) -> bool {
        !matches!(self, Self::Text(_))
    }
}

/// A table with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// What stands above the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) lines: Vec<(String, String)>,
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn minute(at: Moment) -> String {
    local(at, "%Y-%m-%d %H:%M")
}

pub(crate) fn head(paper: &SheetPaper, words: &Words) -> Head {
    let number = paper.number.map_or_else(
        || words.of("unsigned"),
        |number| words.with("number", "n", &number.to_string()),
    );
    let facts = &paper.sheet.facts;
    let from = facts.from.map_or_else(|| words.of("since_first"), minute);
    let signed = if paper.number.is_some() {
        format!("{} {}", paper.supervisor, minute(paper.at))
    } else {
        words.of("none_yet")
    };
    Head {
        title: format!("{} {number}", words.of("sheet")),
        lines: vec![
            (words.of("station"), paper.station.clone()),
            (words.of("period"), format!("{from} – {}", minute(facts.until))),
            (words.of("made"), paper.operator.clone()),
            (words.of("signed"), signed),
        ],
    }
}

/// All tables, in the order in which they are read.
pub(crate) fn of(paper: &SheetPaper, words: &Words) -> Vec<Table> {
    let sheet = &paper.sheet;
    let facts = &sheet.facts;
    let operator = |id: &str| match paper.operators.get(id) {
        Some(name) => name.clone(),
        None if id.is_empty() => words.of("center"),
        None => id.to_string(),
    };
    let sums = |title: &str, first: &str, rows: Vec<(String, Sum)>| {
        let mut rows: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|(name, sum)| vec![text(name), Cell::Count(sum.count), Cell::Fen(sum.fen)])
            .collect();
        rows.push(vec![
            text(words.of("total")),
            Cell::Count(sheet.total.count),
            Cell::Fen(sheet.total.fen),
        ]);
        Table {
            title: words.of(title),
            columns: vec![words.of(first), words.of("count"), words.of("sum")],
            rows,
        }
    };
    let methods = sheet.by_method.iter();
    let methods = methods.map(|(method, sum)| (words.code(Group::Method, method), *sum));
    let operators = sheet.by_operator.iter().map(|(id, sum)| (operator(id), *sum));
    let classes = sheet.by_class.iter().map(|(name, sum)| (name.clone(), *sum));
    vec![
        sums("by_method", "method", methods.collect()),
        drawer(paper, words),
        sums("by_operator", "operator", operators.collect()),
        sums("by_class", "class", classes.collect()),
        Table {
            title: words.of("photos"),
            columns: vec![words.of("what"), words.of("count")],
            rows: [
                ("captured", facts.captured),
                ("retaken", facts.retaken),
                ("acknowledged", facts.acknowledged),
            ]
            .map(|(word, count)| vec![text(words.of(word)), Cell::Count(count)])
            .to_vec(),
        },
        loose(paper, words, "paid_without_photo", &facts.paid_without_photo),
        loose(
            paper,
            words,
            "photo_without_payment",
            &facts.photo_without_payment,
        ),
        Table {
            title: words.of("unsent"),
            columns: person_columns(words, &["state", "time"]),
            rows: facts
                .unsent
                .iter()
                .map(|unsent| {
                    let state = words.code(Group::Queue, &unsent.state);
                    person(paper, &unsent.enrolment, [text(state), text(minute(unsent.at))])
                })
                .collect(),
        },
        Table {
            title: words.of("refunds"),
            columns: person_columns(words, &["method", "sum", "state", "reason", "signed"]),
            rows: facts
                .refunds
                .iter()
                .map(|refund| {
                    let rest = [
                        text(words.code(Group::Method, &refund.method)),
                        Cell::Fen(i64::from(refund.amount_fen)),
                        text(words.code(Group::Refund, &refund.state)),
                        text(refund.reason.clone()),
                        text(operator(&refund.supervisor)),
                    ];
                    person(paper, &refund.enrolment, rest)
                })
                .collect(),
        },
        Table {
            title: words.of("exempted"),
            columns: vec![
                words.of("what"),
                words.of("reason"),
                words.of("operator"),
                words.of("time"),
            ],
            rows: facts
                .answered
                .iter()
                .map(|line| {
                    vec![
                        text(words.code(Group::Answered, &line.what)),
                        text(line.detail.clone()),
                        text(operator(&line.operator)),
                        text(minute(line.at)),
                    ]
                })
                .collect(),
        },
        Table {
            title: words.of("takings"),
            columns: person_columns(words, &["method", "sum", "operator", "time"]),
            rows: facts
                .takings
                .iter()
                .map(|taking| {
                    let rest = [
                        text(words.code(Group::Method, &taking.method)),
                        Cell::Fen(i64::from(taking.received_fen())),
                        text(operator(&taking.operator)),
                        text(minute(taking.at)),
                    ];
                    person(paper, &taking.enrolment, rest)
                })
                .collect(),
        },
    ]
}

fn drawer(paper: &SheetPaper, words: &Words) -> Table {
    let drawer = &paper.sheet.drawer;
    let mut rows = vec![
        vec![text(words.of("float")), Cell::Fen(drawer.float_fen)],
        vec![text(words.of("taken")), Cell::Fen(drawer.taken_fen)],
        vec![text(words.of("given_back")), Cell::Fen(-drawer.given_back_fen)],
        vec![text(words.of("expected")), Cell::Fen(drawer.expected_fen())],
    ];
    match &paper.count {
        None => rows.push(vec![text(words.of("counted")), text(words.of("not_counted"))]),
        Some(count) => {
            let difference = paper.sheet.difference_fen(count);
            rows.push(vec![
                text(words.of("counted")),
                Cell::Fen(i64::from(count.counted_fen)),
            ]);
            rows.push(vec![text(words.of("difference")), Cell::Fen(difference)]);
            if difference != 0 {
                rows.push(vec![
                    text(words.of("explanation")),
                    text(count.explanation.clone()),
                ]);
            }
        }
    }
    Table {
        title: words.of("drawer"),
        columns: vec![words.of("what"), words.of("amount")],
        rows,
    }
}

fn loose(paper: &SheetPaper, words: &Words, title: &str, list: &[Unmet]) -> Table {
    Table {
        title: words.of(title),
        columns: person_columns(words, &["sum", "time"]),
        rows: list
            .iter()
            .map(|loose| {
                let rest = [Cell::Fen(i64::from(loose.amount_fen)), text(minute(loose.at))];
                person(paper, &loose.enrolment, rest)
            })
            .collect(),
    }
}

fn person_columns(words: &Words, rest: &[&str]) -> Vec<String> {
    ["name", "class", "student_number"]
        .iter()
        .chain(rest)
        .map(|key| words.of(key))
        .collect()
}

fn person<const N: usize>(paper: &SheetPaper, enrolment: &str, rest: [Cell; N]) -> Vec<Cell> {
    let unknown = Listed {
        name: enrolment.to_string(),
        ..Listed::default()
    };
    let listed = paper.people.get(enrolment).unwrap_or(&unknown);
    let head = [&listed.name, &listed.class_name, &listed.student_number];
    head.into_iter()
        .map(|part| text(part.clone()))
        .chain(rest)
        .collect()
}
