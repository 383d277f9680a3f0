//! The operator's window. Rust decides, the window shows: this shell opens it, hands views up, hands
//! commands down and serves pictures.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod commands;
mod frames;
mod shell;
mod webkit_linux;

use shell::Shell;
use std::sync::Arc;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> anyhow::Result<()> {
    webkit_linux::prepare();
    compose::log_to_stderr();
    let shell = Arc::new(Shell::open());
    let pictures = Arc::clone(&shell);
    tauri::Builder::default()
        .manage(shell)
        .register_asynchronous_uri_scheme_protocol("frame", move |_context, request, responder| {
            let shell = Arc::clone(&pictures);
            // A live frame may be waited for; the window's own thread never waits.
            std::thread::spawn(move || responder.respond(frames::answer(&shell, &request)));
        })
        .invoke_handler(tauri::generate_handler![commands::subscribe, commands::dispatch])
        .setup(|app| {
            WebviewWindowBuilder::new(app, "operator", WebviewUrl::default())
                .title("采集站 Capture Station")
                .inner_size(1366.0, 768.0)
                .min_inner_size(1024.0, 640.0)
                .maximized(true)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
