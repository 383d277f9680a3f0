//! The preview as it was painted: its rate and its delay, read off the display.

use super::handed_out;
use crate::bench::figure::percentile;
use crate::scenario::Scenario;
use crate::stage::{Spot, Watch, numbers};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The live picture on the page.
pub(super) const LIVE: &str = "[data-page=capture] canvas[data-live]";

/// The preview under watch.
pub(super) struct Watched {
    watch: Watch,
    log: PathBuf,
}

/// What was seen of it.
pub(super) struct Painted {
    /// Different pictures a second.
    pub(super) per_second: f64,
    /// Pictures seen, and pictures the camera handed out meanwhile.
    pub(super) counts: (usize, usize),
    /// From the camera's hand to the display, in milliseconds, one for each picture seen.
    pub(super) delays: Vec<f64>,
}

impl Watched {
    /// Begins to watch the live picture; `log` is where the station tells of its camera.
    pub(super) async fn begin(desk: &Scenario, log: &Path) -> Result<Self> {
        let spot = Spot::of(&desk.window, LIVE, true).await?;
        Ok(Self {
            watch: desk.display.watch(spot)?,
            log: log.to_path_buf(),
        })
    }

    /// Ends and reckons.
    pub(super) fn end(self) -> Result<Painted> {
        let seen = numbers(&self.watch.end()?);
        painted(&seen, &handed_out::pictures(&self.log)?)
    }
}

impl Painted {
    /// The delay that 95 of 100 pictures do not exceed, in milliseconds.
    pub(super) fn p95(&self) -> f64 {
        percentile(&self.delays, 95)
    }
}

fn painted(seen: &[(u32, SystemTime)], handed: &[(u32, SystemTime)]) -> Result<Painted> {
    // The first number was there before anybody looked.
    let news = seen.get(1..).unwrap_or_default();
    let [.., (_, last)] = news else {
        anyhow::bail!("no picture followed another on the display: {seen:?}");
    };
    let first = seen[0].1;
    let span = seconds(first, *last);
    let delay = |(number, at): &(u32, SystemTime)| {
        let from = handed
            .iter()
            .rfind(|(other, handed)| other == number && handed <= at)?;
        Some(seconds(from.1, *at) * 1_000.0)
    };
    let delays: Vec<f64> = news.iter().filter_map(delay).collect();
    ensure!(
        delays.len() == news.len(),
        "{} of {} pictures on the display were never handed out by the camera",
        news.len() - delays.len(),
        news.len()
    );
    let meanwhile = handed.iter().filter(|(_, at)| (first..=*last).contains(at));
    Ok(Painted {
        per_second: news.len() as f64 / span,
        counts: (news.len(), meanwhile.count()),
        delays,
    })
}

fn seconds(from: SystemTime, to: SystemTime) -> f64 {
    to.duration_since(from).unwrap_or_default().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(ms: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
    }

    #[test]
    fn a_dropped_picture_lowers_the_rate_and_no_delay_is_taken_from_the_round_before() {
        // 30 a second for four rounds of the numbers, every tenth picture never painted.
        let handed: Vec<_> = (0..256)
            .map(|n| (n as u32 % 64, at(1_000 + n * 1_000 / 30)))
            .collect();
        let seen: Vec<_> = (0..256)
            .filter(|n| n % 10 != 5)
            .map(|n| (n as u32 % 64, at(1_000 + n * 1_000 / 30 + 20 + n % 2 * 10)))
            .collect();
        let painted = painted(&seen, &handed).unwrap();
        assert!((painted.per_second - 27.0).abs() < 0.2, "{}", painted.per_second);
        assert_eq!(painted.p95(), 30.0);
        assert_eq!(painted.delays.len(), seen.len() - 1);
    }

    #[test]
    fn a_number_nobody_handed_out_is_a_fault_of_the_measure() {
        let seen = [(1, at(0)), (2, at(33))];
        assert!(super::painted(&seen, &[(1, at(0))]).is_err());
        assert!(super::painted(&seen[..1], &[]).is_err());
    }
}
