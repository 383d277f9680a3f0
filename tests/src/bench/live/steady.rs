//! The camera page at work: painted frames, delay, checks, processors, memory.

use super::preview::{Painted, Watched};
use crate::bench::figure::{Figure, Targets, median};
use crate::bench::process::{cpu_seconds, family, pss_mb};
use crate::scenario::Scenario;
use anyhow::Result;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the window is watched with each size of picture.
const WATCH: Duration = Duration::from_secs(15);
/// The first seconds after the page is up are not counted.
const SETTLE: Duration = Duration::from_secs(3);
/// Between two looks at the page.
const LOOK: Duration = Duration::from_millis(500);

/// Watches the 720p preview and all that goes on beside it; `kb` is the size of one JPEG.
pub(super) async fn at_720p(targets: &Targets, desk: &Scenario, log: &Path, kb: f64) -> Result<Vec<Figure>> {
    tokio::time::sleep(SETTLE).await;
    let app = family(super::station(desk)?)?;
    let display = [desk.display.process()];
    let watched = Watched::begin(desk, log).await?;
    let (begin, app_before, display_before) = (Instant::now(), cpu_seconds(&app), cpu_seconds(&display));
    let (mut rates, mut memory) = (vec![], vec![]);
    while begin.elapsed() < WATCH {
        tokio::time::sleep(LOOK).await;
        let script = "return Number(document.querySelector('[data-checks-per-s]')?.dataset.checksPerS ?? 0)";
        rates.push(desk.window.ask(script).await?.as_f64().unwrap_or_default());
        memory.push(pss_mb(&app));
    }
    let seconds = begin.elapsed().as_secs_f64();
    let percent = |now: f64, before: f64| (now - before) / seconds * 100.0;
    let cpu = percent(cpu_seconds(&app), app_before);
    let drawing = percent(cpu_seconds(&display), display_before);
    let painted = watched.end()?;
    let rate = rates.iter().sum::<f64>() / rates.len().max(1) as f64;
    let processes = app.len();
    Ok(vec![
        targets.figure("preview_fps_720p", painted.per_second, counted(&painted, kb))?,
        targets.figure("latency_p95_ms_720p", painted.p95(), delayed(&painted))?,
        targets.figure("live_checks_per_s", rate, "mean, beside the painted preview")?,
        targets.figure(
            "cpu_percent_720p",
            cpu,
            format!("{processes} processes; the virtual display's own {drawing:.0} % not counted"),
        )?,
        targets.figure(
            "memory_pss_mb",
            median(&memory),
            format!("median of {}, {processes} processes", memory.len()),
        )?,
    ])
}

/// Watches the 1080p preview.
pub(super) async fn at_1080p(targets: &Targets, desk: &Scenario, log: &Path, kb: f64) -> Result<Vec<Figure>> {
    tokio::time::sleep(SETTLE).await;
    let watched = Watched::begin(desk, log).await?;
    tokio::time::sleep(WATCH).await;
    let painted = watched.end()?;
    Ok(vec![
        targets.figure("preview_fps_1080p", painted.per_second, counted(&painted, kb))?,
        targets.figure("latency_p95_ms_1080p", painted.p95(), delayed(&painted))?,
    ])
}

fn counted(painted: &Painted, kb: f64) -> String {
    let (seen, handed) = painted.counts;
    format!("{seen} numbers read off the display, {handed} JPEGs of {kb:.0} kB handed out; checks running")
}

fn delayed(painted: &Painted) -> String {
    let median = median(&painted.delays);
    format!("median {median:.1} ms; from the camera's log to the number on the display, read every 2 ms")
}
