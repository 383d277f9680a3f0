//! A real window on a virtual display, driven by key presses, seen by screenshots.

mod display;
mod driver;
mod keys;
mod screenshot;
mod watch;

pub use display::Display;
pub use driver::Window;
pub use keys::Key;
pub use watch::{Sighting, Spot, Watch, numbers};
