//! The foreigner's permanent residence card. 2017: the nationality in three letters and twelve digits. 2023: a 9, the
//! province that took the application, the nationality in three digits of ISO 3166-1, birth, sequence and the check
//! character of GB 11643 (rules of the National Immigration Administration of 2023).

use super::date::Date;
use super::division;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader};
use super::eighteen::Eighteen;
use super::nationality::{self, Nationality};

pub(super) const READER_2017: Reader = Reader {
    kinds: &[DocumentKind::ForeignerCard2017],
    means: |text| text.len() == 15 && text.is_ascii() && text.bytes().take(3).all(|b| b.is_ascii_uppercase()),
    read: read_2017,
};

pub(super) const READER_2023: Reader = Reader {
    kinds: &[DocumentKind::ForeignerCard2023],
    means: |text| text.chars().count() == 18 && text.starts_with('9'),
    read: read_2023,
};

/// What the twelve digits of the old card mean is not published, so neither birth nor check is read out of them.
fn read_2017(text: &str, _today: Date) -> Result<DocumentNumber, NumberFault> {
    if text.chars().count() != 15 {
        return Err(NumberFault::Length {
            found: text.chars().count(),
            expected: 15,
        });
    }
    let fits = |(i, c): (usize, char)| {
        if i < 3 {
            c.is_ascii_uppercase()
        } else {
            c.is_ascii_digit()
        }
    };
    if let Some(at) = text.chars().enumerate().position(|place| !fits(place)) {
        return Err(NumberFault::Character(at + 1));
    }
    let nationality = nationality::by_letters(&text[..3]);
    Ok(DocumentNumber {
        nationality,
        warnings: unknown(nationality).chain([NumberWarning::NoCheck]).collect(),
        ..DocumentNumber::new(DocumentKind::ForeignerCard2017, text.to_string())
    })
}

fn read_2023(text: &str, today: Date) -> Result<DocumentNumber, NumberFault> {
    let parts = Eighteen::read(text, today)?;
    if !text.starts_with('9') {
        return Err(NumberFault::Character(1));
    }
    let nationality = nationality::by_digits(&text[3..6]);
    let province = parts.area / 1000 % 100 * 10_000;
    let strange = division::of(province).is_none();
    Ok(DocumentNumber {
        birth: Some(parts.birth),
        nationality,
        warnings: unknown(nationality)
            .chain(strange.then_some(NumberWarning::AreaUnknown))
            .collect(),
        ..DocumentNumber::new(DocumentKind::ForeignerCard2023, text.to_string())
    })
}

fn unknown(found: Option<Nationality>) -> impl Iterator<Item = NumberWarning> {
    found
        .is_none()
        .then_some(NumberWarning::NationalityUnknown)
        .into_iter()
}
