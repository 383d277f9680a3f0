//! The papers that can be printed on (`assets/papers.toml`).

use crate::size::Size;
use serde::Deserialize;
use std::collections::BTreeSet;
use thiserror::Error;

const LIST: &str = include_str!("../../../../assets/papers.toml");

/// Why there is no such paper.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaperFault {
    /// The list is not TOML, lacks a key or has one nobody knows; `detail` names the line.
    #[error("the list of papers cannot be read: {detail}")]
    Unreadable {
        /// What the reader said.
        detail: String,
    },
    /// A paper of the list cannot be.
    #[error("paper '{id}' is impossible: {detail}")]
    Impossible {
        /// The paper.
        id: String,
        /// Why.
        detail: &'static str,
    },
    /// No paper has this id.
    #[error("there is no paper '{id}'")]
    Unknown {
        /// The id that was asked for.
        id: String,
        /// Ids of all papers.
        known: Vec<String>,
    },
}

impl PaperFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "papers_unreadable",
            Self::Impossible { .. } => "papers_impossible",
            Self::Unknown { .. } => "paper_unknown",
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Unreadable { .. } | Self::Impossible { .. } => "mend assets/papers.toml".into(),
            Self::Unknown { known, .. } => format!("use one of: {}", known.join(", ")),
        }
    }
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Short name on the command line.
    pub id: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Width in millimetres, 40 to 1000.
    pub width_mm: f64,
    /// Height in millimetres, 40 to 1000.
    pub height_mm: f64,
    /// Free of photos along each side, millimetres, less than a quarter of the shorter side.
    pub margin_mm: f64,
    /// Name by which printers know the paper (PWG 5101.1).
    pub media: String,
    /// Where the numbers come from.
    pub source: String,
}

impl Paper {
    /// Width and height as listed.
    pub const fn size(&self) -> Size {
        Size {
            width: self.width_mm,
            height: self.height_mm,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    version: u32,
    paper: Vec<Paper>,
}

/// The papers that come with the program.
///
/// # Errors
/// [`PaperFault`] when the shipped list is broken, which a test excludes.
pub fn builtin() -> Result<Vec<Paper>, PaperFault> {
    parse(LIST)
}

/// The paper of an id, from those that come with the program.
///
/// # Errors
/// [`PaperFault::Unknown`] when there is none.
pub fn named(id: &str) -> Result<Paper, PaperFault> {
    let mut papers = builtin()?;
    match papers.iter().position(|paper| paper.id == id) {
        Some(at) => Ok(papers.swap_remove(at)),
        None => Err(PaperFault::Unknown {
            id: id.to_string(),
            known: papers.into_iter().map(|paper| paper.id).collect(),
        }),
    }
}

/// Reads a list of papers; unknown keys and impossible papers are refused.
///
/// # Errors
/// [`PaperFault`].
pub fn parse(text: &str) -> Result<Vec<Paper>, PaperFault> {
    let list: List = toml::from_str(text).map_err(|e| PaperFault::Unreadable {
        detail: e.to_string(),
    })?;
    if list.version != 1 {
        return Err(PaperFault::Unreadable {
            detail: format!("version {} is not known", list.version),
        });
    }
    let mut ids = BTreeSet::new();
    for paper in &list.paper {
        let impossible = |detail| {
            Err(PaperFault::Impossible {
                id: paper.id.clone(),
                detail,
            })
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if paper.id.is_empty() || !paper.id.chars().all(plain) {
            return impossible("an id is of a-z, 0-9 and '-'");
        }
        if !ids.insert(&paper.id) {
            return impossible("the id is taken");
        }
        let shorter = paper.width_mm.min(paper.height_mm);
        if !(40.0..=1000.0).contains(&paper.width_mm) || !(40.0..=1000.0).contains(&paper.height_mm) {
            return impossible("sides are 40 to 1000 mm");
        }
        if !(0.0..shorter / 4.0).contains(&paper.margin_mm) {
            return impossible("the margin is 0 to a quarter of the shorter side");
        }
        let words = [&paper.name_zh, &paper.name_en, &paper.source];
        if words.iter().any(|word| word.trim().is_empty()) {
            return impossible("names and source are not empty");
        }
        // Goes to the spooler as `media=…`, where a space or comma would begin another option.
        let named = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if paper.media.is_empty() || !paper.media.chars().all(named) {
            return impossible("media is a name of PWG 5101.1");
        }
    }
    Ok(list.paper)
}
