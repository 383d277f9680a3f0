//! The sitter's window beside the operator's.

use crate::{desk, open};
use acceptance::scenario::Scenario;
use acceptance::stage::Key;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;

/// True in the operator's window.
const OPERATOR: &str = "return document.querySelector('.topbar') !== null";
/// True in the sitter's window.
const SITTER: &str =
    "return location.pathname.endsWith('sitter.html') && document.querySelector('.mirror') !== null";
/// True once the operator's window knows the displays.
const LISTED: &str = "return document.querySelector('[data-dialog=sitter_screen] [data-display]') !== null";
/// True while the operator's window says that the sitter's is open.
const OPEN: &str = "return document.querySelector('[data-sitter-screen=open]') !== null";
/// True once live pictures were drawn on the page.
const PAINTED: &str =
    "return Number(document.querySelector('canvas.mirror[data-live]')?.dataset.drawn ?? 0) > 3";

/// A command that is taken from the operator at the camera and changes nothing there.
const SWITCH: &str = "{ command: { do: 'auto_shutter', on: true } }";

/// Opens the sitter's screen with keys alone, from wherever the operator is.
async fn open_screen(desk: &mut Scenario) -> Result<()> {
    desk.press(Key::Control('2')).await?;
    desk.window.wait_until("the displays", LISTED).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_until("the chip", OPEN).await?;
    desk.press(Key::Escape).await
}

/// What calling a command from the page on hand brings: `taken` or the refusal.
async fn call(desk: &Scenario, command: &str, arguments: &str) -> Result<String> {
    let script = format!(
        "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('{command}', {arguments}) \
         .then(() => done('taken'), (fault) => done('refused: ' + JSON.stringify(fault)))"
    );
    let answer = desk.window.ask_later(&script).await?;
    Ok(answer.as_str().context("no answer")?.to_owned())
}

/// The status of a picture's address, fetched from the page on hand.
async fn fetched(desk: &Scenario, path: &str) -> Result<i64> {
    let script = format!(
        "const done = arguments[0]; fetch('frame://localhost/{path}', {{ cache: 'no-store' }}) \
         .then((answer) => done(answer.status), () => done(0))"
    );
    desk.window
        .ask_later(&script)
        .await?
        .as_i64()
        .context("no status")
}

/// The page's text and markup.
async fn whole_page(desk: &Scenario) -> Result<String> {
    let page = desk
        .window
        .ask("return document.documentElement.outerHTML")
        .await?;
    Ok(page.as_str().unwrap_or_default().to_owned())
}

/// The full name and the masked one of the person on the operator's page.
async fn names(desk: &Scenario) -> Result<(String, String)> {
    let words = |value: Value| value.as_str().unwrap_or_default().trim().to_owned();
    let full = words(
        desk.window
            .ask("return document.querySelector('.strip .who b')?.textContent")
            .await?,
    );
    let letters: Vec<char> = full.chars().collect();
    ensure!(letters.len() >= 2, "no name in the strip: {full:?}");
    let masked = match letters.as_slice() {
        [first, middle @ .., last] if !middle.is_empty() => {
            format!("{first}{}{last}", "*".repeat(middle.len()))
        }
        _ => format!("{}*", letters[0]),
    };
    Ok((full, masked))
}

/// The sitter sees the way to the photo in a window that can do nothing else.
#[tokio::test(flavor = "current_thread")]
async fn the_sitter_sees_the_masked_name_and_the_mirrored_picture_and_can_command_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (server, mut desk) = desk(folder.path()).await?;
    desk.play("biden-small")?;
    desk.open_session().await?;
    open_screen(&mut desk).await?;
    desk.window.turn_to("the sitter's page", SITTER).await?;
    desk.window.wait_for(&["welcome"]).await?;
    ensure!(
        desk.window
            .ask("return document.querySelectorAll('[data-note] svg').length")
            .await?
            == 7
    );

    desk.window.turn_to("the operator's page", OPERATOR).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["identity"]).await?;
    desk.take_turn("identity").await?;
    desk.window.wait_for(&["enrolment"]).await?;
    let (full, masked) = names(&desk).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["notes"]).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["capture"]).await?;
    ensure!(
        !whole_page(&desk).await?.contains(&full),
        "the full name at the camera"
    );

    let taken = call(&desk, "dispatch", SWITCH).await?;
    ensure!(taken == "taken", "the operator's own command: {taken}");

    desk.window.turn_to("the sitter's page", SITTER).await?;
    desk.window.wait_for(&["camera"]).await?;
    desk.window.wait_until("the mirrored picture", PAINTED).await?;
    let said = "return document.querySelector('[data-instruction]')?.dataset.instruction === 'too_small'";
    desk.window.wait_until("the instruction", said).await?;
    let page = whole_page(&desk).await?;
    ensure!(page.contains(&masked), "{masked} is not there");
    ensure!(page.contains("不是您？"), "nobody is asked");
    ensure!(!page.contains(&full), "the full name on the sitter's screen");
    let drawn = "const c = document.querySelector('canvas[data-live]'), p = c.getContext('2d');\
        const at = (x, y) => p.getImageData(x, y, 1, 1).data.slice(0, 3).join();\
        return new Set([at(c.width / 2, c.height / 2), at(5, 5), at(c.width / 2, c.height - 5)]).size > 1";
    ensure!(desk.window.ask(drawn).await? == true, "an empty picture");

    // It listens and looks, and may do nothing else.
    for (command, arguments) in [
        ("dispatch", SWITCH),
        ("close_sitter_screen", "{}"),
        ("open_sitter_screen", "{ display: '' }"),
        ("plugin:window|close", "{}"),
        (
            "plugin:event|listen",
            "{ event: 'x', target: { kind: 'Any' }, handler: 1 }",
        ),
    ] {
        let answer = call(&desk, command, arguments).await?;
        ensure!(answer.starts_with("refused: "), "{command}: {answer}");
    }
    for path in ["sample/1", "photo/1", "crop/1", "view"] {
        ensure!(fetched(&desk, path).await? == 403, "{path} can be fetched");
    }
    ensure!(fetched(&desk, "live").await? == 200);

    // The photo: wait while it is judged, then go.
    desk.play("biden-right")?;
    desk.window.wait_for(&["wait"]).await?;
    desk.window.turn_to("the operator's page", OPERATOR).await?;
    desk.window.wait_for(&["review"]).await?;
    desk.reviewed().await?;
    ensure!(
        fetched(&desk, "sample/1").await? == 200,
        "the operator sees the still"
    );
    desk.answer().await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["last_look"]).await?;
    desk.press(Key::Enter).await?;
    desk.window.wait_for(&["done"]).await?;
    desk.window.turn_to("the sitter's page", SITTER).await?;
    let stored = "return document.querySelector('[data-words=\"sitter.done.stored\"]') !== null";
    desk.window.wait_until("the thanks", stored).await?;
    ensure!(
        !whole_page(&desk).await?.contains(&full),
        "the full name at the end"
    );

    desk.window.turn_to("the operator's page", OPERATOR).await?;
    opened_again(desk, folder.path()).await?;
    drop(server);
    Ok(())
}

/// What was open last time is open at the next start; closed by the operator it is gone.
async fn opened_again(desk: Scenario, folder: &Path) -> Result<()> {
    let Scenario {
        display,
        window,
        camera,
        ..
    } = desk;
    window.close().await?;
    let window = open(&display, folder).await?;
    let mut desk = Scenario::new(display, window, camera, None);
    desk.window.turn_to("the sitter's page", SITTER).await?;
    desk.window.turn_to("the operator's page", OPERATOR).await?;
    desk.open_session().await?;
    desk.press(Key::Control('2')).await?;
    desk.window.wait_until("the displays", LISTED).await?;
    desk.press(Key::Char('x')).await?;
    desk.window
        .wait_until(
            "no chip",
            "return document.querySelector('[data-sitter-screen]') === null",
        )
        .await?;
    let kept = std::fs::read_to_string(folder.join("station/sitter-screen.toml"))?;
    ensure!(kept.contains("open = false"), "{kept}");
    desk.window.close().await
}
