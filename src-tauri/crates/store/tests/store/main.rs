//! The store through its trait. What goes wrong around it is in `faults.rs`, which starts its own binary
//! again by the names of its tests.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[path = "../common/mod.rs"]
mod common;

mod backup;
mod cameras;
mod changes;
mod codes;
mod days;
mod enrolments;
mod exceptions;
mod fees;
mod imports;
mod inspect;
mod line;
mod look_up;
mod mend;
mod operators;
mod packets;
#[cfg(unix)]
mod private;
mod search;
mod setups;
mod sweep;
mod verdicts;
mod walk_ins;
mod withdrawals;
