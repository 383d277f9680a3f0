//! Photos on paper: where they lie, what the files hold, what the printer is told.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod drawn;
mod layouts;
mod made;
mod marks;
mod papers;
mod pdf_file;
mod portable;
#[cfg(unix)]
mod spooling_unix;
