//! What the name of a picture says: bad, copy of another, one of a pair of portraits.

use super::book::Names;
use super::truth::Row;
use serde::Serialize;

/// The part a picture plays in the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Should be stopped.
    Bad,
    /// A copy of another with one fault added.
    Derived,
    /// A good portrait, but for what its row names.
    Neutral,
    /// The same person smiling.
    Smiling,
    /// Any other.
    Found,
}

impl Role {
    /// Reads the name of a row's file.
    pub fn of(row: &Row, names: &Names) -> Self {
        let stem = row.stem();
        let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        if stem.starts_with(&names.copy) {
            Self::Derived
        } else if stem.ends_with(&names.neutral) {
            Self::Neutral
        } else if stem.ends_with(&names.smiling) {
            Self::Smiling
        } else if stem.strip_prefix(&names.bad).is_some_and(numbered) {
            Self::Bad
        } else {
            Self::Found
        }
    }
}

/// Source and fault in the name of a derived copy: `d_n12_dark` is a dark copy of `n12` or of the one picture whose
/// stem begins with `n12_`. `None` when there is no such picture, or more than one.
pub fn source<'a>(row: &'a Row, rows: &'a [Row], names: &Names) -> Option<(&'a Row, &'a str)> {
    let (source, fault) = row.stem().strip_prefix(&names.copy)?.rsplit_once('_')?;
    let originals = || rows.iter().filter(|row| !row.stem().starts_with(&names.copy));
    if let Some(same) = originals().find(|row| row.stem() == source) {
        return Some((same, fault));
    }
    let begins = |row: &&Row| {
        row.stem()
            .strip_prefix(source)
            .is_some_and(|rest| rest.starts_with('_'))
    };
    let mut near = originals().filter(begins);
    match (near.next(), near.next()) {
        (Some(one), None) => Some((one, fault)),
        _ => None,
    }
}
