//! Owns the session in one thread: a closed enum in, effects as data out, a full view snapshot up.
//!
//! ```text
//!  commands ─┐                       ┌─> eyes     (camera frames, networks, photo)
//!            ├─> station thread ─────┼─> cashier  (orders, sessions, rosters)
//!  facts  ───┘   rules + store       ├─> courier  (queue, acknowledgements, verdicts)
//!                    │                ├─> porter   (packets on sticks)
//!                    │                └─> clerk    (roster files)
//!                    │
//!                    └─> StationView for the operator, SitterView for the sitter
//! ```
//! The five workers block; the station thread never waits for them. Each answer comes back as a fact
//! that carries the session's epoch, so that an answer to something given up changes nothing.

mod audience;
mod cashier;
mod clerk;
pub mod contract;
mod courier;
mod desk;
mod event;
mod eyes;
mod gallery;
mod marks;
mod pacing;
mod parts;
mod porter;
mod readers;
pub mod report;
mod roster_import;
mod runner;
mod sealing;
mod view;

pub use courier::Pace;
pub use event::{Job, LiveSeen};
pub use gallery::{Gallery, Shown};
pub use parts::{Parts, Sight};
pub use porter::carry;
pub use roster_import::{Source, audit_line, bad_rows, import_of};
pub use runner::Station;
pub use view::broken;
