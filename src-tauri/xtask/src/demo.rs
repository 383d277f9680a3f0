//! `cargo xtask demo`: the main job, shown.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::external::External;
use crate::system::Purpose;
use crate::{compile, progress, setup};

/// What the demo leaves in `target/demo`, and what each folder holds.
const RESULTS: [(&str, &str); 3] = [
    (
        "photos",
        "the standard photos, their originals and quality reports",
    ),
    ("packets", "the packets as the server holds them"),
    ("screens", "every step as the operator saw it"),
];

/// Sets up, builds and runs the main job with the scripted operator.
///
/// # Errors
/// When set-up, build or the job itself fail, or a result is missing.
pub(crate) fn run(root: &Path) -> Result<()> {
    setup::station(root, &[Purpose::Build, Purpose::Models, Purpose::Window])?;
    compile::programs(root)?;
    let out = root.join("target/demo");
    if out.exists() {
        fs::remove_dir_all(&out)
            .with_context(|| format!("{} of the last demo cannot be removed", out.display()))?;
    }
    progress::step("the scripted operator takes two sitters through the whole job");
    External::new(root, "operator", compile::program(root, "operator"))
        .arg_path("--out", &out)
        .arg_path("--central-bin", &compile::program(root, "central"))
        .arg_path("--app", &compile::program(root, "capture-station"))
        .arg_path("--sitters", &root.join("target/sitters"))
        .remedy("the last lines above say at which step it stopped; target/demo/screens shows what the operator saw")
        .live()
        .run()?;
    summary(root, &out)
}

/// Names each file that the demo left.
fn summary(root: &Path, out: &Path) -> Result<()> {
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
            text += &format!(
                "  {:<60} {:>8.1} KB\n",
                file.strip_prefix(root).unwrap_or(&file).display(),
                bytes as f64 / 1000.0
            );
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
