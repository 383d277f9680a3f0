//! What a text is written in. A wrong guess would turn names into other names, so nothing is guessed that
//! cannot be told apart: what is left over is refused.

use crate::fault::RosterFault;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

/// A byte-order mark decides; else strict UTF-8, else UTF-16 by the zeros beside its plain letters, else GB18030,
/// which holds GBK and GB2312, unless it would be a text of strange characters or is one of usual ones in Big5.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, RosterFault> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default()),
        None => match (std::str::from_utf8(bytes), wide(bytes)) {
            (_, Some(encoding)) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
            (Ok(text), None) => Some(text.into()),
            (Err(_), None) if is_strange(bytes) || is_usual_big5(bytes) => None,
            (Err(_), None) => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        },
    };
    // Nothing a person types holds a NUL; a picture or a program does.
    text.filter(|text| !text.contains('\0'))
        .map(|text| text.into_owned())
        .ok_or(RosterFault::Encoding)
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
