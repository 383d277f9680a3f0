//! The station without eyes killed at many more moments than a whole one could be.

use crate::PROGRAM;
use acceptance::chance::seeded;
use acceptance::kills;
use anyhow::Result;
use std::io::Write;

/// With those of the whole station in `acceptance/kill.rs`, 200.
const KILLS: u32 = 180;

#[test]
fn killed_at_180_moments_it_loses_and_doubles_nothing() -> Result<()> {
    seeded(|mut chance, seed| {
        let toll = kills::endure(PROGRAM.into(), KILLS, &mut chance, |_| ())?;
        Ok(writeln!(std::io::stderr(), "seed {seed}: {toll}")?)
    })
}
