//! A wall clock that is wrong, and a machine that was asleep.

use crate::{PROGRAM, faulty};
use acceptance::blind::{End, Post, Said, queue_of};
use anyhow::{Context, Result, ensure};
use central::{Fault, FaultKind, Target};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

const YEAR_MS: i64 = 365 * 24 * 3600 * 1000;
const PEOPLE: u32 = 12;
const RUN: [&str; 7] = ["--people", "12", "--every", "15", "--retakes", "4", "--drain"];

/// A station whose clock is wrong by what a file says.
fn start(post: &Post, data: &Path, wrong_by: i64) -> Result<Child> {
    let clock = data.with_extension("clock");
    fs::write(&clock, wrong_by.to_string())?;
    Ok(post
        .command(data, &RUN)
        .env("LD_PRELOAD", faulty::library()?)
        .env("FAULTY_CLOCK", clock)
        .spawn()?)
}

/// A year back or ahead at the start, and set right or wrong while packets wait, fail and are sent.
#[test]
fn a_clock_a_year_off_holds_nothing_and_doubles_nothing() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    for (first, then) in [
        (-YEAR_MS, -YEAR_MS),
        (YEAR_MS, YEAR_MS),
        (0, YEAR_MS),
        (0, -YEAR_MS),
        (YEAR_MS, 0),
        (-YEAR_MS, YEAR_MS),
    ] {
        one_clock(&post, first, then).with_context(|| format!("first {first} ms off, then {then} ms"))?;
    }
    Ok(())
}

fn one_clock(post: &Post, first: i64, then: i64) -> Result<()> {
    let (data, held) = (post.station()?, post.held()?);
    // Some attempts fail on both sides of the change, so that pauses are kept by either clock.
    for target in [Target::Patch, Target::Commit] {
        post.central.inject(Fault {
            target,
            times: 6,
            kind: FaultKind::Status { code: 503 },
        });
    }
    let mut child = start(post, &data, first)?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?);
    let mut out = String::new();
    while out.lines().filter(|line| line.starts_with("confirmed")).count() < 4 {
        ensure!(lines.read_line(&mut out)? > 0, "it ended early: {out}");
    }
    fs::write(data.with_extension("clock"), then.to_string())?;
    lines.read_to_string(&mut out)?;
    let mut said = Said::by(child.wait_with_output()?);
    said.out = out;
    ensure!(said.drained()? == (PEOPLE, 0), "{said:?}");
    let promised: BTreeSet<_> = said.confirmed().into_iter().collect();
    ensure!(promised.len() == PEOPLE as usize, "{said:?}");
    post.all_arrived_once(&data, PEOPLE, &promised, &held)?;
    // And again with a clock that is right: nothing is sent a second time.
    let again = post.run(&data, &["--people", "12", "--drain"])?;
    ensure!(
        again.confirmed().is_empty() && again.drained()? == (PEOPLE, 0),
        "{again:?}"
    );
    post.all_arrived_once(&data, PEOPLE, &promised, &held)
}

/// Asleep in the middle of an upload for longer than any patience of an answer; the server waits or it does not.
#[test]
fn a_station_asleep_in_the_middle_of_an_upload_goes_on() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let data = post.station()?;
    // The second chunk is on its way, and its answer comes while the station sleeps.
    post.central.inject(Fault {
        target: Target::Patch,
        times: 2,
        kind: FaultKind::Delay { ms: 4_000 },
    });
    let words = ["--people", "1", "--bytes", "2500000", "--drain"];
    let mut child = post.command(&data, &words).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?);
    let mut out = String::new();
    while !out.contains("confirmed ") {
        ensure!(lines.read_line(&mut out)? > 0, "it ended early: {out}");
    }
    std::thread::sleep(Duration::from_millis(6_000));
    signal(&child, "STOP")?;
    ensure!(post.held()?.is_empty(), "it was sent already");
    std::thread::sleep(ASLEEP);
    signal(&child, "CONT")?;
    lines.read_to_string(&mut out)?;
    let mut said = Said::by(child.wait_with_output()?);
    said.out = out;
    ensure!(said.end == End::Well && said.drained()? == (1, 0), "{said:?}");
    let promised = said.confirmed().into_iter().collect();
    post.all_arrived_once(&data, 1, &promised, &BTreeSet::new())?;
    let entry = queue_of(&data)?.pop().context("the packet")?;
    ensure!(entry.confirmed_bytes == entry.size, "{entry:?}");
    Ok(())
}

/// Longer than the station waits for an answer.
const ASLEEP: Duration = Duration::from_secs(17);

fn signal(child: &Child, name: &str) -> Result<()> {
    let sent = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status()?;
    ensure!(sent.success(), "SIG{name} was not sent");
    Ok(())
}
