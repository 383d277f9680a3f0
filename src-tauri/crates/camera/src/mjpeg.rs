//! Takes a recording of concatenated JPEG pictures apart.

use crate::jpeg;
use std::ops::Range;

/// Where the pictures of a recording lie, in order. Bytes between pictures (the headers of a multipart
/// stream, rubbish) are passed over; a picture that is cut short is listed too, so that a recording with
/// a fault in it plays with the fault. Never panics; takes time in proportion to the length.
pub(crate) fn split(recording: &[u8]) -> Vec<Range<usize>> {
    let mut pictures = Vec::new();
    let mut at = 0;
    while let Some(step) = recording.get(at..).and_then(next_start) {
        let start = at + step;
        // At least the start marker is passed over, so the loop always advances.
        at = start + jpeg::extent(&recording[start..]).len.max(START.len() - 1);
        pictures.push(start..at);
    }
    pictures
}

/// The start of a picture and the first byte of the marker that must follow it.
const START: [u8; 3] = [0xFF, 0xD8, 0xFF];

fn next_start(bytes: &[u8]) -> Option<usize> {
    bytes.windows(START.len()).position(|w| w == START)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jpeg::tests::picture;
    use proptest::prelude::*;

    #[test]
    fn a_cut_picture_is_kept_and_spoils_no_other() {
        let (a, b, c) = (
            picture(8, 8, 0, &[1; 40]),
            picture(8, 8, 1, &[2; 40]),
            picture(8, 8, 3, &[3; 9]),
        );
        let recording = [&a[..], b"--boundary\r\n\r\n", &b[..b.len() - 30], &c].concat();
        let found: Vec<_> = split(&recording)
            .into_iter()
            .map(|r| recording[r].to_vec())
            .collect();
        assert_eq!(found, [a, b[..b.len() - 30].to_vec(), c]);
    }

    proptest! {
        #[test]
        fn whole_pictures_come_apart_as_they_were_put_together(
            pictures in proptest::collection::vec(
                (1u16..2000, 1u16..2000, 0usize..10, proptest::collection::vec(any::<u8>(), 0..60)), 0..8),
            between in proptest::collection::vec(0u8..0xFF, 0..9),
        ) {
            let pictures: Vec<_> = pictures.iter().map(|(w, h, r, f)| picture(*w, *h, *r, f)).collect();
            let recording: Vec<u8> = pictures.iter().flat_map(|p| [&between[..], p].concat()).collect();
            let found: Vec<_> = split(&recording).into_iter().map(|r| recording[r].to_vec()).collect();
            prop_assert_eq!(found, pictures);
        }

        #[test]
        fn any_bytes_are_survived_and_ranges_lie_in_order(
            bytes in proptest::collection::vec(prop_oneof![Just(0xFFu8), Just(0xD8), Just(0xD9), Just(0xDA), any::<u8>()], 0..600),
        ) {
            let mut end = 0;
            for range in split(&bytes) {
                prop_assert!(range.start >= end && range.start < range.end && range.end <= bytes.len());
                end = range.end;
            }
        }
    }
}
