//! One picture of the evaluation with its row and what was found.

use super::copies::CopySeen;
use super::judging::Outcome;
use super::role::Role;
use super::seen::Seen;
use super::truth::Row;

/// One picture.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its row.
    pub row: Row,
    /// The part it plays.
    pub role: Role,
    /// What was found, or the code under which it was refused.
    pub seen: Seen,
    /// A small JPEG; empty when the picture could not be decoded.
    pub thumbnail: Vec<u8>,
    /// What was found on copies made in memory.
    pub copies: Vec<CopySeen>,
    /// What each rule got right and wrong, in the rules' order; filled when all pictures are seen.
    pub outcomes: Vec<(String, Outcome)>,
}

impl Subject {
    /// True when nothing stops it; a refused picture is not accepted.
    pub fn accepted(&self) -> bool {
        self.seen.as_ref().is_ok_and(super::seen::Looked::accepted)
    }
}
