//! The numbers behind the findings.

use serde::Deserialize;

const LIST: &str = include_str!("../../../../../assets/doctor.toml");

/// `assets/doctor.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Version of the list.
    pub version: u32,
    /// Free room on the disk.
    pub disk: Disk,
    /// The clock.
    pub clock: Clock,
    /// The camera.
    pub camera: Camera,
}

/// Free room in megabytes of 10^6 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// Less than this is said.
    pub low_mb: u64,
    /// Less than this needs a hand.
    pub least_mb: u64,
}

/// How clocks may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Furthest apart, in seconds.
    pub apart_s: i64,
}

/// How cameras are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    /// Longest wait for the first picture, in milliseconds.
    pub patience_ms: u64,
}

impl Limits {
    /// The list that comes with the program.
    pub fn builtin() -> Result<Self, toml::de::Error> {
        Self::parse(LIST)
    }

    /// A list from its text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
