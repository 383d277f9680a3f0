//! What the identity page says of a document.

use super::Notice;
use domain::identity::{DocumentKind, IdentityException, Sex};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the station makes of a number and of what stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct DocumentView {
    /// The number all of this is about, in plain characters: places count in it, from 1.
    pub number: String,
    /// The kind, once the number is whole and right.
    pub kind: Option<DocumentKind>,
    /// The number is right.
    pub valid: bool,
    /// It is only not typed to its end.
    pub unfinished: bool,
    /// How many characters it is going to have, as far as that can be said.
    pub expected: u32,
    /// What is wrong with it.
    pub trouble: Option<Notice>,
    /// First and last place of what is wrong.
    pub place: Option<(u32, u32)>,
    /// Birth date, `2006-03-12`.
    pub birth: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Province, prefecture and county of the area in the number.
    pub area: Option<String>,
    /// Nationality in Chinese.
    pub nationality_zh: Option<String>,
    /// Nationality in English.
    pub nationality_en: Option<String>,
    /// Name in Latin letters, of a machine-readable zone.
    pub holder: Option<String>,
    /// Last day of validity, as far as read or typed; 长期 is none.
    pub valid_until: Option<String>,
    /// The number carries no birth date: it has to be typed.
    pub birth_needed: bool,
    /// What stops the desk in dates or birth date.
    pub dates: Option<Notice>,
    /// What is odd and may be right all the same (`number_warning.<code>`, `name_warning.<code>`,
    /// `validity_warning.<code>`).
    pub warnings: Vec<String>,
}

/// What stands typed of a document.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TypedDocument {
    /// Name.
    pub name: String,
    /// Number, or the lines of a machine-readable zone.
    pub number: String,
    /// The kind, where the operator says so against what the number looks like.
    pub kind: Option<DocumentKind>,
    /// Birth date; may be empty.
    pub birth: String,
    /// First day of validity; may be empty.
    pub valid_from: String,
    /// Last day of validity, or 长期; may be empty.
    pub valid_until: String,
}

/// What a supervisor vouches for.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Vouching {
    /// Name.
    pub name: String,
    /// Number; empty when there is no document.
    pub number: String,
    /// What is in the way.
    pub why: IdentityException,
    /// Why, at least six characters.
    pub reason: String,
    /// Id of the record that was looked at beside, for a twin.
    pub other: Option<String>,
    /// Supervisor id.
    pub supervisor: String,
    /// Supervisor's PIN.
    pub pin: String,
}
