//! The two commands of the window.

use crate::shell::Shell;
use station::contract::{Command, StationView};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// Sends the present view and every new one until the window is gone.
#[tauri::command]
pub(crate) fn subscribe(shell: State<'_, Arc<Shell>>, channel: Channel<StationView>) {
    shell.subscribe(move |view| channel.send(view.clone()).is_ok());
}

/// Hands a command to the station; what came of it shows in the next view.
#[tauri::command]
pub(crate) fn dispatch(shell: State<'_, Arc<Shell>>, command: Command) {
    shell.dispatch(command);
}
