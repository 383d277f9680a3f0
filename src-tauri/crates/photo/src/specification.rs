//! Reading and checking photo specifications (`assets/specifications/*.toml`).

mod binding;
mod check;
pub mod record;
mod shipped;

use domain::specification::PhotoSpecification;
use record::Record;
use thiserror::Error;

/// Why a specification is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpecificationFault {
    /// Not TOML, a key missing, or a key nobody knows; `detail` names the line.
    #[error("the specification cannot be read: {detail}")]
    Unreadable {
        /// What the reader said, with the line.
        detail: String,
    },
    /// A value no photo can meet.
    #[error("the specification's {key} is impossible: {detail}")]
    Impossible {
        /// The key.
        key: &'static str,
        /// Why.
        detail: String,
    },
    /// It changes a specification that is not there.
    #[error("no specification {id:?} comes with the program")]
    Unknown {
        /// The id asked for.
        id: String,
    },
}

impl SpecificationFault {
    /// Every code that [`Self::code`] can give.
    pub const CODES: [&'static str; 3] = [
        "specification_unreadable",
        "specification_impossible",
        "specification_unknown",
    ];

    /// The code under which the UI has its message and remedy.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "specification_unreadable",
            Self::Impossible { .. } => "specification_impossible",
            Self::Unknown { .. } => "specification_unknown",
        }
    }

    fn impossible(key: &'static str, detail: impl Into<String>) -> Self {
        Self::Impossible {
            key,
            detail: detail.into(),
        }
    }
}

/// Reads one specification; unknown keys and impossible values are refused. A file that says
/// `based_on = "<id>"` holds only what it changes of a shipped one: tables are merged key by key, lists replaced.
///
/// # Errors
/// [`SpecificationFault`].
pub fn parse(text: &str) -> Result<PhotoSpecification, SpecificationFault> {
    bind(&read(text)?)
}

/// Reads one specification with its sources, for those who show them.
///
/// # Errors
/// As [`parse`].
pub fn read(text: &str) -> Result<Record, SpecificationFault> {
    from_table(merged(table(text)?)?)
}

/// A shipped specification with a session's changes: tables of the same form, merged as in [`parse`].
///
/// # Errors
/// [`SpecificationFault`]; [`SpecificationFault::Unknown`] when there is no specification of that id.
pub fn changed(
    id: &str,
    changes: &serde_json::Map<String, serde_json::Value>,
) -> Result<PhotoSpecification, SpecificationFault> {
    let mut whole = merged(table(shipped_text(id)?)?)?;
    let changes = toml::Table::try_from(changes).map_err(|e| SpecificationFault::Unreadable {
        detail: e.to_string(),
    })?;
    merge(&mut whole, changes);
    bind(&from_table(whole)?)
}

/// The specifications that come with the program, the national graduation photo first.
///
/// # Errors
/// [`SpecificationFault`] when a shipped file is broken, which a test excludes.
pub fn builtin() -> Result<Vec<PhotoSpecification>, SpecificationFault> {
    records()?.iter().map(bind).collect()
}

/// The same with their sources.
///
/// # Errors
/// As [`builtin`].
pub fn records() -> Result<Vec<Record>, SpecificationFault> {
    shipped::SHIPPED.iter().map(|(_, text)| read(text)).collect()
}

/// What binds of a record.
///
/// # Errors
/// [`SpecificationFault::Impossible`].
pub fn bind(record: &Record) -> Result<PhotoSpecification, SpecificationFault> {
    check::record(record)?;
    let spec = binding::bind(record)?;
    check::bound(&spec)?;
    Ok(spec)
}

fn shipped_text(id: &str) -> Result<&'static str, SpecificationFault> {
    shipped::SHIPPED
        .iter()
        .find(|(there, _)| *there == id)
        .map(|(_, text)| *text)
        .ok_or_else(|| SpecificationFault::Unknown { id: id.to_owned() })
}

fn table(text: &str) -> Result<toml::Table, SpecificationFault> {
    text.parse().map_err(|e: toml::de::Error| unreadable(&e))
}

fn from_table(table: toml::Table) -> Result<Record, SpecificationFault> {
    table.try_into().map_err(|e: toml::de::Error| unreadable(&e))
}

fn unreadable(e: &toml::de::Error) -> SpecificationFault {
    SpecificationFault::Unreadable {
        detail: e.to_string(),
    }
}

/// The table with what it is based on filled in. A shipped file is based on one that is based on nothing.
fn merged(mut changes: toml::Table) -> Result<toml::Table, SpecificationFault> {
    let Some(base) = changes.remove("based_on") else {
        return Ok(changes);
    };
    let id = base.as_str().unwrap_or_default();
    let mut whole = table(shipped_text(id)?)?;
    if whole.contains_key("based_on") {
        return Err(SpecificationFault::impossible(
            "based_on",
            "must itself be based on nothing",
        ));
    }
    merge(&mut whole, changes);
    Ok(whole)
}

fn merge(whole: &mut toml::Table, changes: toml::Table) {
    for (key, value) in changes {
        match (whole.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => drop(whole.insert(key, value)),
        }
    }
}
