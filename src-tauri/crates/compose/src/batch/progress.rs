//! How far a batch is, on standard error: a bar that moves on a terminal, lines elsewhere, or nothing.

use super::{Item, Outcome};
use std::io::{IsTerminal, Write, stderr};
use std::time::Instant;

/// Width of the bar, characters.
const WIDTH: usize = 30;
/// Where there is no terminal, one line after so many pictures.
const EVERY: usize = 10;

/// Tells how far a batch is.
pub struct Progress {
    quiet: bool,
    moving: bool,
    begun: Instant,
    all: usize,
    before: usize,
    done: usize,
    without: usize,
}

impl Progress {
    /// On standard error, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self {
            quiet,
            moving: stderr().is_terminal(),
            begun: Instant::now(),
            all: 0,
            before: 0,
            done: 0,
            without: 0,
        }
    }

    pub(super) fn begin(&mut self, all: usize, before: usize) {
        (self.all, self.before, self.done) = (all, before, before);
        if before > 0 {
            self.say(&format!("{before} of {all} were done before\n"));
        }
    }

    pub(super) fn tell(&mut self, item: &Item) {
        self.done += 1;
        self.without += usize::from(item.outcome != Outcome::Photo);
        if self.moving {
            let full = WIDTH * self.done / self.all.max(1);
            let bar = "#".repeat(full) + &"-".repeat(WIDTH - full.min(WIDTH));
            self.say(&format!("\r[{bar}] {}", self.words()));
        } else if (self.done - self.before).is_multiple_of(EVERY) || self.done == self.all {
            self.say(&format!("{}\n", self.words()));
        }
    }

    pub(super) fn end(&self) {
        if self.moving && self.done > self.before {
            self.say("\n");
        }
    }

    fn words(&self) -> String {
        let took = self.begun.elapsed().as_secs_f32();
        let left = took / (self.done - self.before).max(1) as f32 * (self.all - self.done) as f32;
        format!(
            "{} of {}, {} without a photo, {left:.0} s left   ",
            self.done, self.all, self.without
        )
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            // Who closed standard error does not want to hear it.
            let _ = stderr().write_all(text.as_bytes());
        }
    }
}
