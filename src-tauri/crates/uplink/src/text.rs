//! What text from outside may hold. Nothing is mended: markup and path tricks are either plain text or refused.

/// Longest identifier, in characters.
const MOST_IDENTIFIER: usize = 64;
/// Longest id of an enrolment, in characters.
const MOST_ENROLMENT: usize = 200;

/// True for what may name a session, a station, a message or a reason: letters and digits of any script, `-`, `_`,
/// `.` and `:`, at most 64 characters, not beginning with a dot. It can be neither a path nor markup.
pub(crate) fn is_identifier(text: &str) -> bool {
    is_name_of(text, MOST_IDENTIFIER)
}

/// The same for an enrolment, whose id may have a session's id and a hash in it; at most 200 characters.
pub(crate) fn is_enrolment(text: &str) -> bool {
    is_name_of(text, MOST_ENROLMENT)
}

fn is_name_of(text: &str, most: usize) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text.chars().count() <= most
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// True for one line of at most `most` characters. Markup is a line as good as any: it is shown as text.
pub(crate) fn is_line(text: &str, most: usize) -> bool {
    !text.chars().any(disturbs) && text.chars().count() <= most
}

/// True for text of at most `most` characters that may have several lines.
pub(crate) fn is_text(text: &str, most: usize) -> bool {
    !text
        .chars()
        .any(|c| disturbs(c) && !matches!(c, '\n' | '\r' | '\t'))
        && text.chars().count() <= most
}

/// Control characters, and those that turn the order of what stands around them.
fn disturbs(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_neither_path_nor_markup() {
        for good in ["sample-2027", "第3批", "a.b", "s:24010001"] {
            assert!(is_identifier(good), "{good}");
        }
        let long = "x".repeat(65);
        for bad in [
            "", "..", "../x", "a/b", "a\\b", "<b>", "a b", "a\u{0}", ".ssh", &long,
        ] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }

    #[test]
    fn a_line_has_no_control_and_an_end() {
        assert!(is_line("<script>../../etc", 20));
        assert!(!is_line("a\nb", 20));
        assert!(!is_line("a\u{202e}b", 20));
        assert!(!is_line("四个汉字多", 4));
        assert!(is_text("a\nb", 3));
        assert!(!is_text("a\u{1b}[31m", 20));
    }
}
