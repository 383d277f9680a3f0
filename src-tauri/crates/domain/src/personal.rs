//! A wrapper that keeps personal data out of logs.

mod surname;

use serde::{Deserialize, Serialize};
use std::fmt;

/// Personal data of a sitter: a name, a document number, a birth date, a phone number.
///
/// `Debug` and `Display` print a placeholder, so that a log line or a panic message can never carry
/// the content. It serialises as the bare value, because packets and the store need the content.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The content; name the reason at the call when it leaves the program.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The content by value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl Personal<String> {
    /// The content as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name as the sitter's screen and the capture screen show it: `陈*涵`, `李*`, `欧阳*月`, `阿****提`. Of a surname
    /// of two letters both stay, and of the given name always something is hidden.
    pub fn masked_name(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let surname = if surname::is_compound(&letters) { 2 } else { 1 };
        let (surname, given) = letters.split_at(surname.min(letters.len()));
        let surname: String = surname.iter().collect();
        match given {
            [] => surname,
            [_] => format!("{surname}*"),
            [hidden @ .., last] => format!("{surname}{}{last}", "*".repeat(hidden.len())),
        }
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<personal>")
    }
}

impl<T> fmt::Display for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<personal>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_never_carries_the_content() {
        let name = Personal::new("陈思涵".to_string());
        assert_eq!(format!("{name} {name:?}"), "<personal> <personal>");
    }

    #[test]
    fn masked_names_keep_first_and_last() {
        let masked = |text: &str| Personal::new(text.to_string()).masked_name();
        assert_eq!(masked("陈思涵"), "陈*涵");
        assert_eq!(masked("李明"), "李*");
        assert_eq!(masked("欧阳明月"), "欧阳*月");
        assert_eq!(masked("欧阳月"), "欧阳*", "never the whole name");
        assert_eq!(masked("尉迟敬德"), "尉迟*德");
        assert_eq!(masked("欧阳"), "欧*", "a surname of one letter and a given name");
        assert_eq!(masked("阿依古丽"), "阿**丽");
        assert_eq!(masked(""), "");
    }
}
