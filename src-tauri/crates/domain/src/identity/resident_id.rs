//! The 18-digit citizen identity number of GB 11643-1999: six digits of area, eight of birth, three of
//! sequence (odd male, even female) and a check character by ISO 7064 MOD 11-2.

use super::date::Date;

/// Weights of the first 17 digits (GB 11643-1999, table 1).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by remainder 0..=10.
const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// A number that passed every check.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentId {
    text: String,
    birth: Date,
}

/// Why a number is not valid. Positions count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResidentIdFault {
    /// Not 18 characters.
    #[error("the number has {0} characters instead of 18")]
    Length(usize),
    /// A character that cannot stand there.
    #[error("character {0} of the number cannot stand there")]
    Character(usize),
    /// The area does not begin with a digit 1 to 9.
    #[error("the area code is not one")]
    Area,
    /// Digits 7 to 14 are no day.
    #[error("digits 7 to 14 are not a date")]
    BirthDate,
    /// The birth date lies in the future or before 1900.
    #[error("the birth date is in the future or too long ago")]
    BirthRange,
    /// The last character does not fit.
    #[error("the check character should be {expected}, not {found}")]
    CheckDigit {
        /// What the first 17 digits call for.
        expected: char,
        /// What stands there.
        found: char,
    },
}

impl ResidentId {
    /// Reads a number; full-width digits, spaces and a lower-case `x` are accepted.
    pub fn parse(text: &str, today: Date) -> Result<Self, ResidentIdFault> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
        let letters: Vec<char> = text.chars().collect();
        if letters.len() != 18 {
            return Err(ResidentIdFault::Length(letters.len()));
        }
        let mut digits = [0u32; 17];
        for (i, digit) in digits.iter_mut().enumerate() {
            *digit = letters[i].to_digit(10).ok_or(ResidentIdFault::Character(i + 1))?;
        }
        if !(letters[17].is_ascii_digit() || letters[17] == 'X') {
            return Err(ResidentIdFault::Character(18));
        }
        if digits[0] == 0 {
            return Err(ResidentIdFault::Area);
        }
        let number = |range: std::ops::Range<usize>| digits[range].iter().fold(0, |n, d| n * 10 + d);
        let birth = Date::new(number(6..10) as u16, number(10..12) as u8, number(12..14) as u8)
            .ok_or(ResidentIdFault::BirthDate)?;
        if birth > today || birth.year() < 1900 {
            return Err(ResidentIdFault::BirthRange);
        }
        let expected = check_character(&digits);
        if letters[17] != expected {
            return Err(ResidentIdFault::CheckDigit {
                expected,
                found: letters[17],
            });
        }
        Ok(Self { text, birth })
    }

    /// The 18 characters, `X` in upper case.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The birth date inside the number.
    pub const fn birth(&self) -> Date {
        self.birth
    }
}

impl std::fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<personal>")
    }
}

/// The check character the first 17 digits call for.
pub fn check_character(digits: &[u32; 17]) -> char {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    CHECK[(sum % 11) as usize]
}

/// Turns full-width letters and digits into plain ones, and `x` into `X`.
fn narrow(c: char) -> char {
    let plain = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    if plain == 'x' { 'X' } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Date {
        Date::new(2026, 11, 24).unwrap()
    }

    /// Public examples: the standard's own, and those of a tax office and a cloud vendor's manual.
    const VALID: [&str; 6] = [
        "11010519491231002X",
        "440524188001010014",
        "34052419800101001X",
        "830000199706020042",
        "810000199408230021",
        "932682198501010017",
    ];

    #[test]
    fn published_numbers_are_valid() {
        for text in VALID.iter().filter(|t| **t != "440524188001010014") {
            assert!(ResidentId::parse(text, today()).is_ok(), "{text}");
        }
        // Its check character is right, but nobody born in 1880 is in front of a camera.
        assert_eq!(
            ResidentId::parse(VALID[1], today()),
            Err(ResidentIdFault::BirthRange)
        );
    }

    #[test]
    fn wide_digits_and_a_small_x_are_read() {
        let wide = "１１０１０５１９４９１２３１００２ｘ";
        assert_eq!(
            ResidentId::parse(wide, today()).unwrap().as_str(),
            "11010519491231002X"
        );
        assert!(ResidentId::parse(" 110105 19491231 002x ", today()).is_ok());
    }

    #[test]
    fn each_fault_is_named() {
        let fault = |text| ResidentId::parse(text, today()).unwrap_err();
        assert_eq!(fault("1101051949123100"), ResidentIdFault::Length(16));
        assert_eq!(fault("11010519491231O02X"), ResidentIdFault::Character(15));
        assert_eq!(fault("010105194912310021"), ResidentIdFault::Area);
        assert_eq!(fault("110105194902310021"), ResidentIdFault::BirthDate);
        assert_eq!(fault("110105203012310021"), ResidentIdFault::BirthRange);
        assert_eq!(
            fault("110105194912310023"),
            ResidentIdFault::CheckDigit {
                expected: 'X',
                found: '3'
            }
        );
    }

    proptest! {
        /// MOD 11-2 catches every single wrong digit and every swap of two neighbours.
        #[test]
        fn one_wrong_digit_and_every_swap_is_caught(
            area in 110_000u32..660_000, day in 1u32..28, seq in 0u32..1000, at in 0usize..17, delta in 1u32..10
        ) {
            let body: Vec<u32> = format!("{area}200703{day:02}{seq:03}").chars().map(|c| c.to_digit(10).unwrap()).collect();
            let digits: [u32; 17] = body.try_into().unwrap();
            let check = check_character(&digits);
            let mut wrong = digits;
            wrong[at] = (wrong[at] + delta) % 10;
            prop_assert_ne!(check_character(&wrong), check);
            if at < 16 && digits[at] != digits[at + 1] {
                let mut swapped = digits;
                swapped.swap(at, at + 1);
                prop_assert_ne!(check_character(&swapped), check);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _outcome = ResidentId::parse(&text, today());
        }
    }
}
