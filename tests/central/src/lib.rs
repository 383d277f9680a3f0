//! The reference central server.
//!
//! One binary on embedded SQLite and a folder: sessions and rosters go out; orders, uploads and
//! commits come in; verdicts go out. What it keeps of a packet is the sealed file, as it came. The API
//! is described by `openapi.json` beside this crate; a test holds the two against each other.

mod audit;
mod central;
mod checksum;
mod commit;
mod config;
mod database;
mod door;
mod fault;
mod folder;
mod health;
mod keys;
mod orders;
mod packets;
mod provider;
mod refusal;
mod review;
mod routes;
mod school;
mod sessions;
mod shared;
mod tus;
mod upload;
mod verdicts;
mod wire;

pub use central::{Central, Greeting, OPENAPI};
pub use config::Config;
pub use fault::{Fault, FaultKind, Target};
pub use folder::Folder;
pub use orders::Order;
pub use packets::HeldPacket;
pub use provider::ProviderMood;
pub use verdicts::{Judgement, REASONS};
