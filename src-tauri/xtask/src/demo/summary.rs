//! What the demo left behind, named file by file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::progress;

/// What the demo leaves in `target/demo`, and what each folder holds.
const RESULTS: [(&str, &str); 3] = [
    (
        "photos",
        "the standard photos, their originals and quality reports",
    ),
    ("packets", "the packets as the server holds them"),
    ("screens", "every step as the operator saw it"),
];

/// Prints the name and size of each file that the demo left.
///
/// # Errors
/// When a folder that it must leave is missing or empty.
pub(super) fn print(root: &Path, out: &Path) -> Result<()> {
    let mut text = String::new();
    for (folder, holds) in RESULTS {
        let files = files(&out.join(folder))?;
        if files.is_empty() {
            bail!(
                "the demo left nothing in target/demo/{folder} ({holds}); what to do: read target/xtask/operator.log"
            );
        }
        text += &format!("\n{holds}:\n");
        for file in files {
            let bytes = fs::metadata(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?
                .len();
            let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
            text += &format!("  {name:<64} {:>8.1} KB\n", bytes as f64 / 1000.0);
        }
    }
    progress::step("the demo is complete");
    println!("{text}");
    Ok(())
}

/// All files below a folder, sorted; none when it does not exist.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_stayed_empty_is_named() {
        let root = std::env::temp_dir().join(format!("xtask-summary-{}", std::process::id()));
        for folder in ["photos", "packets", "screens"] {
            fs::create_dir_all(root.join(folder).join("below")).unwrap();
            fs::write(root.join(folder).join("below/file"), "x").unwrap();
        }
        print(&root, &root).unwrap();
        fs::remove_file(root.join("packets/below/file")).unwrap();
        assert!(
            print(&root, &root)
                .unwrap_err()
                .to_string()
                .contains("nothing in target/demo/packets")
        );
        fs::remove_dir_all(&root).unwrap();
    }
}
