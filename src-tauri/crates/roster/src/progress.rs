//! How far the reading of a roster is.

/// Rows between two words of progress.
pub(crate) const ROWS_A_WORD: usize = 1_000;

/// What is being done with the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Taken out of the workbook.
    Reading,
    /// Checked one by one.
    Checking,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Which step.
    pub step: Step,
    /// Rows done; never less than before in the same sheet, and never more than `total`.
    pub done: u64,
    /// Rows in all: while reading what the sheet says of itself, which may be wrong, or 0 when it says nothing.
    pub total: u64,
}

impl Progress {
    pub(crate) const fn of(step: Step, done: usize, total: usize) -> Self {
        Self {
            step,
            done: done as u64,
            total: total as u64,
        }
    }
}
