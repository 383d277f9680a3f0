//! Passport numbers as typed from the page: letters and digits, no check character. States write 6 to 9 of them (ICAO Doc
//! 9303-3 leaves room for nine); said to be a passport, a number may have up to 20.

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader};

/// Characters of a number at least, and at most when nobody said that it is a passport's, and when somebody did.
pub(super) const LEAST: usize = 5;
const USUAL: std::ops::RangeInclusive<usize> = 6..=9;
const MOST: usize = 20;

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::Passport],
    means,
    read,
};

/// Digits alone are only taken for a passport when there are nine: fewer are a number not typed to its end.
fn means(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
    plain && USUAL.contains(&text.len()) && digits >= 4 && (digits < text.len() || digits == *USUAL.end())
}

fn read(text: &str, _today: Date) -> Result<DocumentNumber, NumberFault> {
    if let Some(at) = text.chars().position(|c| !c.is_ascii_alphanumeric()) {
        return Err(NumberFault::Character(at + 1));
    }
    if !(LEAST..=MOST).contains(&text.len()) {
        return Err(NumberFault::Length {
            found: text.len(),
            expected: *USUAL.end(),
        });
    }
    Ok(DocumentNumber {
        warnings: vec![NumberWarning::NoCheck],
        ..DocumentNumber::new(DocumentKind::Passport, text.to_string())
    })
}
