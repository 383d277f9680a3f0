//! Random numbers that a failed run can be repeated with.

use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A linear congruential generator: repeatable, and random enough for noise and for moments.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The numbers that follow a seed.
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// 24 random bits.
    pub fn bits(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 40).unwrap_or_default()
    }

    /// A duration between two others, in steps of a 2^24th of their distance.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        least
            + most
                .saturating_sub(least)
                .mul_f64(f64::from(self.bits()) / f64::from(1u32 << 24))
    }
}

/// Runs something with a seed of the clock's; `STATION_SEED=NUMBER` repeats a run. A failure names the seed.
///
/// # Errors
/// What `run` says, and a seed that is no number.
pub fn seeded<T>(run: impl FnOnce(Chance, u64) -> Result<T>) -> Result<T> {
    let seed = match std::env::var("STATION_SEED") {
        Ok(seed) => seed.parse().context("STATION_SEED is not a number")?,
        Err(_) => u64::from(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos()),
    };
    run(Chance::from_seed(seed), seed).with_context(|| format!("repeat it with STATION_SEED={seed}"))
}
