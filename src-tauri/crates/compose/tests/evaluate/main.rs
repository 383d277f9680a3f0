//! The evaluation on hand-made tables and results.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod copies;
mod figures;
mod judging;
mod made;
mod page;
mod truth;
