//! The commands of the operator's window; the sitter's has none.

use crate::label::{NotForThisWindow, OPERATOR, only};
use crate::shell::Shell;
use crate::sitter_screen::{SitterScreen, Standing};
use station::contract::Command;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};

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
