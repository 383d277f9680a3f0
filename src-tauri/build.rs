//! Lets Tauri read its configuration and the built user interface, and makes a permission of every command: none can
//! be called by a window whose capability does not name it.

/// The commands of the operator's window; the sitter's has none.
const COMMANDS: &[&str] = &[
    "dispatch",
    "choose_roster",
    "watch_sitter_screen",
    "open_sitter_screen",
    "close_sitter_screen",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(fault) = tauri_build::try_build(attributes) {
        println!("cargo::error={fault:#}");
    }
}
