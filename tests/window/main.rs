//! The real window on a virtual display, by key presses alone.

use acceptance::scenario::Scenario;
use acceptance::server::Server;
use acceptance::stage::{Display, Key, Window};
use acceptance::{root, seed, sitters};
use anyhow::{Context, Result, ensure};
use domain::port::Store;
use std::path::Path;

/// A desk in a folder: server, data, camera, display, window.
async fn desk(folder: &Path) -> Result<(Server, Scenario)> {
    let program = root::program("central");
    let server = Server::start(&program, &folder.join("central"))?;
    let camera = folder.join("camera");
    sitters::stage(&sitters::scenes(&root::sitters(), &root::models())?, &camera)?;
    let source = format!("replay:{}", camera.display());
    seed::folder(
        &folder.join("station"),
        server.greeting(),
        &source,
        &root::models(),
    )?;
    let display = Display::start(1366, 768)?;
    let window = open(&display, folder).await?;
    Ok((server, Scenario::new(display, window, camera, None)))
}

async fn open(display: &Display, folder: &Path) -> Result<Window> {
    let app = root::program("capture-station");
    Window::open(
        display,
        &app,
        &folder.join("station"),
        &folder.join("station.log"),
    )
    .await
}

/// From sign-in to "queued" for a prepaid student of the roster: at most 8 key presses and 20 seconds.
#[tokio::test(flavor = "current_thread")]
async fn a_prepaid_student_in_eight_keys_and_twenty_seconds() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (server, mut desk) = desk(folder.path()).await?;
    desk.open_session().await?;
    let effort = desk.serve_next("biden", false).await?;
    println!(
        "from next to queued: {} key presses, {:.1} s",
        effort.presses, effort.seconds
    );
    ensure!(effort.presses <= 8, "{} key presses", effort.presses);
    ensure!(effort.seconds <= 20.0, "{:.1} s", effort.seconds);
    desk.window.close().await?;
    drop(server);
    let store = seed::open_store(&folder.path().join("station"))?;
    let queue = store.queue(10)?;
    ensure!(queue.len() == 1, "{} packets in the store", queue.len());
    Ok(())
}

/// The window is killed at the checked still, at the last look and right after the confirmation: what was
/// confirmed is there afterwards, and nothing arrives twice.
#[tokio::test(flavor = "current_thread")]
async fn killed_three_times_it_loses_and_doubles_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (server, mut desk) = desk(folder.path()).await?;
    for last_page in ["review", "last_look", "done"] {
        desk.open_session().await?;
        desk.play("biden-right")?;
        let keys: [(&str, &[Key]); 5] = [
            ("identity", &[Key::Enter]),
            ("enrolment", &[Key::Space, Key::Enter]),
            ("notes", &[Key::Enter]),
            ("capture", &[Key::Enter]),
            ("review", &[]),
        ];
        for (page, presses) in keys {
            for key in presses {
                desk.press(*key).await?;
            }
            desk.window.wait_for(&[page]).await?;
        }
        desk.reviewed().await?;
        for page in ["last_look", "done"].iter().take(match last_page {
            "review" => 0,
            "last_look" => 1,
            _ => 2,
        }) {
            desk.press(Key::Enter).await?;
            desk.window.wait_for(&[page]).await?;
        }
        let Scenario {
            display,
            window,
            camera,
            ..
        } = desk;
        window.kill().await?;
        let window = open(&display, folder.path())
            .await
            .context("the station after a kill")?;
        desk = Scenario::new(display, window, camera, None);
    }
    desk.open_session().await?;
    desk.all_received().await?;
    desk.window.close().await?;
    let store = seed::open_store(&folder.path().join("station"))?;
    let tally = store.tally()?;
    ensure!(
        tally.acknowledged == 1,
        "{} acknowledged, 1 confirmed",
        tally.acknowledged
    );
    drop(server);
    let held = central::Central::start(&central::Config::sample(folder.path().join("central")))?.packets()?;
    ensure!(held.len() == 1, "the server holds {} packets", held.len());
    Ok(())
}
