//! `cargo xtask soak`: the station under a failing camera for a long time.

use std::path::Path;

use anyhow::Result;

use crate::external::External;
use crate::system::Purpose;
use crate::{compile, progress, setup};

/// Runs it; `words` are the minutes and `--seed NUMBER`.
///
/// # Errors
/// When set-up or build fails, or the station did not hold.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<()> {
    setup::station(root, &[Purpose::Build, Purpose::Models, Purpose::Window])?;
    compile::programs(root, &["soak", "capture-station"])?;
    progress::step("the station under a failing camera, a line a minute");
    External::new(root, "soak", compile::program(root, "soak"))
        .args(words)
        .remedy("the lines above say what did not hold; --seed with the number at the top repeats the faults")
        .live()
        .run()?;
    Ok(())
}
