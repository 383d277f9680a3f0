//! A camera that goes away, sends rubbish, stalls, and comes back.

use crate::booth::Booth;
use crate::desk::{drive, give, serve, watch};
use acceptance::reaction::Sitter;
use anyhow::Result;
use domain::frame::CameraState;
use station::contract::{Command, Screen, StationView};
use std::time::{Duration, Instant};

#[test]
fn capture_goes_on_where_it_was() -> Result<()> {
    let booth = Booth::open()?;
    let desktop = booth.desktop()?;
    let sitter = Sitter::Rostered {
        student_number: "24010001".into(),
    };
    booth.camera("play biden-left")?;
    drive(
        &booth,
        &desktop,
        &sitter,
        |view| matches!(&view.screen, Screen::Capture(p) if !p.results.is_empty()),
    )?;
    give(
        &desktop,
        Command::AutoShutter { on: false },
        "the shutter by hand",
        |view| matches!(&view.screen, Screen::Capture(page) if !page.auto_shutter),
    )?;

    booth.camera("vanish")?;
    let gone = Instant::now();
    watch(&desktop, "the lost camera", |view| {
        view.camera.state == CameraState::Lost
    })?;
    let told = gone.elapsed();
    assert!(told < Duration::from_secs(3), "told after {told:?}");
    give(&desktop, Command::Shutter, "word that no picture came", |view| {
        notice(view) == Some("fault.camera_stalled")
    })?;
    assert!(
        at_the_camera(&desktop.station().view()),
        "a picture that did not come loses nothing"
    );

    booth.camera("return")?;
    watch(&desktop, "the camera", |view| {
        view.camera.state == CameraState::Live
    })?;
    booth.camera("junk")?;
    std::thread::sleep(Duration::from_millis(500));
    assert!(
        at_the_camera(&desktop.station().view()),
        "rubbish changes nothing"
    );
    booth.camera("resume")?;
    watch(&desktop, "the camera", |view| {
        view.camera.state == CameraState::Live
    })?;
    booth.camera("play biden-right")?;
    serve(&booth, &desktop, &sitter).map(drop)
}

fn notice(view: &StationView) -> Option<&str> {
    view.notice.as_ref().map(|notice| notice.code.as_str())
}

fn at_the_camera(view: &Option<StationView>) -> bool {
    view.as_ref()
        .is_some_and(|view| matches!(view.screen, Screen::Capture(_)))
}
