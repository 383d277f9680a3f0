//! From the start of the program to its first picture on the display.

use crate::bench::figure::{Figure, Targets};
use crate::bench::process::started_ms;
use crate::scenario::Scenario;
use anyhow::{Context, Result};

/// Start of the process to the first paint, both on the system's clock.
pub(super) async fn measure(targets: &Targets, desk: &Scenario) -> Result<Figure> {
    let app = super::station(desk)?;
    let script = "const paint = performance.getEntriesByName('first-contentful-paint')[0];\
        return paint ? performance.timeOrigin + paint.startTime : null";
    let painted = desk
        .window
        .ask(script)
        .await?
        .as_f64()
        .context("the window does not tell when it painted")?;
    targets.figure(
        "start_to_frame_ms",
        painted - started_ms(app)?,
        "process start to first-contentful-paint of the operator's window",
    )
}
