//! Numbers of identity documents: which kind one is, and whether it can be right.

use super::date::Date;
use super::nationality::Nationality;
use super::{
    division, foreigner_card, legacy_id, mrz, passport, residence_permit, resident_id, taiwan_permit,
    travel_permit,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Resident identity card (居民身份证).
    ResidentId,
    /// Residence permit of residents of Hong Kong, Macau and Taiwan (港澳台居民居住证).
    ResidencePermit,
    /// Mainland travel permit of residents of Hong Kong and Macau (港澳居民来往内地通行证).
    TravelPermit,
    /// Mainland travel permit of residents of Taiwan (台湾居民来往大陆通行证).
    TaiwanPermit,
    /// Foreigner's permanent residence card of 2017.
    #[serde(rename = "foreigner_card_2017")]
    ForeignerCard2017,
    /// Foreigner's permanent residence card of 2023.
    #[serde(rename = "foreigner_card_2023")]
    ForeignerCard2023,
    /// Passport.
    Passport,
    /// Another state's identity card with a machine-readable zone.
    ForeignId,
}

impl DocumentKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::ResidentId,
        Self::ResidencePermit,
        Self::TravelPermit,
        Self::TaiwanPermit,
        Self::ForeignerCard2017,
        Self::ForeignerCard2023,
        Self::Passport,
        Self::ForeignId,
    ];

    /// The code under which the UI has the words (`document.<code>`), also that of the manifest.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::ResidencePermit => "residence_permit",
            Self::TravelPermit => "travel_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ForeignerCard2017 => "foreigner_card_2017",
            Self::ForeignerCard2023 => "foreigner_card_2023",
            Self::Passport => "passport",
            Self::ForeignId => "foreign_id",
        }
    }

    /// The kind of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Sex as documents give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
}

impl Sex {
    /// By the last digit of a sequence: odd is male (GB 11643-1999).
    pub(super) const fn of_sequence(sequence: u32) -> Self {
        if sequence % 2 == 1 {
            Self::Male
        } else {
            Self::Female
        }
    }
}

/// What is odd about a number that may be right all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberWarning {
    /// No published list of divisions has the area: lists before 1981 are missing.
    AreaUnknown,
    /// No list of states has the nationality.
    NationalityUnknown,
    /// The number of a first-generation card was made one of 18 characters.
    Upgraded,
    /// The digits for how often a travel permit was issued were left out: they change with every card.
    IssueLeftOut,
    /// The number has no check character, so a wrong digit would not be noticed.
    NoCheck,
    /// A passport may have a number like this one.
    MayBePassport,
}

impl NumberWarning {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::AreaUnknown,
        Self::NationalityUnknown,
        Self::Upgraded,
        Self::IssueLeftOut,
        Self::NoCheck,
        Self::MayBePassport,
    ];

    /// The code under which the UI has the words (`number_warning.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::AreaUnknown => "area_unknown",
            Self::NationalityUnknown => "nationality_unknown",
            Self::Upgraded => "upgraded",
            Self::IssueLeftOut => "issue_left_out",
            Self::NoCheck => "no_check",
            Self::MayBePassport => "may_be_passport",
        }
    }
}

/// First and last place of a part of a number, from 1.
pub type Place = (usize, usize);

/// Why a number is not valid. Places count from 1; the lines of a machine-readable zone are counted as one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// No document has a number of so many characters.
    #[error("the number has {found} characters instead of {expected}")]
    Length {
        /// How many there are.
        found: usize,
        /// How many the kind it is nearest to has.
        expected: usize,
    },
    /// A character that cannot stand there.
    #[error("character {0} of the number cannot stand there")]
    Character(usize),
    /// The area does not begin with a digit 1 to 9.
    #[error("the area code is not one")]
    Area,
    /// The birth date is no day.
    #[error("characters {} to {} are not a date", .0.0, .0.1)]
    BirthDate(Place),
    /// The birth date lies in the future or before 1900.
    #[error("the birth date is in the future or too long ago")]
    BirthRange(Place),
    /// The last day of validity is no day.
    #[error("characters {} to {} are not a date", .0.0, .0.1)]
    ExpiryDate(Place),
    /// A check character does not fit.
    #[error("character {position} should be {expected}, not {found}")]
    CheckDigit {
        /// Where it stands.
        position: usize,
        /// What the characters it guards call for.
        expected: char,
        /// What stands there.
        found: char,
    },
}

impl NumberFault {
    /// The code under which the UI has the message: `refusal.<code>`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "number_length",
            Self::Character(_) => "number_character",
            Self::Area => "number_area",
            Self::BirthDate(_) => "number_birth_date",
            Self::BirthRange(_) => "number_birth_range",
            Self::ExpiryDate(_) => "number_expiry_date",
            Self::CheckDigit { .. } => "number_check",
        }
    }

    /// Where to look; `None` when it is about the whole.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Length { .. } => None,
            Self::Character(at) | Self::CheckDigit { position: at, .. } => Some((*at, *at)),
            Self::Area => Some((1, 6)),
            Self::BirthDate(place) | Self::BirthRange(place) | Self::ExpiryDate(place) => Some(*place),
        }
    }
}

/// A number that passed every check its kind has.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    pub(super) kind: DocumentKind,
    pub(super) text: String,
    pub(super) birth: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) area: Option<u32>,
    pub(super) nationality: Option<Nationality>,
    pub(super) holder: Option<String>,
    pub(super) valid_until: Option<Date>,
    pub(super) warnings: Vec<NumberWarning>,
}

/// How one kind of number is told from the others and read. Each has a file of its own.
pub(super) struct Reader {
    /// What it may make.
    pub(super) kinds: &'static [DocumentKind],
    /// Whether a plain text is meant to be one.
    pub(super) means: fn(&str) -> bool,
    /// Reads a plain text.
    pub(super) read: fn(&str, Date) -> Result<DocumentNumber, NumberFault>,
}

/// The first whose form fits is taken.
const READERS: [&Reader; 9] = [
    &mrz::READER,
    &residence_permit::READER,
    &foreigner_card::READER_2023,
    &resident_id::READER,
    &foreigner_card::READER_2017,
    &legacy_id::READER,
    &travel_permit::READER,
    &taiwan_permit::READER,
    &passport::READER,
];

impl DocumentNumber {
    pub(super) fn new(kind: DocumentKind, text: String) -> Self {
        Self {
            kind,
            text,
            birth: None,
            sex: None,
            area: None,
            nationality: None,
            holder: None,
            valid_until: None,
            warnings: vec![],
        }
    }

    /// Reads a number of whatever kind; full-width characters, blanks and small letters are accepted, and the two or
    /// three lines of a machine-readable zone.
    pub fn parse(text: &str, today: Date) -> Result<Self, NumberFault> {
        let plain = plain(text);
        let reader = READERS.iter().find(|reader| (reader.means)(&plain));
        match reader {
            Some(reader) => (reader.read)(&plain, today),
            None => Err(unrecognised(&plain)),
        }
    }

    /// Reads a number of the kind somebody says it is.
    pub fn parse_as(kind: DocumentKind, text: &str, today: Date) -> Result<Self, NumberFault> {
        let plain = plain(text);
        let mut readers = READERS.iter().filter(|reader| reader.kinds.contains(&kind));
        let meant = readers.clone().find(|reader| (reader.means)(&plain));
        match meant.or_else(|| readers.next_back()) {
            Some(reader) => (reader.read)(&plain, today),
            None => Err(unrecognised(&plain)),
        }
    }

    /// The kind.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The number in its one form: plain characters, letters in upper case.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The birth date, if the number carries one.
    pub const fn birth(&self) -> Option<Date> {
        self.birth
    }

    /// The sex, if the number carries one.
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The six digits of GB/T 2260 a number begins with; see [`super::division`].
    pub const fn area(&self) -> Option<u32> {
        self.area
    }

    /// The name of the area, as far as listed. Taiwan has a code of its own on permits.
    pub fn area_name(&self) -> Option<String> {
        let taiwan = |code: u32| (code == 830_000).then(|| "台湾省".to_string());
        self.area
            .and_then(|code| division::whole_name(code).or_else(|| taiwan(code)))
    }

    /// The nationality, if the number carries one and it is known.
    pub const fn nationality(&self) -> Option<Nationality> {
        self.nationality
    }

    /// The name in Latin letters, surname first, if a machine-readable zone was read.
    pub fn holder(&self) -> Option<&str> {
        self.holder.as_deref()
    }

    /// The last day on which the document is valid, if a machine-readable zone was read.
    pub const fn valid_until(&self) -> Option<Date> {
        self.valid_until
    }

    /// What is odd about it.
    pub fn warnings(&self) -> &[NumberWarning] {
        &self.warnings
    }
}

impl std::fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<personal>")
    }
}

/// A form no kind has: the first character no number has, else the length.
fn unrecognised(plain: &str) -> NumberFault {
    let strange = plain.chars().position(|c| !c.is_ascii_alphanumeric());
    match strange {
        Some(at) => NumberFault::Character(at + 1),
        None => NumberFault::Length {
            found: plain.len(),
            expected: 18,
        },
    }
}

/// Full-width characters as plain ones, letters in upper case, without blanks and marks no number has.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}')
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            // What a Chinese input method makes of the filler of a machine-readable zone.
            '《' | '〈' | '«' | '‹' => '<',
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Whether the bytes from `from` to the end are all digits.
pub(super) fn digits_from(text: &str, from: usize) -> bool {
    text.as_bytes()
        .get(from..)
        .is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
}
