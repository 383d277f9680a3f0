//! Machine-readable zones (ICAO Doc 9303): TD3, two lines of 44, of passports, and TD1, three lines of 30, of cards.
//!
//! Check digits weigh characters 7, 3, 1, 7, … and take the sum modulo 10; `A` is 10, `Z` 35, the filler `<` 0. That
//! catches every wrong digit for a digit. It misses a character for another whose values are ten or twenty apart (`1`
//! for `B`) and a swap of two neighbours whose values are five, ten, … apart; each field but sex, nationality and name
//! is guarded by its own digit and once more by the composite one.

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Place, Reader, Sex};
use super::{nationality, passport, travel_permit};
use std::ops::Range;

const TD3: usize = 88;
const TD1: usize = 90;
/// Two digits of a year of expiry so far ahead are of the century before.
const FURTHEST_EXPIRY: u16 = 50;

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::Passport, DocumentKind::ForeignId],
    means: |text| text.contains('<'),
    read,
};

/// The check digit of characters, by 7-3-1; none when one of them cannot stand in a zone.
pub fn check_digit(characters: impl IntoIterator<Item = char>) -> Option<char> {
    let mut sum = 0;
    for (character, weight) in characters.into_iter().zip([7, 3, 1].into_iter().cycle()) {
        let value = match character {
            '<' => 0,
            '0'..='9' | 'A'..='Z' => character.to_digit(36)?,
            _ => return None,
        };
        sum += value * weight;
    }
    char::from_digit(sum % 10, 10)
}

/// Line and character, from 1, of a place in a text that is a zone of full length; `None` for any other.
pub fn line_and_column(text: &str, place: usize) -> Option<(usize, usize)> {
    let width = match super::document::plain(text) {
        zone if !zone.contains('<') => return None,
        zone if zone.len() == TD3 => 44,
        zone if zone.len() == TD1 => 30,
        _ => return None,
    };
    let index = place.checked_sub(1)?;
    Some((index / width + 1, index % width + 1))
}

/// A zone of the right length, its lines as one.
struct Zone<'a> {
    text: &'a str,
    today: Date,
}

fn read(text: &str, today: Date) -> Result<DocumentNumber, NumberFault> {
    let plain = |c: char| c == '<' || c.is_ascii_digit() || c.is_ascii_uppercase();
    if let Some(at) = text.chars().position(|c| !plain(c)) {
        return Err(NumberFault::Character(at + 1));
    }
    let zone = Zone { text, today };
    let passport = text.starts_with('P');
    match text.len() {
        TD3 if passport => zone.td3(),
        TD3 => Err(NumberFault::Character(1)),
        TD1 => zone.td1(),
        found => Err(NumberFault::Length {
            found,
            expected: if passport { TD3 } else { TD1 },
        }),
    }
}

impl<'a> Zone<'a> {
    fn td3(&self) -> Result<DocumentNumber, NumberFault> {
        let holder = self.name(5..44)?;
        self.guarded(44..53, 53)?;
        let number = self.number(44..53, 44)?;
        let birth = self.birth(57..63)?;
        self.guarded(57..63, 63)?;
        let sex = self.sex(64)?;
        let expiry = self.expiry(65..71)?;
        self.guarded(65..71, 71)?;
        // An empty field may have the filler for its digit.
        if !(self.field(72..86).chars().all(|c| c == '<') && self.at(86) == '<') {
            self.guarded(72..86, 86)?;
        }
        let composite = [44..54, 57..64, 65..87].map(|range| self.field(range)).concat();
        self.fits(&composite, 87)?;
        let read = Read {
            number,
            state: 2..5,
            nationality: 54..57,
            birth,
            sex,
            expiry,
            holder,
        };
        self.document(DocumentKind::Passport, read)
    }

    fn td1(&self) -> Result<DocumentNumber, NumberFault> {
        let number = if self.at(14) == '<' {
            self.long_number()?
        } else {
            self.guarded(5..14, 14)?;
            self.number(5..14, 5)?
        };
        let birth = self.birth(30..36)?;
        self.guarded(30..36, 36)?;
        let sex = self.sex(37)?;
        let expiry = self.expiry(38..44)?;
        self.guarded(38..44, 44)?;
        let composite = [5..30, 30..37, 38..45, 48..59]
            .map(|range| self.field(range))
            .concat();
        self.fits(&composite, 59)?;
        let kind = if self.text.starts_with('P') {
            DocumentKind::Passport
        } else {
            DocumentKind::ForeignId
        };
        let read = Read {
            number,
            state: 2..5,
            nationality: 45..48,
            birth,
            sex,
            expiry,
            holder: self.name(60..90)?,
        };
        self.document(kind, read)
    }

    fn document(&self, kind: DocumentKind, read: Read) -> Result<DocumentNumber, NumberFault> {
        let letters = self.field(read.nationality).trim_end_matches('<');
        let nationality = nationality::by_letters(letters);
        // A travel permit's zone carries the number that is printed on it.
        let permit = self.field(read.state) == "CHN" && (travel_permit::READER.means)(&read.number);
        let unknown = nationality.is_none() && !letters.is_empty();
        Ok(DocumentNumber {
            birth: read.birth,
            sex: read.sex,
            nationality,
            holder: Some(read.holder),
            valid_until: Some(read.expiry),
            warnings: unknown
                .then_some(NumberWarning::NationalityUnknown)
                .into_iter()
                .collect(),
            ..DocumentNumber::new(
                if permit { DocumentKind::TravelPermit } else { kind },
                read.number,
            )
        })
    }

    fn field(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn at(&self, index: usize) -> char {
        self.field(index..index + 1).chars().next().unwrap_or('<')
    }

    /// The digit at `check` guards a field.
    fn guarded(&self, field: Range<usize>, check: usize) -> Result<(), NumberFault> {
        self.fits(self.field(field), check)
    }

    fn fits(&self, field: &str, check: usize) -> Result<(), NumberFault> {
        let found = self.at(check);
        if !found.is_ascii_digit() {
            return Err(NumberFault::Character(check + 1));
        }
        match check_digit(field.chars()) {
            Some(expected) if expected == found => Ok(()),
            Some(expected) => Err(NumberFault::CheckDigit {
                position: check + 1,
                expected,
                found,
            }),
            None => Err(NumberFault::Character(check)),
        }
    }

    /// Letters and digits, then fillers only.
    fn number(&self, range: Range<usize>, at: usize) -> Result<String, NumberFault> {
        let field = self.field(range).trim_end_matches('<');
        match field.find('<') {
            Some(inside) => Err(NumberFault::Character(at + inside + 1)),
            None if field.len() < passport::LEAST => Err(NumberFault::Character(at + field.len() + 1)),
            None => Ok(field.to_string()),
        }
    }

    /// A number of more than nine characters goes on in the optional field, its digit behind it; the filler between
    /// is not weighed.
    fn long_number(&self) -> Result<String, NumberFault> {
        let optional = self.field(15..30);
        let end = optional.find('<').unwrap_or(optional.len());
        let Some(last) = end.checked_sub(1).filter(|last| *last > 0) else {
            return Err(NumberFault::Character(15));
        };
        let whole = format!("{}{}", self.field(5..14), &optional[..last]);
        self.fits(&whole, 15 + last)?;
        match whole.find('<') {
            Some(inside) => Err(NumberFault::Character(5 + inside + 1)),
            None => Ok(whole),
        }
    }

    /// Surname, then given names: `ERIKSSON ANNA MARIA`.
    fn name(&self, range: Range<usize>) -> Result<String, NumberFault> {
        let field = self.field(range.clone());
        if let Some(at) = field.find(|c: char| c.is_ascii_digit()) {
            return Err(NumberFault::Character(range.start + at + 1));
        }
        let words: Vec<&str> = field.split('<').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Err(NumberFault::Character(range.start + 1));
        }
        Ok(words.join(" "))
    }

    fn sex(&self, at: usize) -> Result<Option<Sex>, NumberFault> {
        match self.at(at) {
            'M' => Ok(Some(Sex::Male)),
            'F' => Ok(Some(Sex::Female)),
            '<' | 'X' => Ok(None),
            _ => Err(NumberFault::Character(at + 1)),
        }
    }

    /// The birth date in the century that is not ahead; none where the state does not know it and wrote fillers.
    fn birth(&self, range: Range<usize>) -> Result<Option<Date>, NumberFault> {
        let place = places(&range);
        if self.field(range.clone()).contains('<') {
            return Ok(None);
        }
        let (year, month, day) = self.date(range)?;
        let of = |century: u16| Date::new(century + year, month, day).filter(|birth| *birth <= self.today);
        of(2000)
            .or_else(|| of(1900))
            .map(Some)
            .ok_or(NumberFault::BirthDate(place))
    }

    fn expiry(&self, range: Range<usize>) -> Result<Date, NumberFault> {
        let place = places(&range);
        let (year, month, day) = self.date(range)?;
        let century = if 2000 + year > self.today.year() + FURTHEST_EXPIRY {
            1900
        } else {
            2000
        };
        Date::new(century + year, month, day).ok_or(NumberFault::ExpiryDate(place))
    }

    /// Year of the century, month, day.
    fn date(&self, range: Range<usize>) -> Result<(u16, u8, u8), NumberFault> {
        let field = self.field(range.clone());
        if let Some(at) = field.find(|c: char| !c.is_ascii_digit()) {
            return Err(NumberFault::Character(range.start + at + 1));
        }
        let two = |at: usize| {
            field
                .get(at..at + 2)
                .and_then(|t| t.parse::<u8>().ok())
                .unwrap_or(0)
        };
        Ok((u16::from(two(0)), two(2), two(4)))
    }
}

/// What both forms of zone carry.
struct Read {
    number: String,
    state: Range<usize>,
    nationality: Range<usize>,
    birth: Option<Date>,
    sex: Option<Sex>,
    expiry: Date,
    holder: String,
}

/// A range as places from 1.
const fn places(range: &Range<usize>) -> Place {
    (range.start + 1, range.end)
}
