//! Where a JPEG picture ends, and whether all of it is there, without decoding it.
//!
//! Drivers hand over buffers longer than the picture, with remains of older pictures behind it. The
//! segments are walked by their lengths (ITU-T T.81, annex B), the entropy-coded data is scanned for the
//! next marker, and restart markers must come in their cyclic order, which uncovers most pictures that
//! are half new and half old. One without restart markers can still hide such a seam.

/// What is known of a JPEG picture at the start of a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Bytes that belong to it: up to and with the end marker, or as far as it could be followed.
    pub(crate) len: usize,
    /// It has a frame header, a scan and its end marker, in order.
    pub(crate) complete: bool,
    /// Width and height in pixels from its frame header.
    pub(crate) size: Option<(u32, u32)>,
}

/// Follows the JPEG picture at the start of `bytes`. Never panics; reads each byte at most once.
pub(crate) fn extent(bytes: &[u8]) -> Extent {
    let mut size = None;
    let mut scanned = false;
    let end = |len: usize, complete: bool, size| Extent {
        len: len.min(bytes.len()),
        complete,
        size,
    };
    if !bytes.starts_with(&SOI) {
        // Not a JPEG at all: nothing can be trimmed from it.
        return end(bytes.len(), false, None);
    }
    let mut at = 2;
    loop {
        // A marker is 0xFF, any number of fill bytes 0xFF, and its code (B.1.1.2).
        let Some(&0xFF) = bytes.get(at) else {
            return end(at, false, size);
        };
        while bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let Some(&code) = bytes.get(at + 1) else {
            return end(bytes.len(), false, size);
        };
        match code {
            EOI => return end(at + 2, scanned && size.is_some(), size),
            0x01 => at += 2,
            // A picture within the picture: the old one's bytes begin, or the next one of a recording.
            0x00 | 0xD0..=0xD8 => return end(at, false, size),
            _ => {
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else {
                    return end(bytes.len(), false, size);
                };
                let length = usize::from(u16::from_be_bytes([high, low]));
                let Some(segment) = bytes.get(at + 4..at + 2 + length) else {
                    return end(if length < 2 { at } else { bytes.len() }, false, size);
                };
                if is_frame_header(code) {
                    // One picture has one frame header: another belongs to older bytes.
                    if size.is_some() {
                        return end(at, false, size);
                    }
                    size = frame_size(segment);
                }
                at += 2 + length;
                if code == SOS {
                    scanned = true;
                    match scan_end(bytes, at) {
                        Ok(next) => at = next,
                        Err(len) => return end(len, false, size),
                    }
                }
            }
        }
    }
}

const SOI: [u8; 2] = [0xFF, 0xD8];
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC), table B.1.
fn is_frame_header(code: u8) -> bool {
    matches!(code, 0xC0..=0xCF) && !matches!(code, 0xC4 | 0xC8 | 0xCC)
}

/// Width and height from a frame header's parameters (B.2.2); none when one of them is zero.
fn frame_size(segment: &[u8]) -> Option<(u32, u32)> {
    let &[_, y1, y0, x1, x0, ..] = segment else {
        return None;
    };
    let (width, height) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
    (width > 0 && height > 0).then_some((width.into(), height.into()))
}

/// Position of the first marker after the entropy-coded data that starts at `from`, or how far the
/// data can be trusted when it runs out or its restart markers are out of order.
fn scan_end(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut restart = 0xD0;
    let mut at = from;
    loop {
        let Some(step) = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|&b| b == 0xFF))
        else {
            return Err(bytes.len());
        };
        at += step;
        match bytes.get(at + 1) {
            None => return Err(bytes.len()),
            Some(0x00) => at += 2,
            Some(0xFF) => at += 1,
            Some(&code @ 0xD0..=0xD7) if code == restart => {
                restart = 0xD0 + (restart + 1) % 8;
                at += 2;
            }
            Some(0xD0..=0xD7) => return Err(at),
            Some(_) => return Ok(at),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The skeleton of a baseline picture: quantisation, frame header, a scan with stuffed bytes and
    /// `restarts` restart markers, the end.
    pub(crate) fn picture(width: u16, height: u16, restarts: usize, filling: &[u8]) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x06, 0xFF, 0xD8, 0xFF, 0xD9];
        out.extend([0xFF, 0xFF, 0xC0, 0x00, 0x0B, 8]);
        out.extend(height.to_be_bytes());
        out.extend(width.to_be_bytes());
        out.extend([1, 1, 0x11, 0, 0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 63, 0]);
        for restart in 0..=restarts {
            for &byte in filling {
                out.push(byte);
                if byte == 0xFF {
                    out.push(0);
                }
            }
            if restart < restarts {
                out.extend([0xFF, 0xD0 + (restart % 8) as u8]);
            }
        }
        out.extend([0xFF, 0xD9]);
        out
    }

    #[test]
    fn a_picture_with_old_bytes_behind_it_is_trimmed_to_its_end() {
        let whole = picture(1280, 720, 9, &[1, 0xFF, 2, 3]);
        let mut buffer = whole.clone();
        buffer.extend(&picture(640, 480, 0, &[7; 50])[20..]);
        assert_eq!(
            extent(&buffer),
            Extent {
                len: whole.len(),
                complete: true,
                size: Some((1280, 720))
            }
        );
    }

    #[test]
    fn a_half_picture_is_not_complete_whatever_old_bytes_follow() {
        let new = picture(64, 64, 11, &[1, 2, 3, 4, 5, 6]);
        let half = &new[..new.len() / 2];
        for tail in [
            vec![],
            vec![0; 300],
            new.clone(),
            new[10..].to_vec(),
            new[new.len() - 20..].to_vec(),
        ] {
            let buffer = [half, &tail].concat();
            assert!(!extent(&buffer).complete, "tail of {} bytes", tail.len());
        }
    }

    #[test]
    fn no_prefix_of_a_picture_is_complete() {
        let whole = picture(8, 8, 2, &[9, 0xFF, 8]);
        for cut in 0..whole.len() {
            assert!(!extent(&whole[..cut]).complete, "cut at {cut}");
        }
        assert!(extent(&whole).complete);
    }

    #[test]
    fn markers_without_a_picture_between_them_are_not_one() {
        assert!(!extent(&[0xFF, 0xD8, 0xFF, 0xD9]).complete);
        assert!(!extent(&picture(0, 480, 0, &[1])).complete);
        assert!(!extent(&[0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x01, 0xFF, 0xD9]).complete);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), begin in any::<bool>()) {
            if begin && bytes.len() > 1 {
                bytes[..2].copy_from_slice(&SOI);
            }
            prop_assert!(extent(&bytes).len <= bytes.len());
        }

        #[test]
        fn any_damage_to_a_picture_is_survived(at in 0usize..80, byte in any::<u8>(), cut in 0usize..120) {
            let mut bytes = picture(320, 240, 3, &[1, 0xFF, 3, 4]);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(cut);
            prop_assert!(extent(&bytes).len <= bytes.len());
        }
    }
}
