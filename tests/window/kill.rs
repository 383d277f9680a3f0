//! The window killed at random moments.

use crate::{desk, open};
use acceptance::chance::{Chance, seeded};
use acceptance::scenario::Scenario;
use acceptance::seed;
use anyhow::{Context, Result, bail, ensure};
use domain::port::Store;
use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

/// Kills at random moments; one more follows at the worst moment of all, when the screen has just said "done".
const KILLS: u32 = 4;
/// How long a window lives before it is killed: from the sign-in to about one sitter.
const SHORTEST: Duration = Duration::from_millis(2_500);
const LONGEST: Duration = Duration::from_millis(14_000);

/// What the screen called done is there afterwards, and nobody's photo arrives twice.
#[test]
fn killed_at_random_moments_the_window_loses_and_doubles_nothing() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    seeded(|chance, seed| runtime.block_on(killed_and_opened_again(chance, seed)))
}

async fn killed_and_opened_again(mut chance: Chance, seed: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (server, mut desk) = desk(folder.path()).await?;
    desk.play("biden-right")?;
    let mut done = 0;
    let mut lives = vec![];
    for life in 0..=KILLS {
        if life < KILLS {
            let span = chance.between(SHORTEST, LONGEST);
            tokio::select! {
                ended = serve(&mut desk, &mut done, u32::MAX) => ended?,
                () = tokio::time::sleep(span) => {}
            }
            lives.push((span.as_millis(), desk.window.page().await?));
        } else {
            let one_more = done + 1;
            serve(&mut desk, &mut done, one_more).await?;
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
    writeln!(
        std::io::stderr(),
        "seed {seed}: killed at {lives:?} and once more at done; {done} called done"
    )?;

    let tally = seed::open_store(&folder.path().join("station"))?.tally()?;
    drop(server);
    let central = central::Central::start(&central::Config::sample(folder.path().join("central")))?;
    let held = central.packets()?;
    // A kill between the store's commit and the next look at the screen leaves one more than was seen.
    ensure!(
        (done..=done + KILLS).contains(&tally.acknowledged),
        "{done} done, {tally:?}"
    );
    ensure!(
        held.len() == tally.acknowledged as usize,
        "the server holds {} packets, {tally:?}",
        held.len()
    );
    let mut people = BTreeSet::new();
    for packet in &held {
        people.insert(central.open_packet(&packet.id)?.manifest.enrolment.student_number);
    }
    ensure!(people.len() == held.len(), "somebody was sent twice: {people:?}");
    Ok(())
}

/// Serves whoever is next, from whatever page is on screen, until the screen has said "done" `until` times.
async fn serve(desk: &mut Scenario, done: &mut u32, until: u32) -> Result<()> {
    loop {
        let page = desk.window.page().await?;
        if page == "done" {
            *done += 1;
            if *done >= until {
                return Ok(());
            }
        }
        desk.take_turn(&page).await?;
        let mut waited = 0;
        while desk.window.page().await? == page {
            waited += 1;
            if waited > 600 {
                bail!("{page} stays on screen");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
