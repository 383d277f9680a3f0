//! Stamps: a step whose inputs have not changed since it last succeeded is not done again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What a step was last done with, kept in a file beside its result.
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// The stamp in `file` for the present content of `inputs`: files, and folders with all below them.
    ///
    /// Folders named `node_modules`, `dist` or starting with a dot are not inputs.
    ///
    /// # Errors
    /// When an input cannot be read. One that does not exist counts as absent.
    pub(crate) fn of(file: PathBuf, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            add(input, &mut hasher)?;
        }
        Ok(Self {
            file,
            now: format!("{:016x}\n", hasher.finish()),
        })
    }

    /// Whether the step was done with the same inputs.
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|then| then == self.now)
    }

    /// Records that the step was done.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(&self.file, &self.now).with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

fn add(input: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let readable = || format!("{} cannot be read", input.display());
    if input.is_dir() {
        let entries = fs::read_dir(input).with_context(readable)?;
        let mut below = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()
            .with_context(readable)?;
        below.sort();
        for path in below.iter().filter(|path| !left_out(path)) {
            add(path, hasher)?;
        }
    } else if input.exists() {
        input.hash(hasher);
        fs::read(input).with_context(readable)?.hash(hasher);
    }
    Ok(())
}

fn left_out(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.is_dir() && (name.starts_with('.') || name == "node_modules" || name == "dist")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_fresh_until_an_input_changes() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let source = folder.join("src");
        fs::create_dir_all(source.join("node_modules")).unwrap();
        fs::write(source.join("a.ts"), "one").unwrap();
        let stamp = || Stamp::of(folder.join("made/stamp"), std::slice::from_ref(&source)).unwrap();

        assert!(!stamp().is_fresh(), "never done");
        stamp().set().unwrap();
        assert!(stamp().is_fresh(), "done, nothing changed");
        fs::write(source.join("node_modules/x.js"), "installed").unwrap();
        assert!(stamp().is_fresh(), "installed packages are no input");
        fs::write(source.join("a.ts"), "two").unwrap();
        assert!(!stamp().is_fresh(), "content changed");
        stamp().set().unwrap();
        fs::rename(source.join("a.ts"), source.join("b.ts")).unwrap();
        assert!(!stamp().is_fresh(), "name changed");
        fs::remove_dir_all(&folder).unwrap();
    }
}
