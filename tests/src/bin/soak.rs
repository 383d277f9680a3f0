//! Lets things fail for a long time and says whether the station held.

use acceptance::chance::{Chance, seeded};
use acceptance::{drain, kills, root, soak};
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use std::time::Duration;

/// The whole station under a failing camera, on a virtual display; or the station without eyes.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// How long.
    #[arg(default_value_t = 30)]
    minutes: u32,
    #[command(flatten)]
    again: Again,
}

/// What else can be done for a long time.
#[derive(Subcommand)]
enum What {
    /// Kills the station without eyes at random moments.
    Kill {
        /// How often.
        #[arg(default_value_t = 2_000)]
        kills: u32,
        #[command(flatten)]
        again: Again,
    },
    /// Lets a long queue of small packets go.
    Drain {
        /// How many.
        #[arg(default_value_t = 10_000)]
        packets: u32,
        #[command(flatten)]
        again: Again,
    },
}

#[derive(clap::Args)]
struct Again {
    /// Seed of an earlier run, to repeat its faults.
    #[arg(long)]
    seed: Option<u64>,
}

impl Again {
    fn run<T>(&self, run: impl FnOnce(Chance, u64) -> Result<T>) -> Result<T> {
        match self.seed {
            Some(seed) => run(Chance::from_seed(seed), seed),
            None => seeded(run),
        }
    }
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    match arguments.what {
        None => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let endure = |chance, seed| runtime.block_on(endure(arguments.minutes, chance, seed));
            arguments.again.run(endure)
        }
        Some(What::Kill { kills, again }) => again.run(|mut chance, seed| {
            println!("{kills} kills; --seed {seed} repeats them");
            let toll = kills::endure(root::program("blind"), kills, &mut chance, |toll| {
                println!("{toll}")
            })?;
            println!("it held: {toll}; none lost, none doubled");
            Ok(ExitCode::SUCCESS)
        }),
        Some(What::Drain { packets, again }) => again.run(|mut chance, seed| {
            println!("{packets} packets; --seed {seed} repeats them");
            println!("it held: {}", drain::drain(packets, &mut chance)?);
            Ok(ExitCode::SUCCESS)
        }),
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
