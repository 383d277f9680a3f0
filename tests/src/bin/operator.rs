//! The scripted operator: two sitters through the whole job in a real window, the second while the
//! central server is down.

use acceptance::scenario::Scenario;
use acceptance::server::Server;
use acceptance::stage::{Display, Key, Window};
use acceptance::{export, root, seed, sitters};
use anyhow::{Context, Result, ensure};
use clap::Parser;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The scripted operator.
#[derive(Parser)]
struct Arguments {
    /// Folder for photos, packets and screenshots.
    #[arg(long)]
    out: PathBuf,
    /// The central server's program.
    #[arg(long)]
    central_bin: PathBuf,
    /// The station's program.
    #[arg(long)]
    app: PathBuf,
    /// Folder of the sitters' portraits.
    #[arg(long)]
    sitters: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shots = arguments.out.join("screens");
    std::fs::create_dir_all(&shots)?;
    let data = arguments.out.join("station");
    say("sitters for the replay camera");
    let scenes = sitters::scenes(&arguments.sitters, &root::models())?;
    let camera = arguments.out.join("camera");
    sitters::stage(&scenes, &camera)?;

    say("central server with the sample school");
    let mut server = Server::start(&arguments.central_bin, &arguments.out.join("central"))?;
    let source = format!("replay:{}", camera.display());
    let settings = seed::folder(&data, server.greeting(), &source, &root::models())?;

    say("operator's window on a virtual display");
    let display = Display::start(1366, 768)?;
    let log = arguments.out.join("station.log");
    let window = Window::open(&display, &arguments.app, &data, &log).await?;
    let mut desk = Scenario::new(display, window, camera, Some(shots));
    desk.open_session().await?;

    say("first sitter: on the roster, prepaid, automatic shutter");
    let effort = desk.serve_next("biden", true).await?;
    say(&format!(
        "queued after {} key presses and {:.1} s",
        effort.presses, effort.seconds
    ));
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["identity", "home"]).await?;
    if desk.window.page().await? == "identity" {
        desk.press(Key::Escape).await?;
    }

    say("second sitter: walk-in, paid by QR");
    desk.begin_walk_in("欧明德", "110101200401014870").await?;
    desk.ask_order().await?;
    server.pay_all().await?;
    desk.window.wait_for(&["notes"]).await.context("the payment")?;
    say("the central server goes down");
    server.kill()?;
    desk.smile_through("obama").await?;
    desk.open_queue("queue-offline").await?;
    say("the central server comes back");
    server.restart()?;
    desk.all_received().await?;
    desk.shoot("queue-received").await?;
    desk.window.close().await?;
    drop(desk.display);

    say("photos and packets");
    server.kill()?;
    let packets = export::packets(&arguments.out)?;
    ensure!(
        packets.len() == 2,
        "the server holds {} packets instead of 2",
        packets.len()
    );
    export::compare(&packets, &settings.data)?;
    export::refusal(&arguments.sitters.join("astronaut.png"), &arguments.out)?;
    Ok(())
}

/// A line with the time since the start.
fn say(line: &str) {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let since: Duration = START.get_or_init(Instant::now).elapsed();
    println!("[{:6.1} s] {line}", since.as_secs_f32());
}
