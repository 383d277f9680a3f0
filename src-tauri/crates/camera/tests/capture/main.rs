//! The capture layer through its public door: with the replay camera, and with cameras that misbehave.

#![allow(clippy::unwrap_used)] // the exception for tests does not reach their common functions

mod misbehaving;
mod replaying;
mod settings;
mod stage;
