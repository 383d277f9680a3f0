//! The operator's window and the sitter's. Rust decides, the windows show: this shell opens them, hands views up,
//! hands commands down and serves pictures.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod commands;
mod frames;
mod label;
mod shell;
mod sitter_screen;
mod views;
mod webkit_linux;

use label::{OPERATOR, SITTER};
use shell::Shell;
use sitter_screen::SitterScreen;
use std::sync::Arc;
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use views::Views;

fn main() -> anyhow::Result<()> {
    compose::keep_few_arenas();
    webkit_linux::prepare();
    compose::log_to_stderr();
    let (shell, data) = Shell::open();
    let shell = Arc::new(shell);
    let screen = Arc::new(SitterScreen::new(data));
    let views = Arc::new(Views::of(&shell));
    let (pictures, following) = (Arc::clone(&shell), Arc::clone(&screen));
    tauri::Builder::default()
        .manage(shell)
        .manage(screen)
        .register_asynchronous_uri_scheme_protocol("frame", move |context, request, responder| {
            let (shell, views) = (Arc::clone(&pictures), Arc::clone(&views));
            let caller = context.webview_label().to_owned();
            // A live frame may be waited for; the window's own thread never waits.
            let answering = std::thread::Builder::new()
                .name("frame".into())
                .spawn(move || responder.respond(frames::answer(&shell, &views, &caller, &request)));
            if let Err(fault) = answering {
                tracing::error!(%fault, "no thread to answer the window");
            }
        })
        .invoke_handler(tauri::generate_handler![
            commands::dispatch,
            commands::choose_roster,
            commands::watch_sitter_screen,
            commands::open_sitter_screen,
            commands::close_sitter_screen
        ])
        .on_window_event(|window, event| {
            let app = window.app_handle().clone();
            let screen = Arc::clone(&app.state::<Arc<SitterScreen>>());
            match (window.label(), event) {
                (OPERATOR, WindowEvent::Destroyed) => screen.leave(&app),
                // Closed by hand is closed by choice. That waits for this thread, so it happens on another.
                (SITTER, WindowEvent::CloseRequested { api, .. }) => {
                    api.prevent_close();
                    std::thread::spawn(move || screen.close(&app));
                }
                _ => {}
            }
        })
        .setup(move |app| {
            WebviewWindowBuilder::new(app, OPERATOR, WebviewUrl::default())
                .title("采集站 Capture Station")
                .inner_size(1366.0, 768.0)
                .min_inner_size(1024.0, 640.0)
                .maximized(true)
                .build()?;
            following.follow(app.handle().clone())?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
