//! Memory and threads of a running station.

use crate::bench::process::{family, own_mb, pss_mb, threads};
use anyhow::Result;
use std::time::Duration;

/// Most growth of the memory that the station's own process allocated, as a factor. The whole (PSS) is told but not
/// judged: it fell by 100 MB and rose again when another station on the same machine shared the web view's libraries.
const MOST_GROWTH: f64 = 1.05;
/// Looks of one reading; the least counts: rubbish that waits for its collector, and threads that answer one
/// request, come and go.
const LOOKS: u32 = 12;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(250);

/// What is read of a station at rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vitals {
    /// What its own process allocated, in megabytes.
    pub station_mb: f64,
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
            station_mb: f64::MAX,
            own_mb: f64::MAX,
            pss_mb: f64::MAX,
            threads: usize::MAX,
        };
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK).await;
            let all = family(station)?;
            least.station_mb = least.station_mb.min(own_mb(&[station]));
            least.own_mb = least.own_mb.min(own_mb(&all));
            least.pss_mb = least.pss_mb.min(pss_mb(&all));
            least.threads = least.threads.min(threads(station)?);
        }
        Ok(least)
    }

    /// What is worse than before, in words; `with_web_view` is the most growth of all processes together.
    pub(super) fn complaints(&self, before: &Self, with_web_view: f64) -> Vec<String> {
        let mut found = vec![];
        for (whose, then, now, most) in [
            ("the station's", before.station_mb, self.station_mb, MOST_GROWTH),
            ("all processes'", before.own_mb, self.own_mb, with_web_view),
        ] {
            if now > then * most {
                found.push(format!("{whose} memory grew from {then:.0} to {now:.0} MB"));
            }
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
            "{:.0} MB allocated, {:.0} MB of it by the station itself ({:.0} MB PSS), {} threads",
            self.own_mb, self.station_mb, self.pss_mb, self.threads
        )
    }
}
