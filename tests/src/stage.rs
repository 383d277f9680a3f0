//! A real window on a virtual display, driven by key presses, seen by screenshots.

mod display;
mod driver;
mod keys;
mod screenshot;

pub use display::Display;
pub use driver::Window;
pub use keys::Key;
