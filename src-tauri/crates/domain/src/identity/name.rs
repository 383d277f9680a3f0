//! Names as documents and rosters write them.

/// Characters of a name at most.
const MOST: usize = 40;

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Empty or longer than 40 characters.
    #[error("the name is empty or too long")]
    Length,
    /// A character no name has (a digit, a control character, markup), counted from 1.
    #[error("character {0} of the name cannot stand in a name")]
    Character(usize),
}

/// What is odd about a name that may be right all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameWarning {
    /// A character outside the usual 20,902 of Chinese: it may look otherwise, or be missing, on another machine.
    Rare,
    /// A character of a private-use area: only the machine that typed it knows what it is.
    PrivateUse,
}

impl NameWarning {
    /// All.
    pub const ALL: [Self; 2] = [Self::Rare, Self::PrivateUse];

    /// The code under which the UI has the words (`name_warning.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rare => "rare",
            Self::PrivateUse => "private_use",
        }
    }
}

/// The name without blanks around it; Latin letters, hyphens and dots stay as they were typed.
pub fn read(text: &str) -> Result<&str, NameFault> {
    let name = text.trim();
    let letters = name.chars().count();
    if letters == 0 || letters > MOST {
        return Err(NameFault::Length);
    }
    match name.chars().position(|c| !can_stand(c)) {
        Some(at) => Err(NameFault::Character(at + 1)),
        None => Ok(name),
    }
}

/// What is odd about a name.
pub fn warnings(name: &str) -> Vec<NameWarning> {
    let rare = name.chars().any(is_rare).then_some(NameWarning::Rare);
    let private = name.chars().any(is_private).then_some(NameWarning::PrivateUse);
    rare.into_iter().chain(private).collect()
}

/// Whether two names are one and the same, as two hands and two machines write it: whatever dot parts the names of
/// minorities, Latin letters large or small, hyphen, apostrophe and blank as passports leave them out, Chinese names
/// with a blank to fill a column.
pub fn names_agree(one: &str, other: &str) -> bool {
    let (one, other) = (comparable(one), comparable(other));
    !one.is_empty() && one == other
}

/// The form in which names are compared.
pub fn comparable(name: &str) -> String {
    let mut plain = String::new();
    let letters = name.chars().filter(|c| !is_selector(*c));
    for c in letters.map(narrow).flat_map(char::to_uppercase) {
        match c {
            c if is_dot(c) => plain.push('·'),
            c if is_apostrophe(c) => {}
            c if c.is_whitespace() || is_hyphen(c) => plain.push(' '),
            c => plain.push(c),
        }
    }
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let chinese = words
        .iter()
        .all(|word| word.chars().all(|c| is_han(c) || c == '·'));
    words.join(if chinese { "" } else { " " })
}

fn can_stand(c: char) -> bool {
    c.is_alphabetic()
        || is_dot(c)
        || is_hyphen(c)
        || is_apostrophe(c)
        || is_private(c)
        || is_selector(c)
        || matches!(c, ' ' | '\u{3000}')
}

/// Every dot that stands between the parts of a name on some keyboard or card.
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '·' | '•' | '．' | '‧' | '・' | '･' | '∙' | '⋅' | '●')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '－')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '＇' | '`')
}

/// Marks that choose one shape of a character.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

const fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Chinese characters beyond those of GB 13000.1: extensions A and later, and the compatibility block.
const fn is_rare(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{9fa6}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{4e00}'..='\u{9fff}') || is_rare(c) || is_private(c)
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_name_in_two_hands_agrees() {
        for (one, other) in [
            ("陈思涵", " 陈思涵 "),
            ("李明", "李　明"),
            ("李明", "李 明"),
            ("阿卜杜·热合曼", "阿卜杜•热合曼"),
            ("阿卜杜·热合曼", "阿卜杜.热合曼"),
            ("阿卜杜·热合曼", "阿卜杜 ・ 热合曼"),
            ("ERIKSSON ANNA MARIA", "Eriksson Anna Maria"),
            ("SMITH-JONES ANN", "Smith Jones Ann"),
            ("O'CONNOR ENYA", "O’Connor  Enya"),
            ("ＬＩ ＭＩＮＧ", "Li Ming"),
            ("葛\u{e0100}明", "葛明"),
            ("𬭎明", "𬭎 明"),
        ] {
            assert!(names_agree(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn different_names_do_not() {
        for (one, other) in [
            ("陈思涵", "陈思函"),
            ("阿卜杜·热合曼", "阿卜杜热合曼"),
            ("ANNA MARIA", "ANNAMARIA"),
            ("", ""),
            ("'", "-"),
        ] {
            assert!(!names_agree(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn what_no_name_has_is_named() {
        assert_eq!(read("  "), Err(NameFault::Length));
        assert_eq!(read(&"字".repeat(41)), Err(NameFault::Length));
        assert_eq!(read("陈3"), Err(NameFault::Character(2)));
        assert_eq!(read("<b>"), Err(NameFault::Character(1)));
        assert_eq!(read("陈\u{7}"), Err(NameFault::Character(2)));
        assert_eq!(read(" 陈思涵 "), Ok("陈思涵"));
    }

    #[test]
    fn rare_and_private_characters_are_told() {
        assert_eq!(warnings("陈思涵"), []);
        assert_eq!(warnings("𬭎明"), [NameWarning::Rare]);
        assert_eq!(warnings("李\u{e863}"), [NameWarning::PrivateUse]);
        assert!(read("李\u{e863}").is_ok());
    }

    proptest! {
        #[test]
        fn comparing_is_the_same_from_both_sides_and_twice(one in "\\PC{0,20}", other in "\\PC{0,20}") {
            prop_assert_eq!(names_agree(&one, &other), names_agree(&other, &one));
            let once = comparable(&one);
            prop_assert_eq!(comparable(&once), once);
        }
    }
}
