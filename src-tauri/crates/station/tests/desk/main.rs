//! What the desk shows, on a real store and without window, camera, networks and central server.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bad_rows;
mod burst;
mod camera;
mod card;
/// The drawn card whose place in the picture is known exactly.
#[path = "../../../card/tests/scenes/scene.rs"]
#[allow(dead_code, reason = "only its drawing is used here")]
mod card_scene;
mod code;
mod code_beside;
mod code_shown;
mod contact;
mod day;
mod enrolment;
mod held;
mod identity;
mod judging;
mod line;
mod money;
mod nothing;
mod rig;
mod roster_files;
mod scans;
mod server;
/// The drawn sitter whose measures are known exactly.
#[path = "../../../quality/tests/rules/sitter.rs"]
#[allow(dead_code, reason = "only its drawing is used here")]
mod sitter;
mod sitter_screen;
mod sync;

/// Where the drawn sitter finds its landmarks.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}
