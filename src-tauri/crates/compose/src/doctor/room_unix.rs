//! Free room on the disk, where the system is a Unix.

use std::path::Path;

/// Bytes that this account can still write on the disk of a folder.
pub(super) fn free(folder: &Path) -> Result<Option<u64>, std::io::Error> {
    let facts = rustix::fs::statvfs(folder)?;
    Ok(Some(facts.f_bavail.saturating_mul(facts.f_frsize)))
}
