//! The live picture in the real window, on a display without a graphics card.

use super::figure::{Figure, Targets};
use super::process::{cpu_seconds, family, pss_mb, started_ms};
use super::shutter;
use crate::scenario::Scenario;
use crate::stage::{Display, Key, Window};
use crate::{root, seed, sitters};
use anyhow::{Context, Result};
use central::{Central, Config};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the window is watched.
const WATCH: Duration = Duration::from_secs(12);
/// The first seconds after the page is up are not counted.
const SETTLE: Duration = Duration::from_secs(3);
/// Between two looks at the page.
const LOOK: Duration = Duration::from_millis(500);

/// Measures everything of the live picture.
pub async fn measure(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let shutter = shutter::measure(targets, &folder.join("headless"))?;
    let mut figures = in_the_window(targets, folder).await?;
    figures.push(shutter);
    Ok(figures)
}

async fn in_the_window(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let central = Central::start(&Config::sample(folder.join("central")))?;
    let camera = folder.join("camera");
    sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
    let source = format!("replay:{}", camera.display());
    let data = folder.join("station");
    seed::folder(&data, central.greeting(), &source, &root::models())?;
    let app = root::program("capture-station");
    let display = Display::start(1366, 768)?;
    // The first start warms the disk cache; the second one is measured.
    let warm = Window::open(&display, &app, &data, &folder.join("warm.log")).await?;
    warm.wait_for(&["sign_in"]).await?;
    warm.close().await?;
    let window = Window::open(&display, &app, &data, &folder.join("station.log")).await?;
    window.wait_for(&["sign_in"]).await?;
    let mut desk = Scenario::new(display, window, camera, None);
    let start = start(targets, &desk).await?;
    // A sitter who is too far away: every check runs and the automatic shutter never releases.
    desk.play("biden-small")?;
    desk.open_session().await?;
    to_the_camera(&mut desk).await?;
    let mut figures = steady(targets, &desk).await?;
    figures.push(start);
    desk.window.close().await?;
    Ok(figures)
}

/// Start of the process to the first paint, both on the system's clock.
async fn start(targets: &Targets, desk: &Scenario) -> Result<Figure> {
    let app = station(desk)?;
    let script = "const paint = performance.getEntriesByName('first-contentful-paint')[0];\
        return paint ? performance.timeOrigin + paint.startTime : null";
    let painted = desk
        .window
        .ask(script)
        .await?
        .as_f64()
        .context("the window does not tell when it painted")?;
    let value = painted - started_ms(app)?;
    targets.figure(
        "start_to_frame_ms",
        value,
        "process start to first-contentful-paint of the operator's window",
    )
}

async fn to_the_camera(desk: &mut Scenario) -> Result<()> {
    for (key, page) in [
        (Key::Enter, "identity"),
        (Key::Space, "identity"),
        (Key::Enter, "enrolment"),
        (Key::Enter, "notes"),
        (Key::Enter, "capture"),
    ] {
        desk.press(key).await?;
        desk.window.wait_for(&[page]).await?;
    }
    let painted = "return Number(document.querySelector('canvas[data-live]')?.dataset.drawn ?? 0) > 0";
    desk.window.wait_until("the live picture", painted).await
}

/// Watches the camera page for a while.
async fn steady(targets: &Targets, desk: &Scenario) -> Result<Vec<Figure>> {
    tokio::time::sleep(SETTLE).await;
    let app = family(station(desk)?)?;
    let xvfb = [desk.display.process()];
    let (begin, first) = (Instant::now(), drawn(desk).await?);
    let (app_before, xvfb_before) = (cpu_seconds(&app), cpu_seconds(&xvfb));
    let mut rates = vec![];
    while begin.elapsed() < WATCH {
        tokio::time::sleep(LOOK).await;
        let script = "return Number(document.querySelector('[data-checks-per-s]')?.dataset.checksPerS ?? 0)";
        rates.push(desk.window.ask(script).await?.as_f64().unwrap_or_default());
    }
    let seconds = begin.elapsed().as_secs_f64();
    let frames = drawn(desk).await? - first;
    let percent = |now: f64, before: f64| (now - before) / seconds * 100.0;
    let cpu = percent(cpu_seconds(&app), app_before);
    let beside_xvfb = percent(cpu_seconds(&xvfb), xvfb_before);
    let memory = pss_mb(&app);
    let rate = rates.iter().sum::<f64>() / rates.len().max(1) as f64;
    Ok(vec![
        targets.figure("live_checks_per_s", rate, "mean, beside the painted preview")?,
        targets.figure(
            "preview_fps_720p",
            frames / seconds,
            format!("{frames:.0} frames drawn on the canvas"),
        )?,
        targets.figure(
            "cpu_percent_720p",
            cpu,
            format!(
                "{} processes; the virtual display's own {beside_xvfb:.0} % not counted",
                app.len()
            ),
        )?,
        targets.figure("memory_pss_mb", memory, format!("{} processes", app.len()))?,
    ])
}

async fn drawn(desk: &Scenario) -> Result<f64> {
    let script = "return Number(document.querySelector('canvas[data-live]').dataset.drawn)";
    desk.window
        .ask(script)
        .await?
        .as_f64()
        .context("no live picture on the page")
}

fn station(desk: &Scenario) -> Result<u32> {
    desk.window
        .stations()?
        .into_iter()
        .min()
        .context("the station is not running")
}
