//! The blind station killed at random moments, again and again.

use crate::blind::{End, Post, Said};
use crate::chance::Chance;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One kill in so many is aimed: right after a photo was confirmed. It tells how long a run takes to come so far on
/// this machine, under its load and with this queue; random lives are up to twice as long.
const AIMED: u32 = 20;
/// More people than any number of runs photographs.
const SCHOOL: &str = "1000000";
/// Milliseconds between two photos, so that sending and storing meet in every way.
const EVERY: &str = "4";
/// Bytes of an original: several writes of a file.
const BYTES: &str = "20000";

/// What was killed when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Toll {
    /// Kills.
    pub kills: u32,
    /// Before the store was open.
    pub before_open: u32,
    /// With a packet stored that nobody was told of.
    pub unsaid: u32,
    /// With a packet at the server whose acknowledgement was not yet here.
    pub unacknowledged: u32,
    /// Packets confirmed by all runs.
    pub confirmed: u32,
}

impl fmt::Display for Toll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills: {} before the store was open, {} with a packet stored and not yet confirmed, {} with one arrived \
             and not yet acknowledged; {} confirmed",
            self.kills, self.before_open, self.unsaid, self.unacknowledged, self.confirmed
        )
    }
}

/// Kills the blind station `kills` times and lets it drain; `tell` hears of every hundredth.
///
/// # Errors
/// When a confirmed photo is lost, one arrives twice, or a count is not true after a restart.
pub fn endure(
    program: PathBuf,
    kills: u32,
    chance: &mut Chance,
    mut tell: impl FnMut(&Toll),
) -> Result<Toll> {
    let post = Post::open(program)?;
    let data = post.station()?;
    let mut toll = Toll::default();
    let mut promised = BTreeSet::new();
    let (mut stored, mut arrived) = (0, 0);
    let mut longest = Duration::ZERO;
    for number in 0..kills {
        let words = ["--people", SCHOOL, "--every", EVERY, "--bytes", BYTES];
        let mut run = post.command(&data, &words);
        run.stderr(Stdio::null());
        let said = if number % AIMED == 0 {
            let begun = Instant::now();
            let said = killed_when_confirmed(&mut run)?;
            longest = begun.elapsed() * 2;
            said
        } else {
            killed_after(&mut run, chance.between(Duration::ZERO, longest))?
        };
        ensure!(said.end == End::Killed, "it ended by itself: {said:?}");
        toll.kills += 1;
        let known = u32::try_from(promised.len())?;
        if let Some(found) = said.opened() {
            (stored, arrived) = true_at_restart(found, &mut toll, (known, arrived))?;
        } else {
            toll.before_open += 1;
        }
        promised.extend(said.confirmed());
        arrived = u32::try_from(post.held()?.len())?.max(arrived);
        if toll.kills % 100 == 0 {
            toll.confirmed = u32::try_from(promised.len())?;
            tell(&toll);
        }
    }
    toll.confirmed = u32::try_from(promised.len())?;
    ensure!(stored > 0, "no run came as far as a stored packet");
    let last = post.run(&data, &["--drain"])?;
    let (acknowledged, attention) = last.drained()?;
    ensure!(attention == 0, "{attention} need attention");
    ensure!(
        acknowledged - toll.confirmed <= kills,
        "{acknowledged} acknowledged, {} confirmed",
        toll.confirmed
    );
    let nothing = BTreeSet::new();
    post.all_arrived_once(&data, acknowledged, &promised, &nothing)
        .with_context(|| toll.to_string())?;
    Ok(toll)
}

fn killed_after(run: &mut Command, life: Duration) -> Result<Said> {
    let mut child = run.spawn()?;
    std::thread::sleep(life);
    child.kill()?;
    Ok(Said::by(child.wait_with_output()?))
}

fn killed_when_confirmed(run: &mut Command) -> Result<Said> {
    let mut child = run.spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?);
    let mut out = String::new();
    while !out.contains("confirmed ") {
        ensure!(lines.read_line(&mut out)? > 0, "it ended by itself: {out}");
    }
    child.kill()?;
    lines.read_to_string(&mut out)?;
    let mut said = Said::by(child.wait_with_output()?);
    said.out = out;
    Ok(said)
}

/// Holds what a run counted at its start against what was known: `confirmed` packets, and `arrived` ones at the
/// server. Gives what is stored and what is acknowledged.
fn true_at_restart(
    [waiting, attention, acknowledged]: [u32; 3],
    toll: &mut Toll,
    (confirmed, arrived): (u32, u32),
) -> Result<(u32, u32)> {
    let stored = waiting + attention + acknowledged;
    ensure!(attention == 0, "{attention} need attention");
    ensure!(stored >= confirmed, "{confirmed} confirmed and {stored} stored");
    // Each kill may fall between the store's answer and the word of it, and leaves one such packet at most.
    let unsaid = stored - confirmed;
    ensure!(unsaid <= toll.kills, "{unsaid} stored and never confirmed");
    toll.unsaid = unsaid;
    // The server may have kept the one that was on its way; every other one was written down here.
    ensure!(
        (acknowledged..=acknowledged + 1).contains(&arrived),
        "{acknowledged} acknowledged, the server holds {arrived}"
    );
    toll.unacknowledged += arrived - acknowledged;
    Ok((stored, arrived))
}
