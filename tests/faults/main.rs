//! What happens to a station's machine: the blind station, which is every part of a station but its eyes, killed,
//! cut off from power, on bad disks and under wrong clocks.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[cfg(target_os = "linux")]
mod bad_disk;
#[cfg(target_os = "linux")]
mod clock;
#[cfg(target_os = "linux")]
mod crash;
mod drain;
#[cfg(target_os = "linux")]
mod faulty;
#[cfg(target_os = "linux")]
mod fsync;
mod kill;
mod torn;

/// The blind station.
const PROGRAM: &str = env!("CARGO_BIN_EXE_blind");
