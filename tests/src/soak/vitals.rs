//! Memory and threads of a running station.

use crate::bench::process::{family, pss_mb, threads};
use anyhow::Result;
use std::time::Duration;

/// Most growth of the memory, as a factor.
const MOST_GROWTH: f64 = 1.05;
/// Looks of one reading; the least counts: rubbish that waits for its collector, and threads that answer one
/// request, come and go.
const LOOKS: u32 = 12;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(250);

/// What is read of a station at rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vitals {
    /// Memory of all its processes in megabytes, shared pages by their share.
    pub memory_mb: f64,
    /// Threads of its own process.
    pub threads: usize,
}

impl Vitals {
    /// Reads a station's, over three seconds.
    pub(super) async fn read(station: u32) -> Result<Self> {
        let mut least = Self {
            memory_mb: f64::MAX,
            threads: usize::MAX,
        };
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK).await;
            least.memory_mb = least.memory_mb.min(pss_mb(&family(station)?));
            least.threads = least.threads.min(threads(station)?);
        }
        Ok(least)
    }

    /// What is worse than before, in words.
    pub(super) fn complaints(&self, before: &Self) -> Vec<String> {
        let mut found = vec![];
        if self.memory_mb > before.memory_mb * MOST_GROWTH {
            found.push(format!(
                "memory grew from {:.0} to {:.0} MB",
                before.memory_mb, self.memory_mb
            ));
        }
        if self.threads > before.threads {
            found.push(format!("{} threads became {}", before.threads, self.threads));
        }
        found
    }
}

impl std::fmt::Display for Vitals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} MB, {} threads", self.memory_mb, self.threads)
    }
}
