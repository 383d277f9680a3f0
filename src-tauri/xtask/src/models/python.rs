//! A Python environment of the repository's own, with exactly the packages of one requirements file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::external::External;
use crate::stamp::Stamp;
use crate::{progress, tools};

/// An environment that is ready to use.
pub(super) struct Python {
    program: PathBuf,
}

impl Python {
    /// The environment `target/NAME` with the packages of `requirements` (relative to the root), a complete list;
    /// made anew when that file has changed, untouched and without network when not.
    pub(super) fn ensure(root: &Path, name: &str, requirements: &str) -> Result<Self> {
        let folder = root.join("target").join(name);
        let program = if cfg!(windows) {
            folder.join("Scripts/python.exe")
        } else {
            folder.join("bin/python")
        };
        let python = Self { program };
        let stamp = Stamp::of(folder.join("ready"), &[root.join(requirements)])?;
        if stamp.is_fresh() && python.program.exists() {
            return Ok(python);
        }
        progress::note(&format!("making the Python environment target/{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        External::new(root, name, tools::PYTHON)
            .args(["-m", "venv"])
            .args([&folder])
            .remedy("install python3-venv (Debian: `sudo apt-get install python3-venv`), then give the command again")
            .run()?;
        python
            .call(root, name)
            .args([
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--only-binary=:all:",
                "--no-deps",
            ])
            .arg_path("--requirement", &root.join(requirements))
            .remedy("see that the Python package index can be reached, then give the command again")
            .run()?;
        stamp.set()?;
        Ok(python)
    }

    /// A call of its interpreter; `log` names the log.
    pub(super) fn call(&self, root: &Path, log: &str) -> External {
        External::new(root, log, &self.program).env("PYTHONDONTWRITEBYTECODE", "1")
    }
}
