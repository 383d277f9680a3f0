//! Starts the reference central server, prints one line of JSON about it, and serves until it is killed.

use central::{Central, Config, Fault, Limits};
use clap::Parser;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The reference central server: sessions, rosters, orders, uploads, commits and verdicts.
#[derive(Parser)]
struct Arguments {
    /// Folder of the database, keys, uploads and packets; made when missing.
    #[arg(long)]
    dir: PathBuf,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Folder with session.toml, agreement.txt and roster.csv instead of the built-in sample school.
    #[arg(long)]
    school: Option<PathBuf>,
    /// age key of the recovery recipient that stations are told of, age1….
    #[arg(long)]
    recovery: Option<String>,
    /// Opens the /simulate doors: payment without a provider, and faults on demand.
    #[arg(long)]
    simulate: bool,
    /// A fault to begin with, as JSON, e.g. '{"target":"commit","kind":{"status":{"code":500}}}'.
    #[arg(long, requires = "simulate")]
    fault: Vec<String>,
}

fn main() -> anyhow::Result<()> {
    let level = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(level.unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let faults = arguments
        .fault
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<Vec<Fault>, _>>()?;
    let central = Central::start(&Config {
        dir: arguments.dir,
        listen: arguments.listen,
        school: arguments.school,
        simulate: arguments.simulate,
        recovery: arguments.recovery,
        limits: Limits::default(),
    })?;
    for fault in faults {
        central.inject(fault);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(central.greeting())?)?;
    out.flush()?;
    drop(out);
    central.wait();
    Ok(())
}
