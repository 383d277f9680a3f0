//! The uplink against real servers: the reference central server in this process, with faults on
//! demand, and an independent tus server from npm.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bad_line;
mod changes;
mod delivery;
mod downsync;
mod hostile;
mod joining;
mod line;
mod mouth;
mod orders;
mod rig;
mod tls;
mod tus_node;
mod tus_protocol;
mod verdicts;
