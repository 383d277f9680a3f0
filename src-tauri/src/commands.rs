//! The two commands of the window.

use compose::Desktop;
use station::contract::{Command, StationView};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// Sends the present view and every new one until the window is gone.
#[tauri::command]
pub(crate) fn subscribe(desktop: State<'_, Arc<Desktop>>, channel: Channel<StationView>) {
    desktop.station().subscribe(move |view| channel.send(view.clone()).is_ok());
}

/// Hands a command to the station; what came of it shows in the next view.
#[tauri::command]
pub(crate) fn dispatch(desktop: State<'_, Arc<Desktop>>, command: Command) {
    desktop.station().dispatch(command);
}
