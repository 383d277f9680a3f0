//! Key presses from "next" to "ready for the camera".

use crate::desk_of;
use acceptance::root;
use acceptance::scenario::Scenario;
use acceptance::stage::Key;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// True once the agreement is ticked.
const TICKED: &str = "return document.querySelector('[data-do=consent][aria-checked=true]') !== null";
/// True while one confirmation stands for identity and enrolment.
const LISTED: &str = "return document.querySelector('[data-do=confirm_listed]') !== null";
/// True once the walk-in has a record.
const REGISTERED: &str =
    "return document.querySelector('[data-page=enrolment] [data-do=confirm_enrolment]') !== null";
/// True while cash can be taken.
const CASH: &str = "return document.querySelector('input[name=tendered]') !== null";

/// A prepaid student of a trusted list takes at most two keys once "next" has shown them, a walk-in with cash at most
/// twelve beside the typing of name and number.
#[tokio::test(flavor = "current_thread")]
async fn two_keys_for_a_prepaid_student_and_twelve_for_a_walk_in_with_cash() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let school = trusting(folder.path())?;
    let (server, mut desk) = desk_of(folder.path(), Some(&school)).await?;
    desk.open_session().await?;
    let listed = prepaid(&mut desk).await?;
    // Twice in a second leaves the person.
    desk.press(Key::Escape).await?;
    desk.press(Key::Escape).await?;
    desk.window.wait_for(&["home"]).await?;
    let walk_in = walk_in(&mut desk).await?;
    // Past libtest's capture: the figures are wanted of a run that passes.
    writeln!(
        std::io::stderr(),
        "from next to ready for the camera: {listed} key presses, as a walk-in with cash {walk_in}"
    )?;
    ensure!(listed <= 2, "{listed} key presses for a prepaid student");
    ensure!(walk_in <= 12, "{walk_in} key presses for a walk-in with cash");
    desk.window.close().await?;
    drop(server);
    Ok(())
}

/// The sample school with a trusted list.
fn trusting(folder: &Path) -> Result<PathBuf> {
    let sample = root::root().join("tests/central/sample");
    let school = folder.join("school");
    fs::create_dir_all(&school)?;
    for name in ["agreement.txt", "roster.csv"] {
        fs::copy(sample.join(name), school.join(name))?;
    }
    let session = fs::read_to_string(sample.join("session.toml"))?;
    let trusting = session.replacen("[policy]\n", "[policy]\ntrusted_list = true\n", 1);
    ensure!(trusting != session, "the sample session has no policy");
    fs::write(school.join("session.toml"), trusting)?;
    Ok(school)
}

async fn prepaid(desk: &mut Scenario) -> Result<u32> {
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["identity"]).await?;
    desk.window.wait_until("the one page", LISTED).await?;
    desk.window.count_from_here();
    desk.press(Key::Space).await?;
    desk.window
        .wait_until("the tick on the agreement", TICKED)
        .await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["notes"]).await.context("the camera")?;
    Ok(desk.window.presses())
}

async fn walk_in(desk: &mut Scenario) -> Result<u32> {
    desk.window.count_from_here();
    desk.press(Key::F(4)).await?;
    desk.window.wait_for(&["identity"]).await?;
    desk.press(Key::Space).await?;
    desk.window
        .wait_until("the tick on the agreement", TICKED)
        .await?;
    desk.window.fill("input[name=name]", "欧明德").await?;
    desk.press(Key::Tab).await?;
    desk.window
        .fill("input[name=number]", "110101200401014870")
        .await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["enrolment"]).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_until("the walk-in's record", REGISTERED).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["payment"]).await?;
    desk.press(Key::Alt('2')).await?;
    desk.window.wait_until("the cash panel", CASH).await?;
    // Nothing typed is the fee to the fen.
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["notes"]).await.context("the camera")?;
    Ok(desk.window.presses())
}
