//! What a run of the blind station said, and how it ended.

use anyhow::{Context, Result, ensure};
use std::process::{ExitStatus, Output};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, and well.
    Well,
    /// By itself, with a fault.
    Failed,
    /// It was killed.
    Killed,
}

impl End {
    /// What the system says of it.
    pub fn of(status: ExitStatus) -> Self {
        match status.code() {
            Some(0) => Self::Well,
            Some(_) => Self::Failed,
            None => Self::Killed,
        }
    }
}

/// What a run said; a line that was cut by a kill was not said.
#[derive(Debug, Clone)]
pub struct Said {
    /// All of it.
    pub out: String,
    /// What went to the log.
    pub log: String,
    /// How it ended.
    pub end: End,
}

impl Said {
    /// From a process that has ended.
    pub fn by(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            end: End::of(output.status),
            out: text(output.stdout),
            log: text(output.stderr),
        }
    }

    /// What follows `word` in every line that begins with it.
    pub fn after<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        let whole = self
            .out
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'));
        whole.filter_map(move |line| line.strip_prefix(word)?.strip_prefix(' '))
    }

    /// Ids of the packets that it confirmed.
    pub fn confirmed(&self) -> Vec<String> {
        self.after("confirmed").map(str::to_string).collect()
    }

    /// Codes of the faults that it named.
    pub fn faults(&self) -> Vec<&str> {
        self.after("fault").collect()
    }

    /// What it found: waiting, needing attention, acknowledged; nothing when it did not come so far.
    pub fn opened(&self) -> Option<[u32; 3]> {
        let mut numbers = self.after("opened").next()?.split(' ').map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some([next()?, next()?, next()?])
    }

    /// How many were acknowledged, and how many need attention, when nothing waited any more.
    ///
    /// # Errors
    /// When it did not come so far.
    pub fn drained(&self) -> Result<(u32, u32)> {
        ensure!(self.end == End::Well, "ended badly: {self:?}");
        let words = self.after("drained").next().context("nothing drained")?;
        let (acknowledged, attention) = words.split_once(' ').context("two numbers")?;
        Ok((acknowledged.parse()?, attention.parse()?))
    }
}
