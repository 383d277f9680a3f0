//! The report: its form, its schema, the results of the finished file, and the page for people.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod finished;
mod form;
mod page;
mod sample;
mod schema;
mod sitter;
