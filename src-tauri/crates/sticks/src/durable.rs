//! Writing on a disk that may be pulled out at any moment, and reading from one that nobody vouches for.

use domain::port::StickFault;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// Writes a file so that it is there whole or not at all: another name first, fsync, rename, fsync of the folder.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), StickFault> {
    let half = path.with_extension("part");
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&half)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&half, path));
    if let Err(error) = written {
        // Half a file must not keep a full stick full; when it cannot be removed either, the stick is gone.
        let _ = fs::remove_file(&half);
        return Err(of_io(&error));
    }
    match path.parent() {
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}

/// Reads a file of at most `limit` bytes; `None` when there is none.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, StickFault> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(of_io(&error)),
    };
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| of_io(&error))?;
    if bytes.len() as u64 > limit {
        return Err(StickFault::Altered("a file is larger than it may be".to_string()));
    }
    Ok(Some(bytes))
}

/// Makes names in a folder durable. Windows has no such call and needs none.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StickFault> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| of_io(&error))
    } else {
        Ok(())
    }
}

pub(crate) fn of_io(error: &io::Error) -> StickFault {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StickFault::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StickFault::ReadOnly,
        ErrorKind::NotFound | ErrorKind::NotADirectory => StickFault::Gone,
        _ => StickFault::Failed(error.to_string()),
    }
}
