//! From the shutter to the finished photo, without a window.

use crate::bench::figure::{Figure, Targets, median};
use crate::reaction::{Reaction, Sitter, fits, react};
use crate::{root, seed, sitters};
use anyhow::{Result, bail};
use central::{Central, Config};
use compose::Desktop;
use station::contract::{Command, Screen, StationView};
use std::path::Path;
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures it on a station of its own in `folder`; the operator accepts at once.
pub fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let central = Central::start(&Config::sample(folder.join("central")))?;
    let camera = folder.join("camera");
    sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
    let source = format!("replay:{}", camera.display());
    let settings = seed::folder(
        &folder.join("station"),
        central.greeting(),
        &source,
        &root::models(),
    )?;
    let desktop = Desktop::open(&settings)?;
    sitters::tell(&camera, "play biden-right")?;
    to_the_camera(&desktop)?;
    let (mut whole, mut checks) = (vec![], vec![]);
    for _ in 0..RUNS {
        let start = Instant::now();
        desktop.station().dispatch(Command::Shutter);
        wait(
            &desktop,
            |screen| matches!(screen, Screen::Review(page) if !page.assessing),
        )?;
        checks.push(start.elapsed().as_secs_f64() * 1_000.0);
        answer(&desktop)?;
        desktop.station().dispatch(Command::Accept);
        wait(&desktop, |screen| matches!(screen, Screen::LastLook(_)))?;
        whole.push(start.elapsed().as_secs_f64() * 1_000.0);
        desktop.station().dispatch(Command::Retake);
        wait(
            &desktop,
            |screen| matches!(screen, Screen::Capture(page) if !page.results.is_empty()),
        )?;
    }
    let beside = format!(
        "median of {RUNS}, headless; {:.0} ms of it to the checked still",
        median(&checks)
    );
    targets.figure("shutter_to_photo_ms", median(&whole), beside)
}

/// The operator's ticks, all at once.
fn answer(desktop: &Desktop) -> Result<()> {
    if let Some(Screen::Review(page)) = desktop.station().view().map(|view| view.screen) {
        for tick in &page.ticks {
            desktop.station().dispatch(fits(&tick.id));
        }
    }
    wait(
        desktop,
        |screen| matches!(screen, Screen::Review(page) if page.acceptable),
    )
}

fn to_the_camera(desktop: &Desktop) -> Result<()> {
    let sitter = Sitter::Rostered {
        student_number: "24010001".into(),
    };
    let until = Instant::now() + PATIENCE;
    let mut acted = None;
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
        let Some(view) = desktop.station().view() else {
            continue;
        };
        if matches!(&view.screen, Screen::Capture(page) if !page.results.is_empty()) {
            desktop.station().dispatch(Command::AutoShutter { on: false });
            return Ok(());
        }
        if acted == Some(view.revision) || matches!(view.screen, Screen::Capture(_)) {
            continue;
        }
        if let Reaction::Do(command) = react(&view, &sitter) {
            desktop.station().dispatch(command);
            acted = Some(view.revision);
        }
    }
    bail!(
        "the camera page did not come: {:?}",
        desktop.station().view().map(|v| v.screen)
    );
}

fn wait(desktop: &Desktop, until: impl Fn(&Screen) -> bool) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    let there = |view: StationView| until(&view.screen);
    while !desktop.station().view().is_some_and(there) {
        if Instant::now() > end {
            bail!("waited in vain: {:?}", desktop.station().view().map(|v| v.screen));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}
