//! The networks on real portraits, through the same doors the station uses.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bench;
mod faces;
mod live;
mod matte;
mod models;
