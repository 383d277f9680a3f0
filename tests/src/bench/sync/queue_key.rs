//! How soon the queue page answers a key while ten thousand packets drain under it.

use crate::bench::figure::{Figure, Targets, percentile};
use crate::blind::Capture;
use crate::scenario::Scenario;
use crate::stage::{Display, Key, Window};
use crate::{root, seed, sitters};
use anyhow::{Context, Result, ensure};
use central::{Central, Config};
use compose::station_clock;
use domain::port::Store;
use std::path::Path;
use std::time::Duration;

const PACKETS: u32 = 10_000;
const BYTES: usize = 300;
const KEYS: usize = 60;
/// Between two keys: nobody presses faster for long.
const BETWEEN: Duration = Duration::from_millis(150);
const ID: &str = "queue_key_ms";

/// Notes in the page itself how long each key took until the frame that shows the next row as chosen: the way of the
/// key through WebDriver is nobody's wait.
const WATCH: &str = "
    const chosen = () => document.querySelector('[data-page=queue] [data-packet].sel')?.dataset.packet;
    window.answered = [];
    let pressed = null;
    let last = chosen();
    addEventListener('keydown', (event) => { if (event.key === 'ArrowDown') pressed = event.timeStamp; }, true);
    new MutationObserver(() => {
      const now = chosen();
      if (pressed !== null && now !== last) {
        const from = pressed;
        pressed = null;
        requestAnimationFrame(() => window.answered.push(performance.now() - from));
      }
      last = now;
    }).observe(document.body, { subtree: true, attributes: true, childList: true });
    return true";

/// Opens the real window on a station with ten thousand small packets and a server that takes them.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(in_the_window(targets, folder))
}

async fn in_the_window(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let central = Central::start(&Config::sample(data.path().join("central")))?;
    let camera = data.path().join("camera");
    sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
    let source = format!("replay:{}", camera.display());
    let station = data.path().join("station");
    let settings = seed::folder(&station, central.greeting(), &source, &root::models())?;
    let store = seed::open_store(&station)?;
    for number in 0..PACKETS {
        let capture = Capture::take(&settings, number, BYTES, None, station_clock())?;
        store.keep_provisional(&capture.person)?;
        store.enqueue(&capture.packet)?;
    }
    store.pause(true)?;
    drop(store);

    let display = Display::start(1366, 768)?;
    let app = root::program("capture-station");
    let window = Window::open(&display, &app, &station, &data.path().join("station.log")).await?;
    let mut desk = Scenario::new(display, window, camera, None);
    desk.open_session().await?;
    desk.press(Key::F(8)).await?;
    desk.window.wait_for(&["queue"]).await?;
    desk.press(Key::Space).await?;
    desk.window.ask(WATCH).await?;
    let before = central.packets()?.len();
    for _ in 0..KEYS {
        desk.press(Key::Down).await?;
        tokio::time::sleep(BETWEEN).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let drained = central.packets()?.len() - before;
    let answered = desk.window.ask("return window.answered").await?;
    desk.window.close().await?;
    let times: Vec<f64> = answered
        .as_array()
        .context("the page kept no times")?
        .iter()
        .filter_map(serde_json::Value::as_f64)
        .collect();
    ensure!(drained > 0, "nothing drained meanwhile");
    ensure!(
        times.len() == KEYS,
        "{} of {KEYS} keys were answered",
        times.len()
    );
    let worst = times.iter().copied().fold(0.0, f64::max);
    let beside = format!(
        "the slowest of {KEYS} keys, median {:.0} ms; {drained} packets left meanwhile",
        percentile(&times, 50)
    );
    targets.figure(ID, worst, beside)
}
