//! What the desk shows, on a real store and without window, camera, networks and central server.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bad_rows;
mod contact;
mod names;
mod rig;
