//! The end at single calls that change the disk, one after the other: while the store is made, while two photos are
//! stored, while they are sent, while the store is closed. A run has some thousands of calls; each test run strikes at
//! [`STRIKES`] of them in even steps, beginning at another one each time, so that later runs strike between them.

use crate::{PROGRAM, faulty};
use acceptance::blind::{End, Post};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::io::Write;

const PEOPLE: u32 = 2;
const RUN: [&str; 6] = ["--people", "2", "--bytes", "5000", "--in-turn", "--drain"];
/// Calls of one run that are struck at.
const STRIKES: u64 = 60;

/// Of a killed process, what it had written stays.
#[test]
fn killed_before_every_call() -> Result<()> {
    at_every_call("kill")
}

/// A power cut takes everything that no fsync had made safe.
#[test]
fn cut_off_from_power_before_every_call() -> Result<()> {
    at_every_call("cut")
}

/// Half of a page, of a frame, of a packet.
#[test]
fn torn_in_every_call() -> Result<()> {
    at_every_call("torn")
}

fn at_every_call(how: &str) -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let (mut confirmed, mut unsaid) = (0, 0);
    let whole = faulty::calls(&post, &RUN)?.len() as u64;
    let step = (whole / STRIKES).max(1);
    let first = 1 + u64::from(std::process::id()) % step;
    for number in (first..).step_by(step as usize) {
        ensure!(number < 2 * whole + step, "the calls of a run do not end");
        let one = one_crash(&post, &format!("{number} {how}"));
        match one.with_context(|| format!("{how} at call {number}"))? {
            Some(crash) => {
                confirmed += u32::from(crash.confirmed > 0);
                unsaid += u32::from(crash.stored > crash.confirmed);
            }
            None => {
                // Between the last fsync and its word, only a process that changes nothing can end.
                ensure!(
                    confirmed > 0 && (how != "cut" || unsaid == 0),
                    "{confirmed} after a confirmed photo, {unsaid} before its word"
                );
                let calls = number - 1;
                writeln!(
                    std::io::stderr(),
                    "{how} at each {step}th of {calls} calls from {first} on: {confirmed} after a confirmed photo, {unsaid} with one stored and not \
                     yet confirmed"
                )?;
                return Ok(());
            }
        }
    }
    Ok(())
}

struct Crash {
    confirmed: u32,
    stored: u32,
}

/// One crash and the start after it; nothing when the run ended before the plan struck.
fn one_crash(post: &Post, plan: &str) -> Result<Option<Crash>> {
    let data = post.station()?;
    let held = post.held()?;
    let said = faulty::run(post, &data, plan, &RUN)?;
    ensure!(said.end != End::Failed, "{said:?}");
    let promised: BTreeSet<_> = said.confirmed().into_iter().collect();
    let confirmed = u32::try_from(promised.len())?;
    let arrived = u32::try_from(post.held()?.len() - held.len())?;

    let after = post.run(&data, &RUN)?;
    let [waiting, attention, acknowledged] = after.opened().with_context(|| format!("{after:?}"))?;
    let stored = waiting + attention + acknowledged;
    ensure!(attention == 0, "{attention} need attention");
    ensure!(
        (confirmed..=confirmed + 1).contains(&stored),
        "{confirmed} confirmed and {stored} stored"
    );
    ensure!(
        (acknowledged..=acknowledged + 1).contains(&arrived),
        "{acknowledged} acknowledged, the server held {arrived}"
    );
    let drained = after.drained()?;
    ensure!(drained == (PEOPLE, 0), "{drained:?}");
    post.all_arrived_once(&data, PEOPLE, &promised, &held)?;
    Ok((said.end == End::Killed).then_some(Crash { confirmed, stored }))
}
