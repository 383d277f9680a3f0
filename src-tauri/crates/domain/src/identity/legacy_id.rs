//! The 15-digit number of first-generation cards (GB 11643-1989): area, two digits of the year, month, day, sequence. No
//! card of that kind is valid since 2013; the numbers stand on old rosters.

use super::date::Date;
use super::document::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Reader, digits_from};
use super::mod_11_2::check_character;
use super::resident_id;

pub(super) const READER: Reader = Reader {
    kinds: &[DocumentKind::ResidentId],
    means: |text| text.len() == 15 && digits_from(text, 0),
    read,
};

/// Makes it one of 18 characters: the century goes in (19; people born before 1900 are not in front of a camera), the
/// check character comes behind.
fn read(text: &str, today: Date) -> Result<DocumentNumber, NumberFault> {
    let length = || NumberFault::Length {
        found: text.chars().count(),
        expected: 15,
    };
    if text.len() != 15 || !digits_from(text, 0) {
        return Err(length());
    }
    let (area, rest) = text.split_at(6);
    let body = format!("{area}19{rest}");
    let mut digits = [0; 17];
    for (digit, letter) in digits.iter_mut().zip(body.chars()) {
        *digit = letter.to_digit(10).ok_or_else(length)?;
    }
    let whole = format!("{body}{}", check_character(&digits));
    let mut number = resident_id::read(&whole, today).map_err(|fault| match fault {
        // The places of what was typed.
        NumberFault::BirthDate(_) => NumberFault::BirthDate((7, 12)),
        NumberFault::BirthRange(_) => NumberFault::BirthRange((7, 12)),
        other => other,
    })?;
    number.warnings.push(NumberWarning::Upgraded);
    Ok(number)
}
