//! `cargo xtask soak`: what takes too long for the tests. The station under a failing camera, killed again and again,
//! or with a long queue.

use std::path::Path;

use anyhow::Result;

use crate::external::External;
use crate::system::Purpose;
use crate::{compile, progress, setup};

/// Runs it; `words` are the minutes, or `kill` or `drain` and a number, and `--seed NUMBER`.
///
/// # Errors
/// When set-up or build fails, or the station did not hold.
pub(crate) fn run(root: &Path, words: &[&str]) -> Result<()> {
    let (station, title) = match words.first() {
        Some(&"kill") => (
            "blind",
            "the station killed at random moments, a line a hundred kills",
        ),
        Some(&"drain") => ("blind", "a long queue of small packets"),
        _ => (
            "capture-station",
            "the station under a failing camera, a line a minute",
        ),
    };
    setup::station(root, &[Purpose::Build, Purpose::Models, Purpose::Window])?;
    compile::programs(root, &["soak", station])?;
    progress::step(title);
    External::new(root, "soak", compile::program(root, "soak"))
        .args(words)
        .remedy("the lines above say what did not hold; --seed with the number at the top repeats the faults")
        .live()
        .run()?;
    Ok(())
}
