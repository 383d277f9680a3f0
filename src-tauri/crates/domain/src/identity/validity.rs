//! How long documents are valid, and what the dates on one say today.

use super::IdentityFault;
use super::date::Date;
use super::document::DocumentKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The end of a document's validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValidUntil {
    /// Valid on this day and not after it.
    Day(Date),
    /// Without end (长期).
    Always,
}

impl ValidUntil {
    /// Reads what stands on a card: a day in any of the forms of [`Date::read`], or 长期.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "长期" || text.eq_ignore_ascii_case("long-term") {
            return Some(Self::Always);
        }
        Date::read(text).map(Self::Day)
    }

    /// The last day; none without end.
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Always => None,
        }
    }
}

/// For how long a card is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Years.
    Years(u16),
    /// Without end.
    Always,
}

/// The term of a resident identity card by the holder's age at issue (Resident Identity Card Law, art. 5).
pub const fn resident_term(age: u32) -> Term {
    match age {
        0..=15 => Term::Years(5),
        16..=25 => Term::Years(10),
        26..=45 => Term::Years(20),
        _ => Term::Always,
    }
}

/// What of a document is typed beside its number; all of it may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFacts {
    /// The kind, where somebody says so against what the number looks like.
    pub kind: Option<DocumentKind>,
    /// The birth date, where the number carries none.
    pub birth: Option<Date>,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// End of validity.
    pub valid_until: Option<ValidUntil>,
}

impl DocumentFacts {
    /// Reads dates as they were typed; an empty one was not.
    pub fn read(
        kind: Option<DocumentKind>,
        birth: &str,
        valid_from: &str,
        valid_until: &str,
    ) -> Result<Self, IdentityFault> {
        let typed = |text: &str| !text.trim().is_empty();
        let facts = Self {
            kind,
            birth: Date::read(birth),
            valid_from: Date::read(valid_from),
            valid_until: ValidUntil::read(valid_until),
        };
        if facts.birth.is_none() && typed(birth) {
            return Err(IdentityFault::Birth);
        }
        let unread = facts.valid_from.is_none() && typed(valid_from)
            || facts.valid_until.is_none() && typed(valid_until);
        if unread {
            return Err(ValidityFault::Contradiction.into());
        }
        Ok(facts)
    }
}

/// Why the dates on a document stop the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValidityFault {
    /// The last day is past.
    #[error("the document was valid until {0}")]
    Expired(Date),
    /// The first day is ahead.
    #[error("the document is valid from {0} on")]
    NotYet(Date),
    /// The last day is before the first, the first before the birth, or one of them is no day.
    #[error("the document's dates contradict each other")]
    Contradiction,
}

/// What is odd about dates that may be right all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ValidityWarning {
    /// No card of this kind is given for so long to somebody of this age.
    UnusualTerm,
    /// The last day is less than a month ahead.
    EndsSoon,
}

impl ValidityWarning {
    /// All.
    pub const ALL: [Self; 2] = [Self::UnusualTerm, Self::EndsSoon];

    /// The code under which the UI has the words (`validity_warning.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnusualTerm => "unusual_term",
            Self::EndsSoon => "ends_soon",
        }
    }
}

/// Judges the dates of a document of `kind` whose holder was born on `birth`.
pub fn check(
    kind: Option<DocumentKind>,
    birth: Option<Date>,
    facts: &DocumentFacts,
    today: Date,
) -> Result<Option<ValidityWarning>, ValidityFault> {
    let until = facts.valid_until.and_then(ValidUntil::day);
    let reversed = |from: Date| until.is_some_and(|until| until <= from) || birth.is_some_and(|b| from < b);
    if facts.valid_from.is_some_and(reversed) {
        return Err(ValidityFault::Contradiction);
    }
    if let Some(until) = until.filter(|until| *until < today) {
        return Err(ValidityFault::Expired(until));
    }
    if let Some(from) = facts.valid_from.filter(|from| *from > today) {
        return Err(ValidityFault::NotYet(from));
    }
    if !usual(kind, birth, facts) {
        return Ok(Some(ValidityWarning::UnusualTerm));
    }
    let month_ahead = today.plus_months(1);
    Ok(until
        .filter(|until| *until < month_ahead)
        .map(|_| ValidityWarning::EndsSoon))
}

/// True when the dates fit the kind's term, or nothing is known to compare.
fn usual(kind: Option<DocumentKind>, birth: Option<Date>, facts: &DocumentFacts) -> bool {
    let (Some(kind), Some(until)) = (kind, facts.valid_until) else {
        return true;
    };
    let expected = match (kind, birth, facts.valid_from) {
        (DocumentKind::ResidentId, Some(birth), Some(from)) => resident_term(birth.age(from)),
        // Given for five years to everybody (knowledge of the insurers' field rules).
        (DocumentKind::ResidencePermit, _, Some(_)) => Term::Years(5),
        // A card without end cannot be a child's.
        (DocumentKind::ResidentId, _, None) => return true,
        (DocumentKind::ResidentId, None, _) => return true,
        (_, _, _) => return until != ValidUntil::Always,
    };
    match (expected, until, facts.valid_from) {
        (Term::Always, ValidUntil::Always, _) => true,
        // Cards print the same day of the year as their first; some the day before.
        (Term::Years(years), ValidUntil::Day(until), Some(from)) => {
            let end = from.plus_months(u32::from(years) * 12);
            until == end || until.plus_days(1) == end
        }
        _ => false,
    }
}
