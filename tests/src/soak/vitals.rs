//! Memory and threads of a running station.

use crate::bench::process::{family, own_mb, pss_mb, threads};
use anyhow::Result;
use std::time::Duration;

/// Most growth of the memory they allocated, as a factor. The whole (PSS) is told but not judged: it fell by 100 MB
/// and rose again when another station on the same machine shared the web view's libraries for a while.
const MOST_GROWTH: f64 = 1.05;
/// Looks of one reading; the least counts: rubbish that waits for its collector, and threads that answer one
/// request, come and go.
const LOOKS: u32 = 12;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(250);

/// What is read of a station at rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vitals {
    /// What all its processes allocated, in megabytes.
    pub own_mb: f64,
    /// Memory of all its processes in megabytes, shared pages by their share.
    pub pss_mb: f64,
    /// Threads of its own process.
    pub threads: usize,
}

impl Vitals {
    /// Reads a station's, over three seconds.
    pub(super) async fn read(station: u32) -> Result<Self> {
        let mut least = Self {
            own_mb: f64::MAX,
            pss_mb: f64::MAX,
            threads: usize::MAX,
        };
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK).await;
            let all = family(station)?;
            least.own_mb = least.own_mb.min(own_mb(&all));
            least.pss_mb = least.pss_mb.min(pss_mb(&all));
            least.threads = least.threads.min(threads(station)?);
        }
        Ok(least)
    }

    /// What is worse than before, in words.
    pub(super) fn complaints(&self, before: &Self) -> Vec<String> {
        let mut found = vec![];
        if self.own_mb > before.own_mb * MOST_GROWTH {
            found.push(format!(
                "allocated memory grew from {:.0} to {:.0} MB",
                before.own_mb, self.own_mb
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
        write!(
            f,
            "{:.0} MB allocated ({:.0} MB PSS), {} threads",
            self.own_mb, self.pss_mb, self.threads
        )
    }
}
