//! The entries of a TIFF file's first directory, looked at before the codec believes them: it makes room for as many
//! values as an entry states, thirty-two bytes for each, before it looks whether they are there.

/// True when every entry's values lie inside the file (TIFF 6.0, section 2). Files with 64-bit offsets count as
/// broken: nothing that a picture of this station's size needs.
pub(super) fn fit(bytes: &[u8]) -> bool {
    entries_fit(bytes).unwrap_or(false)
}

fn entries_fit(bytes: &[u8]) -> Option<bool> {
    let little = bytes.starts_with(b"II*\0");
    if !little && !bytes.starts_with(b"MM\0*") {
        return None;
    }
    let short = |at: usize| -> Option<u16> {
        let word = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(if little {
            u16::from_le_bytes(word)
        } else {
            u16::from_be_bytes(word)
        })
    };
    let long = |at: usize| -> Option<usize> {
        let word = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(if little {
            u32::from_le_bytes(word)
        } else {
            u32::from_be_bytes(word)
        } as usize)
    };
    let directory = long(4)?;
    for entry in 0..usize::from(short(directory)?) {
        let at = directory.checked_add(2 + entry * 12)?;
        let size = long(at + 4)?.checked_mul(value_bytes(short(at + 2)?))?;
        if size > 4 && long(at + 8)?.checked_add(size)? > bytes.len() {
            return Some(false);
        }
    }
    Some(true)
}

/// Bytes of one value of a type; an unknown one counts as the widest.
const fn value_bytes(kind: u16) -> usize {
    match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        _ => 8,
    }
}
