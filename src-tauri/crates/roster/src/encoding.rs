//! What a text is written in. A wrong guess would turn names into other names, so nothing is guessed that
//! cannot be told apart: what is left over is refused.

use crate::fault::RosterFault;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// An encoding that a roster's texts may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5.
    Big5,
}

/// Which encoding a file is read in, and how that came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The encoding.
    pub encoding: TextEncoding,
    /// What the file itself says, which may be wrong.
    pub declared: Option<TextEncoding>,
    /// No other one fits, or somebody chose it; otherwise the names must be looked at.
    pub sure: bool,
}

impl TextEncoding {
    /// All that can be chosen.
    pub const ALL: [Self; 5] = [
        Self::Utf8,
        Self::Gb18030,
        Self::Big5,
        Self::Utf16Le,
        Self::Utf16Be,
    ];

    /// Its word in commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
        }
    }

    /// The encoding of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.word() == word)
    }

    fn library(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
        }
    }

    fn of_library(encoding: &'static Encoding) -> Self {
        Self::ALL
            .into_iter()
            .find(|known| known.library() == encoding)
            .unwrap_or(Self::Utf8)
    }

    /// The text, when every byte of it is one.
    pub(crate) fn strictly(self, bytes: &[u8]) -> Option<String> {
        let text = self
            .library()
            .decode_without_bom_handling_and_without_replacement(bytes)?;
        (!text.contains('\0')).then(|| text.into_owned())
    }

    /// True when only the last one to three bytes are no text: a character that was cut.
    pub(crate) fn ends_in_half(self, bytes: &[u8]) -> bool {
        (1..=3).any(|cut| {
            let kept = bytes.len().checked_sub(cut).and_then(|kept| bytes.get(..kept));
            kept.is_some_and(|kept| self.strictly(kept).is_some())
        })
    }
}

/// The bytes without half a character at their end, whatever they are written in.
pub(crate) fn whole_part(bytes: &[u8]) -> &[u8] {
    for encoding in [TextEncoding::Utf8, TextEncoding::Gb18030] {
        for cut in 0..=3 {
            if let Some(kept) = bytes.len().checked_sub(cut).and_then(|kept| bytes.get(..kept))
                && encoding.strictly(kept).is_some()
            {
                return kept;
            }
        }
    }
    bytes
}

/// What lines of text without a mark are most likely written in. What the file declares decides only between those that fit.
pub(crate) fn guess(bytes: &[u8], declared: Option<TextEncoding>) -> Told {
    let fits = |encoding: TextEncoding| encoding.strictly(bytes).is_some();
    let (encoding, sure) = match () {
        () if bytes.is_ascii() => (declared.unwrap_or(TextEncoding::Gb18030), true),
        () if fits(TextEncoding::Utf8) => (TextEncoding::Utf8, true),
        () if !fits(TextEncoding::Gb18030) && fits(TextEncoding::Big5) => (TextEncoding::Big5, true),
        () if !is_strange(bytes) && !is_usual_big5(bytes) => (TextEncoding::Gb18030, true),
        () if declared.is_some_and(fits) => (declared.unwrap_or(TextEncoding::Gb18030), true),
        () if fits(TextEncoding::Big5) => (TextEncoding::Big5, false),
        () => (TextEncoding::Gb18030, false),
    };
    Told {
        encoding,
        declared,
        sure,
    }
}

/// A byte-order mark decides; else strict UTF-8, else UTF-16 by the zeros beside its plain letters, else GB18030,
/// which holds GBK and GB2312, unless it would be a text of strange characters or is one of usual ones in Big5. What
/// somebody chose is taken, if the text can be that.
pub(crate) fn decode(bytes: &[u8], chosen: Option<TextEncoding>) -> Result<(String, Told), RosterFault> {
    let (encoding, mark) = match (chosen, Encoding::for_bom(bytes)) {
        (Some(chosen), Some((marked, length))) if chosen.library() == marked => (Some(chosen), length),
        (Some(chosen), _) => (Some(chosen), 0),
        (None, Some((marked, length))) => (Some(TextEncoding::of_library(marked)), length),
        (None, None) => (unmarked(bytes), 0),
    };
    let encoding = encoding.ok_or(RosterFault::Encoding)?;
    let text = encoding.strictly(bytes.get(mark..).unwrap_or_default());
    // Nothing a person types holds a NUL; a picture or a program does.
    let text = text.ok_or(RosterFault::Encoding)?;
    let declared = (mark > 0).then_some(encoding);
    Ok((
        text,
        Told {
            encoding,
            declared,
            sure: true,
        },
    ))
}

fn unmarked(bytes: &[u8]) -> Option<TextEncoding> {
    match (std::str::from_utf8(bytes), wide(bytes)) {
        (_, Some(encoding)) => Some(TextEncoding::of_library(encoding)),
        (Ok(_), None) => Some(TextEncoding::Utf8),
        (Err(_), None) if is_strange(bytes) || is_usual_big5(bytes) => None,
        (Err(_), None) => Some(TextEncoding::Gb18030),
    }
}

/// UTF-16 without a mark: separators and line ends have a zero on the same side every time.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let plain = |byte: u8| matches!(byte, b',' | b';' | b'\t' | b'\r' | b'\n');
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in bytes.as_chunks::<2>().0 {
        match *pair {
            [sign, 0] if plain(sign) => little += 1,
            [0, sign] if plain(sign) => big += 1,
            _ => {}
        }
    }
    match (little, big) {
        (0, 0) => None,
        (_, 0) => Some(UTF_16LE),
        (0, _) => Some(UTF_16BE),
        // Not a text; the zeros in it have it refused.
        _ => None,
    }
}

/// Big5, Shift-JIS and others are nearly always GB18030 as well, of other and mostly rare characters. GB2312's 6,763
/// cover nearly all of what schools write in GB18030 (at least three of four, names included; confidence C), and
/// less than half of a text in another encoding that is read so.
fn is_strange(bytes: &[u8]) -> bool {
    let characters: Vec<[u8; 2]> = characters(bytes).collect();
    let usual = characters
        .iter()
        .filter(|[lead, trail]| (0xb0..=0xf7).contains(lead) && *trail >= 0xa1);
    usual.count() * 4 < characters.len() * 3
}

/// A few names may be usual characters in Big5 and in GB18030 alike. A longer text in GB18030, or one with the
/// heading 姓名, has characters that are rare in Big5 (those behind 0xc67e).
fn is_usual_big5(bytes: &[u8]) -> bool {
    characters(bytes).all(|pair| (*b"\xa4\x40"..=*b"\xc6\x7e").contains(&pair))
        && BIG5
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
}

/// Characters of two bytes. Signs (0xa1 to 0xa3 in all of these encodings) and characters of four bytes, which are
/// too new for any encoding but GB18030, tell nothing.
fn characters(bytes: &[u8]) -> impl Iterator<Item = [u8; 2]> {
    let mut rest = bytes.iter().copied();
    std::iter::from_fn(move || {
        loop {
            let lead = rest.find(|byte| *byte >= 0x80)?;
            let trail = rest.next().unwrap_or_default();
            if trail.is_ascii_digit() {
                rest.nth(1);
            } else if !(0xa1..=0xa3).contains(&lead) {
                return Some([lead, trail]);
            }
        }
    })
}
