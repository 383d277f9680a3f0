//! Where the repository lies.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// The repository's root: the nearest folder, from the current one upwards, that holds `src-tauri/xtask`.
///
/// Cargo names the package's own folder, which serves when the command is given from elsewhere.
pub(crate) fn find() -> Result<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    package
        .iter()
        .chain([&here])
        .flat_map(|start| start.ancestors())
        .find(|folder| folder.join("src-tauri/xtask/Cargo.toml").is_file())
        .map(PathBuf::from)
        .context("this is not inside the repository; change into it and give the command again")
}
