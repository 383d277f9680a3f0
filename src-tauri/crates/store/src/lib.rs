//! What a station keeps on its machine: one SQLite database and one folder of sealed packets.
//!
//! A call that returns `Ok` is fsynced. There is one writer; reads go through a connection of their own
//! and never wait for a packet that is being written.

mod audit;
pub mod backup;
mod cameras;
mod changes;
mod codes;
mod database;
mod days;
mod enrolments;
mod exceptions;
mod fees;
mod imports;
pub mod inspect;
mod line;
mod look_up;
mod looking;
mod mend;
mod operators;
mod packet_folder;
mod packets;
mod private;
mod refunds;
mod search;
mod search_keys;
mod seed;
mod setups;
mod station_store;
mod sweep;
mod trouble;
mod unmet;
mod walk_ins;
mod withdrawals;
mod words;

pub use database::{Database, Key};
pub use seed::station_seed;
pub use station_store::StationStore;
