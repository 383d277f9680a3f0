//! Who asks.

use std::fmt;

/// Who asks, as far as the credentials prove it; stands in every line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Nobody in particular: an open door.
    Nobody,
    /// A station that shows the start-up token, which does not say which one.
    StartUp,
    /// The station with this id, by its own token.
    Station(String),
    /// The reviewer.
    Reviewer,
    /// Whoever sits at the server itself: a command line, or the program that holds the server.
    Console,
}

impl Caller {
    /// Whose uploads these are: all stations with the start-up token share theirs.
    pub fn owner(&self) -> &str {
        match self {
            Self::Station(id) => id,
            _ => "",
        }
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::StartUp => f.write_str("start-up token"),
            Self::Station(id) => write!(f, "station {id}"),
            Self::Reviewer => f.write_str("reviewer"),
            Self::Console => f.write_str("console"),
        }
    }
}
