//! Builds the programs: one profile and one set of features for all commands, so that nothing is compiled twice.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::external::External;
use crate::progress;

/// The app serves the built UI from inside itself; without this feature it would look for a development server.
pub(crate) const FEATURES: [&str; 2] = ["--features", "capture-station/custom-protocol"];

/// Builds programs into `target/release`: those named, or all. Each costs most of a minute on two cores.
///
/// # Errors
/// When cargo fails.
pub(crate) fn programs(root: &Path, names: &[&str]) -> Result<()> {
    progress::step("building the programs");
    let build = cargo(
        root,
        "cargo-build",
        &["build", "--workspace", "--exclude", "xtask"],
    )
    .args(FEATURES);
    let build = if names.is_empty() {
        build.args(["--bins"])
    } else {
        names
            .iter()
            .fold(build, |build, name| build.args(["--bin", name]))
    };
    build.run()?;
    Ok(())
}

/// A call of the cargo that runs this program, on exactly the locked dependencies, with the release profile.
pub(crate) fn cargo(root: &Path, log: &str, arguments: &[&str]) -> External {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    External::new(root, log, cargo)
        .args(arguments)
        .args(["--release", "--locked"])
        .remedy(
            "mend the first error above; if crates could not be fetched, see that crates.io can be reached",
        )
}

/// Where a built program lies.
pub(crate) fn program(root: &Path, name: &str) -> PathBuf {
    root.join("target/release")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
