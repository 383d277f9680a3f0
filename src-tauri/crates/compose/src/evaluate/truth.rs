//! The truth table: which rules each picture should break.

use super::book::{Book, Code, Kind};
use std::collections::HashSet;

/// Columns that are read; others may stand beside them.
const FILE: &str = "file";
const SHOWS: &str = "shows";
const CODES: &str = "checks_that_should_fail";

/// Why a truth table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TruthFault {
    /// The header lacks a column.
    #[error("the truth table has no column {0}")]
    NoColumn(&'static str),
    /// A row ends before a column that is read.
    #[error("line {line} of the truth table ({file}) ends before the column {column}")]
    Short {
        /// Line of the file, from 1.
        line: usize,
        /// What stands first in it.
        file: String,
        /// The missing column.
        column: &'static str,
    },
    /// A picture stands twice.
    #[error("line {line} of the truth table names {file} again")]
    Twice {
        /// Line of the file, from 1.
        line: usize,
        /// The picture.
        file: String,
    },
    /// A code nobody knows.
    #[error("line {line} of the truth table ({file}): unknown code {code}")]
    UnknownCode {
        /// Line of the file, from 1.
        line: usize,
        /// The picture.
        file: String,
        /// The code as it stands there.
        code: String,
    },
}

/// A code that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it stands in the table.
    pub text: String,
    /// Open where the row or a hint says so.
    pub kind: Kind,
    /// What it means.
    pub code: Code,
}

/// The person's own words about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Self-reported sex.
    pub sex: String,
    /// Age in years.
    pub age: u8,
    /// Self-reported group.
    pub group: String,
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Name within the folder of pictures.
    pub file: String,
    /// What it should be caught for, open codes included.
    pub named: Vec<Named>,
    /// The person, where the row says.
    pub person: Option<Person>,
}

impl Row {
    /// The name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The codes that count.
    pub fn counting(&self) -> impl Iterator<Item = &Named> {
        self.named.iter().filter(|named| named.kind != Kind::Open)
    }

    /// True when the picture is bad for its face, light, wall or frame.
    pub fn has_face_fault(&self) -> bool {
        self.named.iter().any(|named| named.kind == Kind::Face)
    }

    /// True when the rule counts neither way: its code is open here.
    pub fn is_open(&self, rule: &str) -> bool {
        let mut open = self.named.iter().filter(|named| named.kind == Kind::Open);
        open.any(|named| named.code.rules.iter().any(|r| r == rule))
    }

    /// True when the rule may fire beside a fault of this picture.
    pub fn is_companion(&self, rule: &str) -> bool {
        let mut companions = self.named.iter().flat_map(|named| &named.code.companions);
        companions.any(|companion| companion == "*" || companion == rule)
    }
}

/// Reads a truth table: tab-separated, a header row, columns found by name.
///
/// # Errors
/// [`TruthFault`], which names line and code.
pub fn read(text: &str, book: &Book) -> Result<Vec<Row>, TruthFault> {
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let header: Vec<&str> = lines
        .next()
        .map(|(_, line)| line.split('\t').map(str::trim).collect())
        .unwrap_or_default();
    let column = |name: &'static str| {
        let at = header.iter().position(|title| title.eq_ignore_ascii_case(name));
        at.map(|at| (at, name)).ok_or(TruthFault::NoColumn(name))
    };
    let (file, shows, codes) = (column(FILE)?, column(SHOWS)?, column(CODES)?);
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for (index, line) in lines {
        let line_number = index + 1;
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |(at, column): (usize, &'static str)| {
            cells.get(at).copied().ok_or_else(|| TruthFault::Short {
                line: line_number,
                file: cells.first().copied().unwrap_or_default().to_owned(),
                column,
            })
        };
        // A row without faults may have lost the tab before its empty last cell.
        let codes = if cells.len() == codes.0 && codes.0 > shows.0.max(file.0) {
            ""
        } else {
            cell(codes)?
        };
        let (file, shows) = (cell(file)?, cell(shows)?);
        if !seen.insert(file.to_owned()) {
            return Err(TruthFault::Twice {
                line: line_number,
                file: file.to_owned(),
            });
        }
        let unknown = |code: String| TruthFault::UnknownCode {
            line: line_number,
            file: file.to_owned(),
            code,
        };
        rows.push(Row {
            file: file.to_owned(),
            named: named(codes, shows, book).map_err(unknown)?,
            person: person(shows),
        });
    }
    Ok(rows)
}

/// The codes of a row; those that `shows` calls open are added as open. The error is the unknown code.
fn named(codes: &str, shows: &str, book: &Book) -> Result<Vec<Named>, String> {
    let mut named = Vec::new();
    for text in pieces(codes) {
        let (word, hint) = parts(text);
        if word.is_empty() || word == "-" || word.eq_ignore_ascii_case("none") {
            continue;
        }
        let code = book.code(word, hint).ok_or_else(|| text.to_owned())?;
        let doubtful = hint.is_some_and(|hint| book.open_hints.iter().any(|open| open == hint));
        named.push(Named {
            text: text.to_owned(),
            kind: if doubtful { Kind::Open } else { code.kind },
            code: code.clone(),
        });
    }
    for text in pieces(open_codes(shows)) {
        let (word, hint) = parts(text);
        let code = book.code(word, hint).ok_or_else(|| text.to_owned())?;
        let mut again = false;
        for known in named
            .iter_mut()
            .filter(|known: &&mut Named| known.code.code == code.code)
        {
            known.kind = Kind::Open;
            again = true;
        }
        if !again {
            named.push(Named {
                text: text.to_owned(),
                kind: Kind::Open,
                code: code.clone(),
            });
        }
    }
    Ok(named)
}

/// Splits at commas and semicolons outside brackets.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let split = move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ',' | ';')
    };
    text.split(split).map(str::trim).filter(|piece| !piece.is_empty())
}

/// `POSE(yaw) - a remark` as `POSE` and `yaw`.
fn parts(text: &str) -> (&str, Option<&str>) {
    let word_end = text
        .find(|c: char| c == '(' || c.is_whitespace())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(word_end);
    let hint = rest
        .trim_start()
        .strip_prefix('(')
        .map(|rest| rest.split(')').next().unwrap_or(rest).trim());
    (word, hint)
}

/// What stands after "judgement open:" up to the closing bracket.
fn open_codes(shows: &str) -> &str {
    let lower = shows.to_ascii_lowercase();
    let start = ["judgement open:", "judgment open:"]
        .iter()
        .find_map(|words| lower.find(words).map(|at| at + words.len()));
    let rest = start.and_then(|at| shows.get(at..)).unwrap_or_default();
    rest.split(')').next().unwrap_or_default()
}

/// `…; female, 24, white (…)`: sex, age, group.
fn person(shows: &str) -> Option<Person> {
    shows.split(';').rev().find_map(|part| {
        let part = part.split('(').next().unwrap_or(part);
        let words: Vec<&str> = part.split(',').map(str::trim).collect();
        let [sex, age, group] = words.as_slice() else {
            return None;
        };
        let age = age.parse().ok()?;
        let whole = !sex.is_empty() && !group.is_empty();
        whole.then(|| Person {
            sex: (*sex).to_owned(),
            age,
            group: (*group).to_owned(),
        })
    })
}
