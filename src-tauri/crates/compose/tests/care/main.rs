//! `station roster`, `backup`, `restore` and `doctor` from the command line.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod backups;
mod desk;
mod examined;
mod limits;
mod rosters;
