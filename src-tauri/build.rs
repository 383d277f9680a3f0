//! Lets Tauri read its configuration and the built user interface.

fn main() {
    tauri_build::build();
}
