//! Text inside HTML and inside addresses.

/// Text as HTML shows it; nothing in it can become markup.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A time of the ledger (RFC 3339, UTC) as people read it, to the second.
pub(super) fn time(text: &str) -> String {
    match text.get(..19) {
        Some(time) => format!("{} UTC", time.replace('T', " ")),
        None => text.to_owned(),
    }
}

/// Text as a value behind the question mark of an address.
pub(super) fn query(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_stays_text() {
        assert_eq!(
            super::escape("<b a=\"1\">&'"),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39;"
        );
        assert_eq!(super::time("2026-11-28T05:23:34.4Z"), "2026-11-28 05:23:34 UTC");
        assert_eq!(super::time("2026"), "2026");
        assert_eq!(super::query("护 1&page=9"), "%E6%8A%A4%201%26page%3D9");
    }
}
