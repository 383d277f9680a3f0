//! Lets the camera fail for a long time and says whether the station held.

use acceptance::chance::{Chance, seeded};
use acceptance::soak;
use anyhow::Result;
use clap::Parser;
use std::process::ExitCode;
use std::time::Duration;

/// The whole station under a failing camera, on a virtual display.
#[derive(Parser)]
struct Arguments {
    /// How long.
    #[arg(default_value_t = 30)]
    minutes: u32,
    /// Seed of an earlier run, to repeat its faults.
    #[arg(long)]
    seed: Option<u64>,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let run = |chance, seed| runtime.block_on(endure(arguments.minutes, chance, seed));
    match arguments.seed {
        Some(seed) => run(Chance::from_seed(seed), seed),
        None => seeded(run),
    }
}

async fn endure(minutes: u32, mut chance: Chance, seed: u64) -> Result<ExitCode> {
    println!("{minutes} minutes under a failing camera; --seed {seed} repeats them");
    let folder = tempfile::tempdir()?;
    let length = Duration::from_secs(60) * minutes;
    let outcome = soak::soak(folder.path(), length, &mut chance, |standing| {
        println!("{standing}")
    })
    .await?;
    let complaints = outcome.complaints(1.05);
    if !complaints.is_empty() {
        println!("it did not hold: {}", complaints.join("; "));
        return Ok(ExitCode::FAILURE);
    }
    println!("it held: the preview is live, memory and threads are as after the warm-up");
    Ok(ExitCode::SUCCESS)
}
