//! From a camera that goes to the word on the screen, and from its return to the picture.

use super::preview::LIVE;
use crate::bench::figure::{Figure, Targets, median};
use crate::root;
use crate::scenario::Scenario;
use crate::sitters;
use crate::stage::Spot;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::time::{Duration, SystemTime};

/// Times the replay camera is taken away.
const RUNS: usize = 3;
/// What the page says of the camera.
const WORD: &str = "return document.querySelector('[data-page=capture] [data-fault]') !== null";
/// The picture stays away so long.
const AWAY: Duration = Duration::from_millis(1_500);
/// What the test of the virtual UVC camera leaves.
const VIRTUAL: &str = "target/bench/camera-vm.json";

/// The figures of the virtual UVC camera: device node to capture layer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Virtual {
    unplug_to_word_ms: f64,
    replug_to_picture_ms: f64,
}

/// Both figures, with what the whole window does with the replay camera beside them.
pub(super) async fn measure(targets: &Targets, desk: &Scenario) -> Result<Vec<Figure>> {
    let (mut words, mut pictures) = (vec![], vec![]);
    for _ in 0..RUNS {
        let (word, picture) = away_and_back(desk).await?;
        words.push(word);
        pictures.push(picture);
    }
    let beside = |ms: &[f64]| {
        format!(
            "replay camera to the display: {:.0} ms, up to 100 ms of it to hear the order",
            median(ms)
        )
    };
    let file = root::root().join(VIRTUAL);
    let Ok(text) = std::fs::read_to_string(&file) else {
        let why = "the virtual UVC camera did not run (`cargo test -p uvc`)";
        return ["unplug_to_word_ms", "replug_to_picture_ms"]
            .into_iter()
            .zip([&words, &pictures])
            .map(|(id, ms)| targets.unmeasured(id, format!("{why}; {}", beside(ms))))
            .collect();
    };
    let found: Virtual = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
    let of = |ms: &[f64]| format!("virtual UVC camera, without the window; {}", beside(ms));
    Ok(vec![
        targets.figure("unplug_to_word_ms", found.unplug_to_word_ms, of(&words))?,
        targets.figure("replug_to_picture_ms", found.replug_to_picture_ms, of(&pictures))?,
    ])
}

/// Milliseconds from the order to the display, away and back: the number is painted over by the word.
async fn away_and_back(desk: &Scenario) -> Result<(f64, f64)> {
    let watch = desk.display.watch(Spot::of(&desk.window, LIVE, true).await?)?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let gone = SystemTime::now();
    sitters::tell(&desk.camera, "vanish")?;
    desk.window
        .wait_until("the word of the lost camera", WORD)
        .await?;
    tokio::time::sleep(AWAY).await;
    let back = SystemTime::now();
    sitters::tell(&desk.camera, "return")?;
    desk.live_picture().await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let seen = watch.end()?;
    let first = |from: SystemTime, readable: bool| -> Result<f64> {
        let found = seen
            .iter()
            .find(|sighting| sighting.at >= from && sighting.number.is_some() == readable)
            .with_context(|| format!("the display did not follow the camera: {seen:?}"))?;
        Ok(found.at.duration_since(from)?.as_secs_f64() * 1_000.0)
    };
    Ok((first(gone, false)?, first(back, true)?))
}
