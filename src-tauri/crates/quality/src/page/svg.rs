//! Text and lines of the page. Text is escaped here and nowhere else, and measured so that it stays in its field
//! whichever of the families the reader has.

/// Text for an element or an attribute. Characters that XML has no place for are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A coordinate with at most two decimals; what is not a number becomes 0, so that the page stays readable.
pub(super) fn n(value: f32) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A straight line.
pub(super) fn line(from: (f32, f32), to: (f32, f32), colour: &str, width: f32) -> String {
    let [x1, y1, x2, y2, width] = [from.0, from.1, to.0, to.1, width].map(n);
    format!("<path d=\"M{x1} {y1}L{x2} {y2}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>")
}

/// Width of a text in units of its size: the widest of the families, so that an estimate is never too small by much.
pub(super) fn ems(text: &str) -> f32 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.32,
        'f' | 'r' | 't' | '(' | ')' | '/' | '-' | '·' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' => 0.7,
        '\u{0}'..='\u{7F}' => 0.6,
        '\u{80}'..='\u{2FF}' | '\u{370}'..='\u{52F}' | '–' | '’' => 0.66,
        _ => 1.0,
    };
    text.chars().map(width).sum()
}

/// The text in lines no wider than `width`; between words where there are some, anywhere in Chinese.
pub(super) fn wrapped(text: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if !line.trim().is_empty() && ems(longer.trim_end()) * size > width {
            lines.push(line.trim_end().to_owned());
            line = piece.trim_start().to_owned();
        } else {
            line = longer;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Where a line may break: after a space, before a Chinese character that is no mark.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut space = false;
    for c in text.chars() {
        let breaks = space || ('\u{3400}'..='\u{9FFF}').contains(&c);
        if breaks {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
        space = c == ' ';
    }
    pieces
}

/// One line of text.
pub(super) struct Text<'a> {
    words: &'a str,
    at: (f32, f32),
    size: f32,
    colour: &'static str,
    bold: bool,
    anchor: &'static str,
}

impl<'a> Text<'a> {
    pub(super) const fn of(words: &'a str) -> Self {
        Self {
            words,
            at: (0.0, 0.0),
            size: 10.0,
            colour: super::sign::INK,
            bold: false,
            anchor: "start",
        }
    }

    /// Where its base line begins, or ends with [`Text::end`].
    pub(super) const fn at(mut self, x: f32, y: f32) -> Self {
        self.at = (x, y);
        self
    }

    pub(super) const fn size(mut self, size: f32) -> Self {
        self.size = size;
        self
    }

    pub(super) const fn colour(mut self, colour: &'static str) -> Self {
        self.colour = colour;
        self
    }

    pub(super) const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(super) const fn end(mut self) -> Self {
        self.anchor = "end";
        self
    }

    pub(super) const fn middle(mut self) -> Self {
        self.anchor = "middle";
        self
    }

    /// Made smaller until it fits.
    pub(super) fn within(mut self, width: f32) -> Self {
        let weight = if self.bold { 1.06 } else { 1.0 };
        let needs = ems(self.words) * self.size * weight;
        if needs > width {
            self.size *= width / needs;
        }
        self
    }

    pub(super) fn drawn(&self) -> String {
        if self.words.is_empty() {
            return String::new();
        }
        let [x, y, size] = [self.at.0, self.at.1, self.size].map(n);
        let anchor = match self.anchor {
            "start" => String::new(),
            other => format!(" text-anchor=\"{other}\""),
        };
        let weight = if self.bold { " font-weight=\"700\"" } else { "" };
        format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\"{anchor}{weight}>{}</text>",
            self.colour,
            escaped(self.words)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_leaves_its_text() {
        assert_eq!(
            escaped("<a b='&\"'>\u{0}\u{1b}\u{ffff}\n"),
            "&lt;a b=&#39;&amp;&quot;&#39;&gt; "
        );
    }

    #[test]
    fn lines_keep_every_word_and_the_width() {
        for text in [
            "a longer text of several words, and more",
            "单色有领正装，不臃肿不无袖，双肩端正",
        ] {
            let lines = wrapped(text, 10.0, 90.0);
            assert!(lines.len() > 1, "{lines:?}");
            assert!(lines.iter().all(|line| ems(line) * 10.0 <= 90.0), "{lines:?}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&lines.concat()), bare(text));
        }
    }
}
