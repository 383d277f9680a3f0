//! Who is in front of the camera.

pub mod date;
pub mod division;
pub mod document;
mod eighteen;
pub mod exception;
mod foreigner_card;
mod legacy_id;
pub mod mod_11_2;
pub mod mrz;
pub mod name;
pub mod nationality;
mod passport;
mod residence_permit;
mod resident_id;
mod taiwan_permit;
mod travel_permit;
pub mod validity;

pub use document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Sex};
pub use exception::{IdentityDecision, IdentityException};
pub use name::names_agree;
pub use validity::{DocumentFacts, ValidUntil, ValidityFault};

use crate::Personal;
use crate::moment::Moment;
use date::Date;
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

impl IdentityMethod {
    /// The word of the audit trail and of the manifest.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Compared => "compared",
            Self::Code => "code",
            Self::Vouched => "vouched",
        }
    }
}

/// What was shown and typed of a person; nothing of it is checked yet.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The name.
    pub name: &'a str,
    /// The number, in whatever form it was typed; none when no document was shown.
    pub number: Option<&'a str>,
    /// What was typed beside it.
    pub facts: &'a DocumentFacts,
}

/// A person whose name and document were checked by an operator, or for whom a supervisor decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedIdentity {
    name: Personal<String>,
    document: Option<DocumentKind>,
    number: Option<Personal<String>>,
    birth: Option<Personal<Date>>,
    valid_until: Option<ValidUntil>,
    method: IdentityMethod,
    decision: Option<IdentityDecision>,
    /// Said by the operator where no birth date is known.
    of_age: bool,
    at: Moment,
}

/// Why an identity could not be verified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// The name cannot be one.
    #[error(transparent)]
    Name(#[from] name::NameFault),
    /// The number is not valid.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// There is no number, and nobody decided that there need not be one.
    #[error("no number was given")]
    NumberMissing,
    /// The number carries no birth date and none was typed.
    #[error("no birth date is known")]
    BirthMissing,
    /// The birth date typed is in the future, before 1900, or not that of the number.
    #[error("the birth date cannot be right")]
    Birth,
    /// The document's dates stop the desk.
    #[error(transparent)]
    Validity(#[from] ValidityFault),
}

impl VerifiedIdentity {
    /// Checks what was shown; `today` is the station's date.
    pub fn check(
        shown: Shown<'_>,
        method: IdentityMethod,
        today: Date,
        at: Moment,
    ) -> Result<Self, IdentityFault> {
        Self::under(shown, method, None, today, at)
    }

    /// A person known by the 采集码 alone: the name that was spoken, empty where it was not written down, and whether
    /// no guardian is needed.
    pub fn by_code(name: &str, of_age: bool, at: Moment) -> Result<Self, IdentityFault> {
        let name = if name.trim().is_empty() {
            String::new()
        } else {
            name::read(name)?.to_string()
        };
        Ok(Self {
            name: name.into(),
            document: None,
            number: None,
            birth: None,
            valid_until: None,
            method: IdentityMethod::Code,
            decision: None,
            of_age,
            at,
        })
    }

    /// Checks what was shown, under a supervisor's decision.
    pub fn vouched(
        shown: Shown<'_>,
        decision: IdentityDecision,
        today: Date,
        at: Moment,
    ) -> Result<Self, IdentityFault> {
        Self::under(shown, IdentityMethod::Vouched, Some(decision), today, at)
    }

    fn under(
        shown: Shown<'_>,
        method: IdentityMethod,
        decision: Option<IdentityDecision>,
        today: Date,
        at: Moment,
    ) -> Result<Self, IdentityFault> {
        let eases = |of: fn(IdentityException) -> bool| decision.as_ref().is_some_and(|d| of(d.why));
        let name = name::read(shown.name)?;
        let facts = shown.facts;
        let number = match shown.number {
            Some(text) => Some(read_number(text, facts.kind, today)?),
            None if eases(IdentityException::eases_document) => None,
            None => return Err(IdentityFault::NumberMissing),
        };
        let birth = birth_of(number.as_ref(), facts.birth, today)?;
        let read = number.as_ref().and_then(DocumentNumber::valid_until);
        let facts = DocumentFacts {
            valid_until: read.map(ValidUntil::Day).or(facts.valid_until),
            ..*facts
        };
        let kind = number.as_ref().map(DocumentNumber::kind);
        match validity::check(kind, Some(birth), &facts, today) {
            Err(ValidityFault::Expired(_)) if eases(IdentityException::eases_expiry) => {}
            judged => {
                judged?;
            }
        }
        Ok(Self {
            name: name.to_string().into(),
            document: kind,
            number: number.map(|n| n.as_str().to_string().into()),
            birth: Some(birth.into()),
            valid_until: facts.valid_until,
            method,
            decision,
            of_age: false,
            at,
        })
    }

    /// The name.
    pub const fn name(&self) -> &Personal<String> {
        &self.name
    }

    /// The kind of document; none when nobody saw one.
    pub const fn document(&self) -> Option<DocumentKind> {
        self.document
    }

    /// The number in the one form of its kind; none when nobody saw a document.
    pub const fn number(&self) -> Option<&Personal<String>> {
        self.number.as_ref()
    }

    /// The operator said that no guardian is needed; asked where no birth date is known.
    pub const fn of_age(&self) -> bool {
        self.of_age
    }

    /// End of the document's validity, as far as it was read.
    pub const fn valid_until(&self) -> Option<ValidUntil> {
        self.valid_until
    }

    /// How it was verified.
    pub const fn method(&self) -> IdentityMethod {
        self.method
    }

    /// What a supervisor decided, if one had to.
    pub const fn decision(&self) -> Option<&IdentityDecision> {
        self.decision.as_ref()
    }

    /// True when a supervisor decided on something that eases a rule.
    pub fn eased(&self, rule: fn(IdentityException) -> bool) -> bool {
        self.decision.as_ref().is_some_and(|decision| rule(decision.why))
    }

    /// When.
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Full years on `today`; none when no birth date is known.
    pub fn age(&self, today: Date) -> Option<u32> {
        self.birth.as_ref().map(|birth| birth.reveal().age(today))
    }
}

/// A number of the kind somebody says it is, else of the kind it looks like.
pub fn read_number(
    text: &str,
    kind: Option<DocumentKind>,
    today: Date,
) -> Result<DocumentNumber, NumberFault> {
    match kind {
        Some(kind) => DocumentNumber::parse_as(kind, text, today),
        None => DocumentNumber::parse(text, today),
    }
}

/// The birth date of the number, else the one typed; both must be the same day where both are there.
fn birth_of(
    number: Option<&DocumentNumber>,
    typed: Option<Date>,
    today: Date,
) -> Result<Date, IdentityFault> {
    let own = number.and_then(DocumentNumber::birth);
    let birth = own.or(typed).ok_or(IdentityFault::BirthMissing)?;
    let possible = birth <= today && birth.year() >= 1900;
    if !possible || typed.is_some_and(|typed| typed != birth) {
        return Err(IdentityFault::Birth);
    }
    Ok(birth)
}
