//! Nationalities as documents write them: `assets/nationalities.tsv`.

use std::sync::LazyLock;

const LIST: &str = include_str!("../../../../../assets/nationalities.tsv");

/// One nationality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nationality {
    /// One to three letters, as in passports.
    pub letters: &'static str,
    /// Three digits of ISO 3166-1; empty for what only passports know.
    pub digits: &'static str,
    /// Name in Chinese.
    pub name_zh: &'static str,
    /// Name in English.
    pub name_en: &'static str,
}

static NATIONALITIES: LazyLock<Vec<Nationality>> = LazyLock::new(|| LIST.lines().filter_map(read).collect());

fn read(line: &'static str) -> Option<Nationality> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.split('\t');
    Some(Nationality {
        letters: fields.next()?,
        digits: fields.next()?,
        name_zh: fields.next()?,
        name_en: fields.next()?,
    })
}

/// By letters, without filler.
pub fn by_letters(letters: &str) -> Option<Nationality> {
    NATIONALITIES.iter().find(|n| n.letters == letters).copied()
}

/// By three digits.
pub fn by_digits(digits: &str) -> Option<Nationality> {
    NATIONALITIES
        .iter()
        .find(|n| !n.digits.is_empty() && n.digits == digits)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_once() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(NATIONALITIES.len(), lines);
        for one in NATIONALITIES.iter() {
            assert_eq!(by_letters(one.letters), Some(*one));
            if !one.digits.is_empty() {
                assert_eq!(by_digits(one.digits), Some(*one));
            }
        }
        assert_eq!(by_digits("682").map(|n| n.letters), Some("SAU"));
        assert_eq!(by_digits(""), None);
    }
}
