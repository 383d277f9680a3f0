//! Puts the station together: every adapter is chosen here and nowhere else.

pub mod batch;
pub mod by_hand;
mod desktop;
pub mod doctor;
pub mod evaluate;
pub mod id;
pub mod inspect;
pub mod joining;
mod link;
mod log;
#[path = "memory_linux.rs"]
mod memory;
mod papers;
pub mod picture;
mod preview;
#[path = "priority_linux.rs"]
mod priority;
mod settings;
pub mod sheet;
mod sight;

pub mod specs;
pub mod supply;

pub use desktop::{Desktop, station_clock};
pub use log::log_to_stderr;
pub use memory::keep_few_arenas;
pub use papers::open_papers;
pub use preview::Preview;
pub use settings::{Settings, SettingsFault, data_folder};
pub use sight::{models_folder, open_sight};
