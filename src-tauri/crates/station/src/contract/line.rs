//! The line, counted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many people each filter shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineCounts {
    /// Everybody.
    pub all: u32,
    /// Captured or approved.
    pub captured: u32,
    /// Without a photo.
    pub missing: u32,
    /// To be taken again.
    pub retake: u32,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClassRow {
    /// Its name.
    pub name: String,
    /// People in it.
    pub total: u32,
    /// Captured or approved.
    pub captured: u32,
    /// Without a photo.
    pub missing: u32,
    /// To be taken again.
    pub retake: u32,
}
