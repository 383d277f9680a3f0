//! The live picture in the real window, on a display without a graphics card, and what it stands on.
//!
//! Painted frames and delays are read off the display's memory: the replay camera's pictures carry numbers
//! ([`crate::mark`]), and nothing that the window says of itself is believed.

mod analysis;
mod handed_out;
mod mesh;
mod preview;
mod shutter;
mod start;
mod steady;
mod still;
mod unplug;

use super::figure::{Figure, Targets};
use crate::numbered::{self, Size};
use crate::scenario::Scenario;
use crate::stage::{Display, Window};
use crate::{root, seed, sitters};
use anyhow::{Context, Result};
use central::{Central, Config};
use std::path::Path;

/// A sitter who is too far away: every check runs and the automatic shutter never releases.
const SITTER: &str = "biden-small";
/// The numbered scenes.
const SCENES: [(&str, Size); 2] = [("numbered-720p", Size::P720), ("numbered-1080p", Size::P1080)];

/// Measures everything of the live picture.
pub async fn measure(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let scene = sitters::scenes(&root::sitters(), &root::models())?.join("biden-right");
    let mut figures = vec![
        analysis::measure(targets, &scene)?,
        mesh::measure(targets, &scene)?,
        shutter::measure(targets, &folder.join("headless"))?,
    ];
    figures.extend(in_the_window(targets, folder).await?);
    Ok(figures)
}

async fn in_the_window(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let central = Central::start(&Config::sample(folder.join("central")))?;
    let camera = folder.join("camera");
    sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
    let [kb_720, kb_1080] = SCENES.map(|(scene, size)| numbered::add(&camera, SITTER, scene, size));
    let source = format!("replay:{}", camera.display());
    let data = folder.join("station");
    seed::folder(&data, central.greeting(), &source, &root::models())?;
    let app = root::program("capture-station");
    let display = Display::start(1366, 768)?;
    // The first start warms the disk cache; the second one is measured.
    let warm = Window::open(&display, &app, &data, &folder.join("warm.log")).await?;
    warm.wait_for(&["sign_in"]).await?;
    warm.close().await?;
    let log = folder.join("station.log");
    let window = Window::open_telling(&display, &app, &data, &log, handed_out::FILTER).await?;
    window.wait_for(&["sign_in"]).await?;
    let mut desk = Scenario::new(display, window, camera, None);
    let mut figures = vec![start::measure(targets, &desk).await?];
    desk.play(SCENES[0].0)?;
    desk.open_session().await?;
    desk.next_to_the_camera().await?;
    figures.extend(steady::at_720p(targets, &desk, &log, kb_720?).await?);
    figures.push(still::measure(targets, &mut desk).await?);
    figures.extend(unplug::measure(targets, &desk).await?);
    desk.play(SCENES[1].0)?;
    let wide = "return document.querySelector('canvas[data-live]')?.width === 1920";
    desk.window.wait_until("the 1080p picture", wide).await?;
    figures.extend(steady::at_1080p(targets, &desk, &log, kb_1080?).await?);
    desk.window.close().await?;
    Ok(figures)
}

fn station(desk: &Scenario) -> Result<u32> {
    desk.window
        .stations()?
        .into_iter()
        .min()
        .context("the station is not running")
}
