//! A long queue of small packets.

use acceptance::chance::Chance;
use acceptance::drain;
use anyhow::Result;
use std::io::Write;

/// `cargo xtask soak drain` sends 10,000.
const PACKETS: u32 = 1_000;

#[test]
fn a_thousand_small_packets_arrive_once_each_retakes_first() -> Result<()> {
    let drained = drain::drain(PACKETS, &mut Chance::from_seed(7))?;
    Ok(writeln!(std::io::stderr(), "{drained}")?)
}
