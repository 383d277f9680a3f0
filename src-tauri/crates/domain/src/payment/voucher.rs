//! Voucher numbers: letters and digits, the last of them a check character (ISO/IEC 7064, MOD 37,36).
//!
//! A voucher is good once, for a whole fee. Stations know of each only the hash of its number and the amount; the
//! central server says whether it was used somewhere else, and until it does the photo is held like one whose payment
//! is unknown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Fewest and most characters of a number, the check character included.
const LENGTHS: std::ops::RangeInclusive<usize> = 10..=24;
/// Letters and digits.
const RADIX: u32 = 36;
/// Vouchers of one session at most: its set-up travels whole.
pub const MOST: usize = 5000;

/// A voucher as a session's set-up names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VoucherTerms {
    /// SHA-256 of the number in capital letters without spaces, lower-case hex.
    pub sha256: String,
    /// What it is good for, in fen.
    pub amount_fen: u32,
}

/// The number as it is hashed, from what was typed or scanned: capital letters and digits, also out of a Chinese input
/// method; spaces and dashes do not count. `None` when it is too short or long, holds another character, or its check
/// character does not fit.
pub fn number(typed: &str) -> Option<String> {
    let mut number = String::new();
    for c in typed.trim().chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
            c => c,
        };
        match c {
            ' ' | '-' | '\u{3000}' => {}
            c if c.is_ascii_alphanumeric() => number.push(c.to_ascii_uppercase()),
            _ => return None,
        }
    }
    (LENGTHS.contains(&number.len()) && remainder(&number)? == 1).then_some(number)
}

/// The check character that goes behind a beginning of capital letters and digits; `None` for another character.
pub fn check_character(beginning: &str) -> Option<char> {
    (0..RADIX)
        .filter_map(|value| char::from_digit(value, RADIX))
        .map(|c| c.to_ascii_uppercase())
        .find(|check| remainder(&format!("{beginning}{check}")) == Some(1))
}

/// ISO/IEC 7064, MOD 37,36: 1 for a number with its check character.
fn remainder(number: &str) -> Option<u32> {
    let mut product = RADIX;
    let mut sum = 0;
    for c in number.chars() {
        sum = (product + c.to_digit(RADIX)?) % RADIX;
        let carried = if sum == 0 { RADIX } else { sum };
        product = carried * 2 % (RADIX + 1);
    }
    Some(sum)
}
