//! Copying files so that they last, and hashing them on the way.

use super::{INDEX, Kept};
use crate::packet_folder::{PacketFolder, sync_folder};
use crate::private;
use crate::trouble::Trouble;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Bytes read at once.
const CHUNK: usize = 1 << 20;

/// Copies one file to where none is, and fsyncs it.
pub(super) fn copy(from: &Path, to: &Path, path: &str) -> Result<Kept, Trouble> {
    let mut source = File::open(from)?;
    let mut target = private::writing().create_new(true).open(to)?;
    let mut buffer = vec![0; CHUNK];
    let mut digest = Sha256::new();
    let mut size = 0;
    loop {
        let read = source.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        digest.update(bytes);
        target.write_all(bytes)?;
        size += read as u64;
    }
    target.sync_all()?;
    Ok(Kept {
        path: path.to_string(),
        size,
        sha256: hex::encode(digest.finalize()),
    })
}

/// Gives a finished folder its name: everything in it is durable before, its name afterwards.
pub(super) fn settle(part: &Path, whole: &Path) -> Result<(), Trouble> {
    for folder in [part.join("packets"), part.to_path_buf()] {
        if folder.is_dir() {
            sync_folder(&folder)?;
        }
    }
    if whole.is_dir() {
        // Empty, or it would not have come to this.
        std::fs::remove_dir(whole)?;
    }
    std::fs::rename(part, whole)?;
    match whole.parent() {
        Some(above) if !above.as_os_str().is_empty() => sync_folder(above),
        _ => Ok(()),
    }
}

/// The same name with `.part` behind it.
pub(super) fn part_of(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_os_string();
    name.push(".part");
    PathBuf::from(name)
}

/// True for a name that may stand in a list: a packet, or a plain file directly in the data folder.
pub(super) fn is_ours(path: &str) -> bool {
    if let Some(packet) = path.strip_prefix("packets/") {
        return packet.strip_suffix(".packet").is_some_and(PacketFolder::is_plain);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !path.is_empty()
        && path.len() <= 64
        && !path.starts_with('.')
        && path.chars().all(plain)
        && path != INDEX
        && path != "lock"
}
