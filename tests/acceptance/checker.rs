//! The independent photo checker.

use acceptance::root::root;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::Command;

/// Every photo passes the checker, which shares no code with what made it.
pub(crate) fn passes(photos: &[PathBuf]) -> Result<()> {
    let folder = root().join("target/venv-checker");
    let python = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    let answer = Command::new(&python)
        .arg(root().join("tests/checker/check_photo.py"))
        .args(photos)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .with_context(|| format!("{} is missing: `cargo xtask test` makes it", python.display()))?;
    let (out, err) = (
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr),
    );
    ensure!(answer.status.success(), "the checker refused:\n{out}\n{err}");
    ensure!(
        out.lines().count() == photos.len(),
        "the checker saw other photos:\n{out}"
    );
    Ok(())
}
