//! Where papers go.

use crate::{Settings, models_folder};
use books::Books;
use std::path::{Path, PathBuf};

/// The maker of this station's papers. Nothing is read or made before the first paper.
///
/// # Errors
/// The language of the settings, when there are no words in it.
pub fn open_papers(settings: &Settings) -> Result<Books, books::UnknownLanguage> {
    let named = &settings.papers.folder;
    let folder = if named.is_empty() {
        books::default_folder(documents(), &settings.data)
    } else {
        settings.data.join(named)
    };
    let font = models_folder(settings).join("noto-sans-sc.ttf");
    Books::new(folder, font, &settings.papers.language)
}

/// The documents of this user, where there is such a folder.
fn documents() -> Option<PathBuf> {
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
    Some(Path::new(&home).join("Documents")).filter(|folder| folder.is_dir())
}
