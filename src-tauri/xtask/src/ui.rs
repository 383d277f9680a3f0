//! The user interface and the other npm packages: installed and built when their sources have changed.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::external::{External, Failed};
use crate::progress;
use crate::stamp::Stamp;
use crate::tools::NPM;

/// Installs the npm packages of the UI.
///
/// # Errors
/// When npm fails.
pub(crate) fn ensure_packages(root: &Path) -> Result<()> {
    install(root, "ui", "npm-ui")
}

/// Installs the npm packages of the tus server that judges our uploads.
///
/// # Errors
/// When npm fails.
pub(crate) fn ensure_tus_server(root: &Path) -> Result<()> {
    if root.join("tests/tus-node/package.json").is_file() {
        install(root, "tests/tus-node", "npm-tus-node")?;
    }
    Ok(())
}

/// Builds `ui/dist`, which the station carries inside.
///
/// # Errors
/// When the build fails or leaves no page.
pub(crate) fn ensure_built(root: &Path) -> Result<()> {
    let stamp = Stamp::of(
        root.join("target/xtask/ui-dist.stamp"),
        &[root.join("ui"), root.join("assets")],
    )?;
    let page = root.join("ui/dist/index.html");
    if stamp.is_fresh() && page.is_file() {
        return Ok(());
    }
    progress::step("building the user interface");
    npm(root, "npm-build", ["run", "build"])
        .remedy("mend what is named above in ui/")
        .run()?;
    ensure!(page.is_file(), "the build of ui/ left no {}", page.display());
    stamp.set()
}

/// Checks the types of the UI.
///
/// # Errors
/// When npm's `check` fails.
pub(crate) fn check(root: &Path) -> Result<(), Failed> {
    npm(root, "npm-check", ["run", "check"])
        .remedy("mend what is named above in ui/")
        .live()
        .run()
}

/// Runs the unit tests of the UI and hands on each line.
///
/// # Errors
/// When npm's `test` fails.
pub(crate) fn test(root: &Path, each: impl FnMut(&str)) -> Result<(), Failed> {
    npm(root, "npm-test", ["test", "--if-present"])
        .remedy("mend the tests named above: npm --prefix ui test")
        .live()
        .run_with(each)
}

fn npm<const N: usize>(root: &Path, log: &str, arguments: [&str; N]) -> External {
    External::new(root, log, NPM)
        .dir(&root.join("ui"))
        .env("CI", "true")
        .args(arguments)
}

fn install(root: &Path, folder: &str, log: &str) -> Result<()> {
    let folder = root.join(folder);
    let modules = folder.join("node_modules");
    let inputs = [folder.join("package.json"), folder.join("package-lock.json")];
    let stamp = Stamp::of(modules.join(".installed.stamp"), &inputs)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    progress::step(&format!(
        "installing npm packages of {}",
        folder.strip_prefix(root).unwrap_or(&folder).display()
    ));
    if modules.is_dir() {
        // npm removes it anyhow; a stamp must not outlive a removal that was cut short.
        fs::remove_file(modules.join(".installed.stamp")).or_else(absent_is_fine)?;
    }
    External::new(root, log, NPM)
        .dir(&folder)
        .args(["ci", "--no-audit", "--no-fund", "--no-progress"])
        .remedy("see that the npm registry can be reached, then give the command again")
        .run()?;
    stamp.set()
}

fn absent_is_fine(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}
