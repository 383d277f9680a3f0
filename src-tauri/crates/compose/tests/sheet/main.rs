//! `station sheet` from the command line.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bench;
mod files;
#[cfg(unix)]
mod printing_unix;
mod refusals;
