use super::SheetFault;
use print::jpeg::DrawFault;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What is written, known by the file's ending.
pub(super) enum Output {
    Pdf(PathBuf),
    Jpeg(PathBuf),
}

impl Output {
    pub(super) fn named(file: &Path) -> Result<Self, SheetFault> {
        let ending = file
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        match ending.as_str() {
            "pdf" => Ok(Self::Pdf(file.to_path_buf())),
            "jpg" | "jpeg" => Ok(Self::Jpeg(file.to_path_buf())),
            _ => Err(SheetFault::Kind(file.to_path_buf())),
        }
    }
}

/// `sheet.jpg`, or `sheet-1.jpg`, `sheet-2.jpg`… for several.
pub(super) fn numbered(file: &Path, count: usize) -> Vec<PathBuf> {
    if count == 1 {
        return vec![file.to_path_buf()];
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    (1..=count)
        .map(|number| file.with_file_name(format!("{stem}-{number}.{ending}")))
        .collect()
}

/// Refuses what cannot or must not be written, before anything is.
pub(super) fn check(files: &[PathBuf], photos: &[PathBuf], force: bool) -> Result<(), SheetFault> {
    for file in files {
        let folder = folder(file);
        if !folder.is_dir() {
            return Err(SheetFault::NoFolder(folder.to_path_buf()));
        }
        let Ok(there) = file.canonicalize() else {
            continue;
        };
        if photos
            .iter()
            .any(|photo| photo.canonicalize().is_ok_and(|p| p == there))
        {
            return Err(SheetFault::OutIsPhoto(file.clone()));
        }
        if !force {
            return Err(SheetFault::Exists(file.clone()));
        }
    }
    Ok(())
}

/// Writes each file beside its place and moves all there when all are whole; only their owner can read them, for they
/// show faces.
pub(super) fn write(
    files: &[PathBuf],
    sheets: impl Iterator<Item = Result<Vec<u8>, DrawFault>>,
    force: bool,
) -> Result<(), SheetFault> {
    let failed = |path: &Path, source| SheetFault::Write {
        path: path.to_path_buf(),
        source,
    };
    let mut written: Vec<(&PathBuf, NamedTempFile)> = vec![];
    for (file, bytes) in files.iter().zip(sheets) {
        let bytes = bytes?;
        let whole = NamedTempFile::new_in(folder(file)).and_then(|mut whole| {
            whole.write_all(&bytes)?;
            whole.as_file().sync_all()?;
            Ok(whole)
        });
        written.push((file, whole.map_err(|e| failed(file, e))?));
    }
    let mut placed: Vec<&PathBuf> = vec![];
    for (file, whole) in written {
        let moved = if force {
            whole.persist(file)
        } else {
            whole.persist_noclobber(file)
        };
        if let Err(e) = moved {
            // What was replaced is gone either way; what is new must not look like a finished job.
            for file in placed {
                let _gone = std::fs::remove_file(file);
            }
            return Err(failed(file, e.error));
        }
        placed.push(file);
    }
    Ok(())
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
