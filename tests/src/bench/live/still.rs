//! From the shutter's key to the still on the display.

use crate::bench::figure::{Figure, Targets, median};
use crate::scenario::Scenario;
use crate::stage::{Key, Spot, numbers};
use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Pictures taken.
const RUNS: usize = 5;
/// The still on the page.
const STILL: &str = "[data-page=review] .stage img";
/// True once the still is there.
const LOADED: &str = "const i = document.querySelector('[data-page=review] .stage img');\
    return i !== null && i.complete && i.naturalWidth > 0";
/// Notes when the next key reaches the page, on the system's clock.
const LISTEN: &str = "window.benchKey = null;\
    addEventListener('keydown', () => { window.benchKey = performance.timeOrigin + performance.now(); },\
    { capture: true, once: true }); return true";

/// Takes pictures by the space bar and sends each sitter back to the camera.
pub(super) async fn measure(targets: &Targets, desk: &mut Scenario) -> Result<Figure> {
    // The first one shows where the still lies.
    take(desk).await?;
    let spot = Spot::of(&desk.window, STILL, false).await?;
    back(desk).await?;
    let mut times = vec![];
    for _ in 0..RUNS {
        desk.window.ask(LISTEN).await?;
        let watch = desk.display.watch(spot)?;
        take(desk).await?;
        // The page knows the picture a moment before it is painted.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let pressed = desk.window.ask("return window.benchKey").await?;
        let pressed = pressed.as_f64().context("no key reached the page")?;
        let pressed = UNIX_EPOCH + Duration::from_secs_f64(pressed / 1_000.0);
        let seen = numbers(&watch.end()?);
        let shown = seen.iter().map(|(_, at)| *at).find(|at| *at >= pressed);
        let shown: SystemTime = shown.context("the still's number was never on the display")?;
        times.push(shown.duration_since(pressed)?.as_secs_f64() * 1_000.0);
        back(desk).await?;
    }
    let most = times.iter().copied().fold(0.0, f64::max);
    targets.figure(
        "shutter_to_still_ms",
        median(&times),
        format!("median of {RUNS}, most {most:.0} ms; from the key in the page to the still's number on the display"),
    )
}

async fn take(desk: &mut Scenario) -> Result<()> {
    desk.press(Key::Space).await?;
    desk.window.wait_for(&["review"]).await?;
    desk.window.wait_until("the still", LOADED).await
}

/// Once the still is judged, back to the live picture.
async fn back(desk: &mut Scenario) -> Result<()> {
    desk.reviewed().await?;
    desk.press(Key::Char('r')).await?;
    desk.window.wait_for(&["capture"]).await?;
    desk.live_picture().await
}
