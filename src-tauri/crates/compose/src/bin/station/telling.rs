//! How far a long piece of work is, on standard error: one line that is written over on a terminal, else a line for
//! every tenth.

use std::io::{IsTerminal, Write, stderr};

/// Work of fewer pieces than this is done before anybody asks, and is told on a terminal only.
const WORTH_A_LINE: u64 = 2_000;

/// Tells how far the pieces of one kind of work are.
pub(crate) struct Telling {
    terminal: bool,
    what: &'static str,
    tenth: u64,
}

impl Telling {
    /// On this process's standard error.
    pub(crate) fn new() -> Self {
        Self {
            terminal: stderr().is_terminal(),
            what: "",
            tenth: 0,
        }
    }

    /// So many of so many pieces of `what` are done.
    pub(crate) fn tell(&mut self, what: &'static str, done: u64, of: u64) {
        if let Some(line) = self.line(what, done, of) {
            let end = if self.terminal { "\r" } else { "\n" };
            // Nobody may be reading it.
            let _told = write!(stderr(), "{line}{end}");
        }
    }

    /// Leaves the line on the terminal to what comes next.
    pub(crate) fn end(&self) {
        if self.terminal {
            let _told = write!(stderr(), "{:<60}\r", "");
        }
    }

    fn line(&mut self, what: &'static str, done: u64, of: u64) -> Option<String> {
        if of == 0 {
            return None;
        }
        if self.terminal {
            return Some(format!("{:<60}", format!("{what}: {done} of {of}")));
        }
        let tenth = done.saturating_mul(10) / of;
        let again = what == self.what && tenth <= self.tenth;
        (self.what, self.tenth) = (what, tenth);
        (!again && tenth > 0 && of >= WORTH_A_LINE).then(|| format!("{what}: {} %", tenth * 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(terminal: bool, of: u64, step: usize) -> Vec<String> {
        let mut telling = Telling {
            terminal,
            what: "",
            tenth: 0,
        };
        ["read", "kept"]
            .into_iter()
            .flat_map(|what| (0..=of).step_by(step).map(move |done| (what, done)))
            .filter_map(|(what, done)| telling.line(what, done, of))
            .collect()
    }

    #[test]
    fn a_line_for_every_tenth_of_long_work_and_none_of_short() {
        let told = lines(false, 100_000, 1_000);
        assert_eq!(
            (told.len(), told[0].as_str(), told[19].as_str()),
            (20, "read: 10 %", "kept: 100 %")
        );
        assert!(lines(false, 1_999, 1).is_empty());
        assert_eq!(
            lines(false, 10_000, 5_000),
            ["read: 50 %", "read: 100 %", "kept: 50 %", "kept: 100 %"]
        );
        assert_eq!(lines(true, 100, 50).len(), 6);
        assert_eq!(Telling::new().line("read", 5, 0), None);
    }
}
