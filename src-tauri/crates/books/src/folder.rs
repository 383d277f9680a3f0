//! The folder of the papers.

use domain::port::PaperFault;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where papers go when nobody chose a folder: `capture-station` among this user's documents, else in the data folder.
pub fn default_folder(documents: Option<PathBuf>, data: &Path) -> PathBuf {
    documents.map_or_else(|| data.join("papers"), |folder| folder.join("capture-station"))
}

/// Writes a file so that it is there whole or not at all; gives its path. One of the same name is replaced.
pub(crate) fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, PaperFault> {
    let fault = |error: std::io::Error| PaperFault::Folder(error.to_string());
    fs::create_dir_all(folder).map_err(fault)?;
    let (last, first) = (folder.join(name), folder.join(format!("{name}.part")));
    let written = File::create(&first).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&first, &last)) {
        if first.exists() && fs::remove_file(&first).is_err() {
            return Err(PaperFault::Folder(format!("{error}; half a file stays")));
        }
        return Err(fault(error));
    }
    Ok(last.display().to_string())
}
