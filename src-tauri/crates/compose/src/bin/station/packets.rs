//! `station join` and `station packet`.

use clap::Subcommand;
use compose::by_hand::{self, ByHandFault, Relayed};
use compose::inspect::{Question, inspect};
use compose::{Settings, joining};
use std::path::{Path, PathBuf};
use std::process::exit;

#[derive(Subcommand)]
pub(crate) enum Packet {
    /// Say what a packet is: its outside, and with a key what it holds.
    Inspect {
        /// Id of a packet of this station, or a file.
        packet: String,
        /// File with the age identity that opens it.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// Names and numbers of people in clear.
        #[arg(long, requires = "key")]
        personal: bool,
    },
    /// Write the waiting packets on a stick, and keep the acknowledgements that lie there. A running station does
    /// this itself (F8, U).
    Carry {
        /// Folder of the stick.
        stick: PathBuf,
    },
    /// Send what other stations left on a stick from here, and write the acknowledgements beside it.
    Relay {
        /// Folder of the stick.
        stick: PathBuf,
    },
}

pub(crate) fn run(data: &Path, command: &Packet) -> anyhow::Result<()> {
    match command {
        Packet::Inspect {
            packet,
            key,
            personal,
        } => {
            print!(
                "{}",
                inspect(&Question {
                    data,
                    packet,
                    key: key.as_deref(),
                    personal: *personal,
                })?
            );
            Ok(())
        }
        Packet::Carry { stick } => carry(&Settings::load(data)?, stick),
        Packet::Relay { stick } => relay(&Settings::load(data)?, stick),
    }
}

/// Shows a ticket to the central server.
pub(crate) fn join(data: &Path, url: &str, ticket: &str) -> anyhow::Result<()> {
    let id = joining::join(&Settings::load(data)?, url, ticket)?;
    println!("joined as {id}");
    Ok(())
}

fn carry(settings: &Settings, stick: &Path) -> anyhow::Result<()> {
    let mut written = |n: usize| {
        if n.is_multiple_of(100) {
            eprintln!("{n} packets written");
        }
    };
    let carried = by_hand::carry(settings, stick, &mut written)?;
    println!(
        "{} packets on the stick, {} acknowledgements kept, {} refused",
        carried.written.len(),
        carried.acknowledgements.len(),
        carried.refused
    );
    for packet in &carried.damaged {
        println!("left out, its file is damaged: {packet}");
    }
    if carried.refused > 0 || !carried.damaged.is_empty() {
        exit(1);
    }
    Ok(())
}

fn relay(settings: &Settings, stick: &Path) -> anyhow::Result<()> {
    let mut told = |relayed: &Relayed| match &relayed.outcome {
        Ok(()) => println!("acknowledged: {} {}", relayed.station, relayed.packet),
        Err(ByHandFault::Stick(fault)) => {
            println!("not sent: {} {}: {fault}", relayed.station, relayed.packet)
        }
        Err(fault) => println!("refused: {} {}: {fault}", relayed.station, relayed.packet),
    };
    let all = by_hand::relay(settings, stick, &mut told)?;
    let sent = all.iter().filter(|relayed| relayed.outcome.is_ok()).count();
    println!("{sent} of {} packets acknowledged", all.len());
    if sent < all.len() {
        exit(1);
    }
    Ok(())
}
