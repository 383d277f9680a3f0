//! Keys a person presses.

/// A key or a chord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Enter.
    Enter,
    /// The space bar.
    Space,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// The arrow that points down.
    Down,
    /// A function key, 1..=12.
    F(u8),
    /// A character.
    Char(char),
    /// Alt with a character.
    Alt(char),
    /// Control with a character.
    Control(char),
}

impl Key {
    /// Its code points in the WebDriver protocol, in the order they go down.
    pub fn codes(self) -> Vec<char> {
        match self {
            Self::Enter => vec!['\u{e007}'],
            Self::Space => vec![' '],
            Self::Escape => vec!['\u{e00c}'],
            Self::Tab => vec!['\u{e004}'],
            Self::Down => vec!['\u{e015}'],
            Self::F(number) => vec![char::from_u32(0xe030 + u32::from(number)).unwrap_or('\u{e031}')],
            Self::Char(c) => vec![c],
            Self::Alt(c) => vec!['\u{e00a}', c],
            Self::Control(c) => vec!['\u{e009}', c],
        }
    }
}
