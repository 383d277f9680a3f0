//! The independent photo checker.

use acceptance::root::root;
use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every photo passes the checker, which shares no code with what made it.
pub(crate) fn passes(photos: &[PathBuf]) -> Result<()> {
    let told = asked("check_photo.py", photos)?;
    ensure!(
        told.lines().count() == photos.len(),
        "the checker saw other photos:\n{told}"
    );
    Ok(())
}

/// The checker finds every photo of a batch right and every refusal true, and knows drawn heads.
pub(crate) fn judges(originals: &Path, out: &Path) -> Result<()> {
    asked("judge_batch.py", &[originals, out])?;
    asked("judge_batch.py", &["--self-test"])?;
    Ok(())
}

/// Runs one of the checker's programs; what it says.
fn asked(program: &str, arguments: &[impl AsRef<OsStr>]) -> Result<String> {
    let folder = root().join("target/venv-checker");
    let python = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    let answer = Command::new(&python)
        .arg(root().join("tests/checker").join(program))
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .with_context(|| format!("{} is missing: `cargo xtask test` makes it", python.display()))?;
    let (out, err) = (
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr),
    );
    ensure!(answer.status.success(), "the checker refused:\n{out}\n{err}");
    Ok(out.into_owned())
}
