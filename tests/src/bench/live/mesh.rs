//! The face mesh alone, beside that of Python MediaPipe on the same frames.

use crate::bench::figure::{Figure, Targets, median};
use crate::root;
use anyhow::{Context, Result, ensure};
use domain::picture::Picture;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use vision::{FaceMesh, Models};

/// Timed frames of either.
const FRAMES: usize = 200;
/// Frames before the first one that counts.
const WARM: usize = 10;

/// What `tests/bench/face_mesh.py` prints.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MediaPipe {
    milliseconds: Vec<f64>,
    found: usize,
    threads: f64,
}

/// Times both on the pictures of a folder: half of our frames before the others and half after them.
pub(super) fn measure(targets: &Targets, pictures: &Path) -> Result<Figure> {
    let python = python();
    if !python.exists() {
        let why = "no Python with MediaPipe: target/xtask/venv-checker.log says why";
        return targets.unmeasured("mesh_ratio", why);
    }
    let frames = decoded(pictures)?;
    let mut mesh = FaceMesh::new(&Models::open(&root::models())?)?;
    let mut ours = ours(&mut mesh, &frames)?;
    let theirs = match theirs(&python, pictures)? {
        Ok(theirs) => theirs,
        Err(why) => return targets.unmeasured("mesh_ratio", why),
    };
    ours.extend(self::ours(&mut mesh, &frames)?);
    let (our, their) = (median(&ours), median(&theirs.milliseconds));
    targets.figure(
        "mesh_ratio",
        our / their,
        format!(
            "medians {our:.1} ms, one thread, and {their:.1} ms, {:.1} threads; {FRAMES} frames each",
            theirs.threads
        ),
    )
}

fn decoded(folder: &Path) -> Result<Vec<Picture>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let picture = |file: &PathBuf| {
        let decoded = photo::decode::picture(&std::fs::read(file)?, photo::decode::Limits::default())?;
        Ok(decoded.picture)
    };
    files.iter().map(picture).collect()
}

fn ours(mesh: &mut FaceMesh, frames: &[Picture]) -> Result<Vec<f64>> {
    let mut times = vec![];
    for (turn, frame) in frames.iter().cycle().take(WARM + FRAMES / 2).enumerate() {
        let start = Instant::now();
        let found = !mesh.next(frame)?.is_empty();
        let took = start.elapsed().as_secs_f64() * 1_000.0;
        if turn >= WARM {
            ensure!(found, "our mesh lost the face in frame {turn}");
            times.push(took);
        }
    }
    Ok(times)
}

/// The times of MediaPipe, or why there are none.
fn theirs(python: &Path, pictures: &Path) -> Result<Result<MediaPipe, String>> {
    let out = Command::new(python)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(root::root().join("tests/bench/face_mesh.py"))
        .arg(pictures)
        .arg(FRAMES.to_string())
        .output()
        .with_context(|| format!("{} cannot be started", python.display()))?;
    let said = String::from_utf8_lossy(&out.stderr);
    if !out.status.success() {
        let last = said.trim().lines().last().unwrap_or_default();
        return Ok(Err(format!("MediaPipe did not run: {last}")));
    }
    let mesh: MediaPipe = serde_json::from_slice(&out.stdout).context("face_mesh.py")?;
    ensure!(
        mesh.found == FRAMES && mesh.milliseconds.len() == FRAMES,
        "MediaPipe saw a face in {} of {FRAMES} frames",
        mesh.found
    );
    Ok(Ok(mesh))
}

/// The interpreter of the tests' independent checker, which has MediaPipe 0.10.21.
fn python() -> PathBuf {
    let folder = root::root().join("target/venv-checker");
    folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    })
}
