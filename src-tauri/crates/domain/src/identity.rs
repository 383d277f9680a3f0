//! Who is in front of the camera.

pub mod date;
pub mod resident_id;

use crate::Personal;
use crate::moment::Moment;
use date::Date;
use resident_id::ResidentId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How identity was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMethod {
    /// Name and number typed by the operator from the document shown.
    Typed,
    /// The roster's name and number compared with the document shown.
    Compared,
    /// The 采集码 shown is the person's, and the name spoken fits it; no document was read.
    Code,
    /// A supervisor decided, with a reason; the document is missing or says something else.
    Vouched,
}

/// Why a supervisor has to decide who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdentityException {
    /// No document at hand.
    NoDocument,
    /// The name on the document is newer or older than that on the roster.
    NameChanged,
    /// A twin or a double is on the roster: which of them it is was asked.
    Twin,
    /// A disability or an injury keeps the person from the usual way of showing who it is.
    Disability,
}

impl IdentityException {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::NoDocument, Self::NameChanged, Self::Twin, Self::Disability];

    /// The code under which the UI has the words (`identity_exception.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoDocument => "no_document",
            Self::NameChanged => "name_changed",
            Self::Twin => "twin",
            Self::Disability => "disability",
        }
    }
}

/// A person whose name and document number were checked by an operator against the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedIdentity {
    name: Personal<String>,
    number: Option<Personal<String>>,
    method: IdentityMethod,
    /// Said by the operator where no birth date is known.
    of_age: bool,
    at: Moment,
}

/// Why an identity could not be verified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// The name is empty or longer than 40 characters.
    #[error("the name is empty or too long")]
    Name,
    /// The name carries a character no name has (a digit, a control character, markup).
    #[error("character {0} of the name cannot stand in a name")]
    NameCharacter(usize),
    /// The number is not valid.
    #[error(transparent)]
    Number(#[from] resident_id::ResidentIdFault),
}

impl VerifiedIdentity {
    /// Checks name and number; `today` is the station's date.
    pub fn check(
        name: &str,
        number: &str,
        method: IdentityMethod,
        today: Date,
        at: Moment,
    ) -> Result<Self, IdentityFault> {
        let name = checked_name(name)?;
        let number = ResidentId::parse(number, today)?;
        Ok(Self {
            name,
            number: Some(number.as_str().to_string().into()),
            method,
            of_age: false,
            at,
        })
    }

    /// A person known by the 采集码 alone: the name that was spoken, empty where it was not written down, and whether
    /// no guardian is needed.
    pub fn by_code(name: &str, of_age: bool, at: Moment) -> Result<Self, IdentityFault> {
        let name = if name.trim().is_empty() {
            Personal::default()
        } else {
            checked_name(name)?
        };
        Ok(Self {
            name,
            number: None,
            method: IdentityMethod::Code,
            of_age,
            at,
        })
    }

    /// The name.
    pub const fn name(&self) -> &Personal<String> {
        &self.name
    }

    /// The 18-digit number, `X` in upper case; none where nobody saw a document.
    pub const fn number(&self) -> Option<&Personal<String>> {
        self.number.as_ref()
    }

    /// The operator said that no guardian is needed; asked where no birth date is known.
    pub const fn of_age(&self) -> bool {
        self.of_age
    }

    /// How it was verified.
    pub const fn method(&self) -> IdentityMethod {
        self.method
    }

    /// When.
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Full years on `today`; none where no birth date is known.
    pub fn age(&self, today: Date) -> Option<u32> {
        let id = ResidentId::parse(self.number.as_ref()?.as_str(), today).ok()?;
        Some(id.birth().age(today))
    }
}

fn checked_name(name: &str) -> Result<Personal<String>, IdentityFault> {
    let name = name.trim();
    let letters = name.chars().count();
    if letters == 0 || letters > 40 {
        return Err(IdentityFault::Name);
    }
    let allowed = |c: char| c.is_alphabetic() || matches!(c, '·' | '•' | '．' | '.' | ' ' | '-' | '\'' | '’');
    if let Some(position) = name.chars().position(|c| !allowed(c)) {
        return Err(IdentityFault::NameCharacter(position + 1));
    }
    Ok(name.to_string().into())
}
