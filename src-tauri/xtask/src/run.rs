//! `cargo xtask run`: the station for daily use.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::system::Purpose;
use crate::{compile, progress, setup};

/// Sets up, builds and starts the station; `words` go to it. Ends with its exit code.
///
/// # Errors
/// When set-up or build fail, or the station cannot be started.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<ExitCode> {
    setup::station(root, &[Purpose::Build, Purpose::Models])?;
    compile::programs(root, &["capture-station", "station"])?;
    progress::step("starting the station");
    let words = words.strip_prefix(&["--"]).unwrap_or(words);
    let status = Command::new(compile::program(root, "capture-station"))
        .args(words)
        .status()
        .context("target/release/capture-station could not be started")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
