//! A machine that fails on purpose, for a program that knows nothing of it: `LD_PRELOAD` puts these functions
//! before those of the C library. They pass everything on, until the call comes that a plan names.
//!
//! | variable | what |
//! |---|---|
//! | `FAULTY_FOLDER` | only calls on files below this folder are counted and may fail |
//! | `FAULTY_PLAN` | what fails: see [`plan`]; nothing without it |
//! | `FAULTY_LOG` | a file that gets one line a counted call: number, kind, function, file name |
//! | `FAULTY_CLOCK` | a file with the milliseconds that the wall clock is wrong by; read at every look at the clock |
//!
//! Linked into nothing: whoever depends on this crate only has it built. Empty on other systems.
#![cfg(target_os = "linux")]

mod clock;
mod disk;
pub mod plan;
mod power;
mod system;
