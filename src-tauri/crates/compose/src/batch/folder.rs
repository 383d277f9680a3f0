//! The output folder: every file appears whole or not at all.

use super::BatchFault;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, BatchFault> {
        std::fs::create_dir_all(path).map_err(|source| fault(path, source))?;
        Ok(Self(path.to_path_buf()))
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file beside its place, makes it durable, and moves it there.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), BatchFault> {
        let (place, part) = (self.path(name), self.path(&format!(".{name}.part")));
        let written = File::create(&part)
            .and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            })
            .and_then(|()| std::fs::rename(&part, &place));
        written.map_err(|source| {
            // What is half there helps nobody; that it cannot be removed changes nothing of the fault.
            let _ = std::fs::remove_file(&part);
            fault(&place, source)
        })
    }
}

pub(super) fn fault(path: &Path, source: std::io::Error) -> BatchFault {
    BatchFault::Output {
        path: path.to_path_buf(),
        source,
    }
}
