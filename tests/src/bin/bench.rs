//! Measures one part of the station and writes the figures as JSON.

use acceptance::bench::{Targets, batch, live, quality, standardise, sync};
use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Measures one part of the station.
#[derive(Parser)]
struct Arguments {
    /// What to measure.
    part: Part,
    /// File for the figures.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The live picture in the real window.
    Live,
    /// The checks on a still.
    Quality,
    /// The standardiser.
    Standardise,
    /// Store and queue.
    Sync,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let targets = Targets::builtin()?;
    // Measured on the disk that is written to in earnest, not on a memory file system.
    let folder = arguments
        .out
        .parent()
        .context("--out names no folder")?
        .to_path_buf();
    let figures = match arguments.part {
        Part::Live => live::measure(&targets, tempfile::tempdir_in(&folder)?.path()).await?,
        Part::Quality => quality::measure(&targets)?,
        Part::Standardise => {
            let mut figures = standardise::measure(&targets)?;
            figures.extend(batch::measure(&targets, tempfile::tempdir_in(&folder)?.path())?);
            figures
        }
        Part::Sync => sync::measure(&targets, &folder)?,
    };
    std::fs::write(&arguments.out, serde_json::to_vec_pretty(&figures)?)
        .with_context(|| arguments.out.display().to_string())
}
