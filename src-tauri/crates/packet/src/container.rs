//! The layout inside the seal, version 2.
//!
//! ```text
//! magic   8 bytes   "CAPTURE" and the version byte 0x02
//! count   2 bytes   number of entries
//! entry   2 bytes   length of the name
//!         n bytes   the name, ASCII
//!         8 bytes   length of the content
//!         n bytes   the content
//! ```
//! Numbers are big-endian; nothing follows the last entry. The first entry is `manifest.json`, the second
//! `signature.json`, the station's signature over it.

/// Largest container that is written or read, in bytes: far above one capture, far below memory.
pub const MAX_CONTAINER: usize = 64 << 20;

const MAGIC: &[u8; 8] = b"CAPTURE\x02";
const MAX_ENTRIES: u16 = 16;

/// A container cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContainerFault {
    /// Not the magic of a container of this version.
    #[error("not a packet of this version")]
    Magic,
    /// Ends before it should, or goes on after its end.
    #[error("the packet's length does not fit its content")]
    Length,
    /// More than [`MAX_CONTAINER`] bytes or more entries than a packet has.
    #[error("the packet is too large")]
    TooLarge,
    /// A name that no packet uses: not `a-z`, `0-9`, `-` with one extension, or there twice.
    #[error("the packet holds an entry under a forbidden name")]
    Name,
}

/// Lays entries out one after the other.
pub(crate) fn write(entries: &[(&str, &[u8])]) -> Result<zeroize::Zeroizing<Vec<u8>>, ContainerFault> {
    let size = entries.iter().try_fold(MAGIC.len() + 2, |sum, (name, content)| {
        sum.checked_add(name.len() + 10)?.checked_add(content.len())
    });
    let size = size
        .filter(|s| *s <= MAX_CONTAINER)
        .ok_or(ContainerFault::TooLarge)?;
    if entries.len() > usize::from(MAX_ENTRIES) {
        return Err(ContainerFault::TooLarge);
    }
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(size));
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&(entries.len() as u16).to_be_bytes());
    for (at, (name, content)) in entries.iter().enumerate() {
        if !is_name(name) || entries[..at].iter().any(|(earlier, _)| earlier == name) {
            return Err(ContainerFault::Name);
        }
        bytes.extend_from_slice(&(name.len() as u16).to_be_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&(content.len() as u64).to_be_bytes());
        bytes.extend_from_slice(content);
    }
    Ok(bytes)
}

/// Reads the names and contents inside a seal in their order; every length is checked against what is there.
///
/// # Errors
/// [`ContainerFault`].
pub fn read(bytes: &[u8]) -> Result<Vec<(&str, &[u8])>, ContainerFault> {
    if bytes.len() > MAX_CONTAINER {
        return Err(ContainerFault::TooLarge);
    }
    let mut rest = bytes.strip_prefix(MAGIC).ok_or(ContainerFault::Magic)?;
    let count = u16::from_be_bytes(take_array(&mut rest)?);
    if count > MAX_ENTRIES {
        return Err(ContainerFault::TooLarge);
    }
    let mut entries: Vec<(&str, &[u8])> = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let length = u16::from_be_bytes(take_array(&mut rest)?);
        let name =
            std::str::from_utf8(take(&mut rest, u64::from(length))?).map_err(|_| ContainerFault::Name)?;
        if !is_name(name) || entries.iter().any(|(earlier, _)| *earlier == name) {
            return Err(ContainerFault::Name);
        }
        let length = u64::from_be_bytes(take_array(&mut rest)?);
        entries.push((name, take(&mut rest, length)?));
    }
    if rest.is_empty() {
        Ok(entries)
    } else {
        Err(ContainerFault::Length)
    }
}

fn take<'a>(rest: &mut &'a [u8], length: u64) -> Result<&'a [u8], ContainerFault> {
    let length = usize::try_from(length).map_err(|_| ContainerFault::Length)?;
    let (taken, left) = rest.split_at_checked(length).ok_or(ContainerFault::Length)?;
    *rest = left;
    Ok(taken)
}

fn take_array<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], ContainerFault> {
    let (taken, left) = rest.split_first_chunk::<N>().ok_or(ContainerFault::Length)?;
    *rest = left;
    Ok(*taken)
}

/// `stem.ext` of `a-z`, `0-9` and `-`, at most 64 bytes: nothing that a file system could take for a
/// path, a drive, a device or a hidden file.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !part.starts_with('-')
    };
    name.len() <= 64
        && name
            .split_once('.')
            .is_some_and(|(stem, ext)| plain(stem) && plain(ext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_a_file_system_would_follow_are_refused() {
        for name in [
            "../a.jpg", "/a.jpg", "a/b.jpg", "a\\b.jpg", "C:a.jpg", ".jpg", "a.", "a", "", "a.b.c", "A.jpg",
        ] {
            assert_eq!(write(&[(name, b"x")]).err(), Some(ContainerFault::Name), "{name}");
        }
        assert_eq!(
            write(&[("a.jpg", b"x"), ("a.jpg", b"y")]).err(),
            Some(ContainerFault::Name)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..8)) {
            let names: Vec<String> = (0..contents.len()).map(|i| format!("file-{i}.bin")).collect();
            let entries: Vec<(&str, &[u8])> =
                names.iter().zip(&contents).map(|(n, c)| (n.as_str(), c.as_slice())).collect();
            let bytes = write(&entries).unwrap();
            prop_assert_eq!(read(&bytes).unwrap(), entries);
        }

        #[test]
        fn any_bytes_end_in_entries_or_a_fault(tail in prop::collection::vec(any::<u8>(), 0..400), magic in any::<bool>()) {
            let mut bytes = if magic { MAGIC.to_vec() } else { Vec::new() };
            bytes.extend(tail);
            if let Ok(entries) = read(&bytes) {
                prop_assert!(entries.iter().all(|(name, _)| is_name(name)));
            }
        }

        #[test]
        fn a_cut_or_lengthened_container_is_refused(cut in 0usize..60, extra in any::<bool>()) {
            let bytes = write(&[("manifest.json", b"{}"), ("photo.jpg", b"0123456789")]).unwrap();
            let mut changed = bytes[..cut.min(bytes.len() - 1)].to_vec();
            if extra { changed = bytes.to_vec(); changed.push(0); }
            prop_assert!(read(&changed).is_err());
        }
    }
}
