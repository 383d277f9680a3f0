//! What all numbers of 18 characters share: six digits of area or nationality, eight of birth, three of sequence and a
//! check character.

use super::date::Date;
use super::document::NumberFault;
use super::mod_11_2::check_character;

/// The parts of a number whose check character fits.
pub(super) struct Eighteen {
    /// The first six digits.
    pub(super) area: u32,
    /// The birth date.
    pub(super) birth: Date,
    /// The sequence.
    pub(super) sequence: u32,
}

impl Eighteen {
    /// Reads a plain number.
    pub(super) fn read(text: &str, today: Date) -> Result<Self, NumberFault> {
        let letters: Vec<char> = text.chars().collect();
        if letters.len() != 18 {
            return Err(NumberFault::Length {
                found: letters.len(),
                expected: 18,
            });
        }
        let mut digits = [0u32; 17];
        for (i, digit) in digits.iter_mut().enumerate() {
            *digit = letters[i].to_digit(10).ok_or(NumberFault::Character(i + 1))?;
        }
        if !(letters[17].is_ascii_digit() || letters[17] == 'X') {
            return Err(NumberFault::Character(18));
        }
        if digits[0] == 0 {
            return Err(NumberFault::Area);
        }
        let birth = birth(&digits[6..14], 7, today)?;
        let expected = check_character(&digits);
        if letters[17] != expected {
            return Err(NumberFault::CheckDigit {
                position: 18,
                expected,
                found: letters[17],
            });
        }
        Ok(Self {
            area: value(&digits[..6]),
            birth,
            sequence: value(&digits[14..]),
        })
    }
}

/// Eight digits as the birth date of somebody alive; `at` is the place of the first one, from 1.
fn birth(digits: &[u32], at: usize, today: Date) -> Result<Date, NumberFault> {
    let place = (at, at + 7);
    let birth = Date::new(
        value(&digits[..4]) as u16,
        value(&digits[4..6]) as u8,
        value(&digits[6..]) as u8,
    )
    .ok_or(NumberFault::BirthDate(place))?;
    if birth > today || birth.year() < 1900 {
        return Err(NumberFault::BirthRange(place));
    }
    Ok(birth)
}

fn value(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |n, d| n * 10 + d)
}
