//! The reference central server.
//!
//! One binary on embedded SQLite and a folder: sessions and rosters go out; orders, uploads and
//! commits come in; verdicts go out. What it keeps of a packet is the sealed file, as it came. The API
//! is described by `openapi.json` beside this crate; a test holds the two against each other.

mod blobs;
mod caller;
mod central;
mod changes;
mod checksum;
mod commit;
mod config;
mod door;
mod extract;
mod fault;
mod folder;
mod health;
mod import;
mod keys;
mod ledger;
mod orders;
mod packets;
mod people;
mod provider;
mod rate;
mod refunds;
mod refusal;
mod review;
mod routes;
mod school;
mod sessions;
mod shared;
mod sqlite;
mod stations;
mod tus;
mod upload;
mod verdicts;
mod walk_ins;
mod wire;

pub use blobs::Blobs;
pub use caller::Caller;
pub use central::{Central, Greeting, OPENAPI};
pub use config::{Config, Limits, Rate};
pub use fault::{Fault, FaultKind, Target};
pub use folder::Folder;
pub use import::{ImportProblem, Imported};
pub use ledger::{
    AuditLine, ChangeLedger, Changes, Choice, Chosen, Ledger, Message, OrderLedger, PacketLedger,
    PeopleLedger, ReviewLedger, StationLedger, UploadLedger,
};
pub use orders::Order;
pub use packets::{HeldPacket, NewPacket, Withdrawn};
pub use provider::simulated::{Notify, ProviderMood};
pub use refusal::Refusal;
pub use school::{RosterRow, Told};
pub use sqlite::Sqlite;
pub use stations::{Invitation, Joining, Station};
pub use upload::{Room, Upload, UploadState};
pub use verdicts::{Judgement, REASONS, Verdict};
pub use walk_ins::{Settlement, Settling};
