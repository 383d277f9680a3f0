//! The commands of the operator's window; the sitter's has none.

use crate::label::{NotForThisWindow, OPERATOR, only};
use crate::shell::Shell;
use crate::sitter_screen::{SitterScreen, Standing};
use station::contract::Command;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};

/// Ends of the names that rosters have.
const ROSTER_FILES: &[&str] = &[
    "xlsx", "xls", "csv", "tsv", "txt", "dbf", "zip", "XLSX", "XLS", "CSV", "DBF",
];

/// Hands a command to the station; what came of it shows in the next view.
#[tauri::command]
pub(crate) fn dispatch(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    command: Command,
) -> Result<(), NotForThisWindow> {
    only(OPERATOR, window.label())?;
    shell.dispatch(command);
    Ok(())
}

/// Lets somebody choose a roster file in the system's own dialog; `None` when none was chosen. The dialog is made on the
/// main thread, as every toolkit wants it, and waited for on another.
#[tauri::command]
pub(crate) async fn choose_roster(
    app: AppHandle,
    window: WebviewWindow,
) -> Result<Option<String>, NotForThisWindow> {
    only(OPERATOR, window.label())?;
    let (made, dialog) = std::sync::mpsc::channel();
    let parent = window.clone();
    let asked = app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new()
            .set_parent(&parent)
            .add_filter("XLSX, XLS, CSV, TSV, DBF, ZIP", ROSTER_FILES)
            .add_filter("*", &["*"]);
        // Whoever asked is gone only when the window is.
        let _nobody_waits = made.send(dialog.pick_file());
    });
    if let Err(fault) = asked {
        tracing::error!(%fault, "no dialog");
        return Ok(None);
    }
    let chosen = match dialog.recv() {
        Ok(dialog) => dialog.await,
        Err(_) => None,
    };
    Ok(chosen.map(|file| file.path().to_string_lossy().into_owned()))
}

/// Sends how the sitter's screen stands, now and whenever it changes. Asks the main thread for the displays, so it
/// must not run there.
#[tauri::command(async)]
pub(crate) fn watch_sitter_screen(
    window: WebviewWindow,
    screen: State<'_, Arc<SitterScreen>>,
    channel: Channel<Standing>,
) -> Result<(), NotForThisWindow> {
    only(OPERATOR, window.label())?;
    screen.watch(move |standing| channel.send(standing.clone()).is_ok());
    Ok(())
}

/// Opens the sitter's screen on a display or moves it there. A window made on the main thread while that waits for
/// this command would wait for ever on Windows.
#[tauri::command(async)]
pub(crate) fn open_sitter_screen(
    app: AppHandle,
    window: WebviewWindow,
    screen: State<'_, Arc<SitterScreen>>,
    display: String,
) -> Result<(), NotForThisWindow> {
    only(OPERATOR, window.label())?;
    screen.open(&app, &display);
    Ok(())
}

/// Closes the sitter's screen.
#[tauri::command(async)]
pub(crate) fn close_sitter_screen(
    app: AppHandle,
    window: WebviewWindow,
    screen: State<'_, Arc<SitterScreen>>,
) -> Result<(), NotForThisWindow> {
    only(OPERATOR, window.label())?;
    screen.close(&app);
    Ok(())
}
