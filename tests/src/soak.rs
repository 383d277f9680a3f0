//! The whole station on the camera page while its camera fails in every way it can, for as long as wanted.
//!
//! The first part warms everything up; what is read after it must still hold at the end.

mod fault;
mod vitals;

use crate::chance::Chance;
use crate::numbered::{self, Size};
use crate::scenario::Scenario;
use crate::stage::{Display, Key, Spot, Window, numbers};
use crate::{root, seed, sitters};
use anyhow::{Context, Result, ensure};
use central::{Central, Config};
use fault::Fault;
use std::path::Path;
use std::time::{Duration, Instant};
pub use vitals::Vitals;

/// The scene that is played when the picture is looked at.
const NUMBERED: &str = "numbered-right";
/// Scenes the camera changes to: a sitter in place, one aside, nobody.
const SCENES: [&str; 3] = [NUMBERED, "obama-left", "wall"];
/// The live picture, mirrored.
const LIVE: &str = "[data-page=capture] canvas[data-live]";
/// The warm-up is a quarter of the time, but no longer than this.
const WARM_UP: Duration = Duration::from_secs(120);
/// Between two faults.
const REST: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(3));
/// How long the numbers on the display are counted.
const LOOK: Duration = Duration::from_secs(3);
/// The camera's longest pause before it is opened again, and a little more.
const RECOVERED: Duration = Duration::from_millis(3_000);
/// Numbers on the display in [`LOOK`] that say "live": a third of the camera's, for a busy machine.
const LEAST_NUMBERS: usize = 30;
/// Makes the page's rubbish collector run: it swings by some 25 MB from one run to the next, twice a minute, and where
/// in that swing a reading falls would decide. Buffers nobody keeps count for it although no page of them is touched.
const COLLECT: &str = "for (let i = 0; i < 600; i++) new Uint8Array(1 << 20); return true";
/// What the collector freed is back with the system after this.
const GIVEN_BACK: Duration = Duration::from_secs(3);
/// What stands on the page that should not.
const WRONG: &str = "const d = document.querySelector('[role=dialog]');\
    const page = document.querySelector('[data-page]')?.dataset.page ?? 'no page';\
    return d ? d.innerText : page === 'capture' ? '' : page";

/// How things stand after some minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Time since the first fault.
    pub after: Duration,
    /// Faults so far.
    pub faults: u32,
    /// Numbers on the display in three seconds.
    pub numbers: usize,
    /// Memory and threads.
    pub vitals: Vitals,
}

/// What came out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// After the warm-up.
    pub before: Standing,
    /// At the end.
    pub end: Standing,
}

impl Outcome {
    /// Everything that does not hold, in words; empty when all does. `with_web_view` is the most growth of all processes
    /// together, as a factor: the web view's heap swings by a tenth, so a short run can only judge the station strictly.
    pub fn complaints(&self, with_web_view: f64) -> Vec<String> {
        let mut found = self.end.vitals.complaints(&self.before.vitals, with_web_view);
        if self.end.numbers < LEAST_NUMBERS {
            found.push(format!(
                "the preview is not live: {} pictures in {LOOK:?}",
                self.end.numbers
            ));
        }
        found
    }
}

impl std::fmt::Display for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.1} min, {} faults: preview {:.1} /s, {}",
            self.after.as_secs_f64() / 60.0,
            self.faults,
            self.numbers as f64 / LOOK.as_secs_f64(),
            self.vitals
        )
    }
}

/// Sets a desk up in `folder`, opens the camera page and lets the camera fail for `length`; `tell` hears of
/// every minute, the end of the warm-up first.
///
/// # Errors
/// When the desk cannot be set up, or the window does not follow the camera: it must name every fault that
/// lasts, and show the picture again after it.
pub async fn soak(
    folder: &Path,
    length: Duration,
    chance: &mut Chance,
    mut tell: impl FnMut(&Standing),
) -> Result<Outcome> {
    let central = Central::start(&Config::sample(folder.join("central")))?;
    let mut soak = Soak::begin(folder, &central).await?;
    for fault in Fault::EACH {
        soak.endure(fault, fault.named_after()).await?;
    }
    for scene in SCENES {
        soak.desk.play(scene)?;
        tokio::time::sleep(LOOK).await;
    }
    soak.endure_until((length / 4).min(WARM_UP), chance).await?;
    let before = soak.standing().await?;
    tell(&before);
    let minute = Duration::from_secs(60);
    let mut next = soak.begun.elapsed() + minute;
    while next < length {
        soak.endure_until(next, chance).await?;
        tell(&soak.standing().await?);
        next += minute;
    }
    soak.endure_until(length, chance).await?;
    let end = soak.standing().await?;
    tell(&end);
    soak.desk.window.close().await?;
    Ok(Outcome { before, end })
}

struct Soak {
    desk: Scenario,
    begun: Instant,
    faults: u32,
}

impl Soak {
    async fn begin(folder: &Path, central: &Central) -> Result<Self> {
        let camera = folder.join("camera");
        sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
        numbered::add(&camera, "biden-right", NUMBERED, Size::P720)?;
        let data = folder.join("station");
        let source = format!("replay:{}", camera.display());
        seed::folder(&data, central.greeting(), &source, &root::models())?;
        let display = Display::start(1366, 768)?;
        let app = root::program("capture-station");
        let window = Window::open(&display, &app, &data, &folder.join("station.log")).await?;
        let mut desk = Scenario::new(display, window, camera, None);
        desk.play(NUMBERED)?;
        desk.open_session().await?;
        desk.next_to_the_camera().await?;
        desk.press(Key::Char('a')).await?;
        let by_hand = "return document.querySelector('[data-do=auto_shutter][aria-checked=false]') !== null";
        desk.window.wait_until("the shutter by hand", by_hand).await?;
        Ok(Self {
            desk,
            begun: Instant::now(),
            faults: 0,
        })
    }

    /// Faults and scenes at random until so much time has passed since the beginning.
    async fn endure_until(&mut self, end: Duration, chance: &mut Chance) -> Result<()> {
        while self.begun.elapsed() < end {
            let fault = Fault::EACH[chance.bits() as usize % Fault::EACH.len()];
            self.endure(fault, fault.span(chance)).await?;
            self.desk.play(SCENES[chance.bits() as usize % SCENES.len()])?;
            tokio::time::sleep(chance.between(REST.0, REST.1)).await;
        }
        Ok(())
    }

    /// One fault, for so long; one that lasts must be named on the page.
    async fn endure(&mut self, fault: Fault, span: Duration) -> Result<()> {
        self.faults += 1;
        sitters::tell(&self.desk.camera, fault.order())?;
        tokio::time::sleep(span).await;
        if span >= fault.named_after() {
            let word = "return document.querySelector('[data-page=capture] [data-fault]') !== null";
            let named = self.desk.window.ask(word).await? == serde_json::Value::Bool(true);
            ensure!(named, "{fault:?} for {span:?}: the page does not say so");
        }
        sitters::tell(&self.desk.camera, "resume")
    }

    /// With the camera well again: how everything stands.
    async fn standing(&self) -> Result<Standing> {
        let after = self.begun.elapsed();
        self.desk.play(NUMBERED)?;
        tokio::time::sleep(RECOVERED).await;
        let wrong = self.desk.window.ask(WRONG).await?;
        ensure!(
            wrong.as_str() == Some(""),
            "on the screen, where only the camera page should be: {wrong}"
        );
        let spot = Spot::of(&self.desk.window, LIVE, true).await;
        let watch = self.desk.display.watch(spot.context("the live picture")?)?;
        tokio::time::sleep(LOOK).await;
        let numbers = numbers(&watch.end()?).len();
        let station = self.desk.window.stations()?.into_iter().min();
        self.desk.window.ask(COLLECT).await?;
        tokio::time::sleep(GIVEN_BACK).await;
        Ok(Standing {
            after,
            faults: self.faults,
            numbers,
            vitals: Vitals::read(station.context("the station is gone")?).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_picture_more_memory_and_another_thread_are_each_complained_of() {
        let standing = |numbers, own_mb, threads| Standing {
            after: Duration::from_secs(60),
            faults: 9,
            numbers,
            vitals: Vitals {
                station_mb: own_mb / 2.0,
                own_mb,
                pss_mb: 500.0,
                threads,
            },
        };
        let complaints = |end| {
            let before = standing(90, 400.0, 30);
            Outcome { before, end }.complaints(1.05).len()
        };
        assert_eq!(complaints(standing(88, 419.0, 30)), 0);
        assert_eq!(complaints(standing(88, 300.0, 25)), 0);
        assert_eq!(complaints(standing(1, 419.0, 30)), 1);
        assert_eq!(complaints(standing(88, 421.0, 30)), 2, "its own and all of it");
        assert_eq!(complaints(standing(1, 421.0, 31)), 4);
    }
}
