//! The uplink against real servers: the reference central server in this process, with faults on
//! demand, and an independent tus server from npm.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod changes;
mod delivery;
mod mouth;
mod orders;
mod rig;
mod tus_node;
mod tus_protocol;
mod verdicts;
