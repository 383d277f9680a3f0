//! A disk that says no to an fsync. Linux then forgets what it should have written, and the next fsync says yes: the
//! station must not believe it. Whether the bytes are on the disk is open, so each run ends both ways: with a power
//! cut, which takes them, and with a kill, which leaves them.

use crate::PROGRAM;
use crate::faulty::{self, Call};
use acceptance::blind::{End, Post, Said, once_each, queue_of};
use acceptance::seed;
use anyhow::{Context, Result, ensure};
use domain::port::Store;
use domain::queue::QueueState;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// Two photos, each stored again when it was refused.
const RUN: [&str; 7] = ["--people", "2", "--bytes", "5000", "--offline", "--again", "2"];

#[test]
fn cut_off_from_power_after_every_failed_fsync() -> Result<()> {
    after_every_failed_fsync("cut")
}

#[test]
fn killed_after_every_failed_fsync() -> Result<()> {
    after_every_failed_fsync("kill")
}

/// Calls after the failure: longer than the same packet is stored again.
const AFTER: usize = 40;

fn after_every_failed_fsync(end: &str) -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let calls = faulty::calls(&post, &RUN)?;
    let (mut fsyncs, mut runs) = (0, 0);
    for (nth, call) in (1..).zip(calls.iter().filter(|call| call.kind == "sync")) {
        fsyncs += 1;
        for at in (call.number + 1..).take(AFTER) {
            let plan = format!("{nth} broken sync; {at} {end}");
            let struck = one(&post, &plan, call).with_context(|| format!("{plan} ({call:?})"))?;
            runs += 1;
            if !struck {
                break;
            }
        }
    }
    writeln!(
        std::io::stderr(),
        "{fsyncs} fsyncs failed, {end} after each: {runs} runs"
    )?;
    Ok(())
}

/// One run and the start after it; whether the run was ended by the plan.
fn one(post: &Post, plan: &str, failed: &Call) -> Result<bool> {
    let data = post.station()?;
    let said = faulty::run(post, &data, plan, &RUN)?;
    ensure!(said.end != End::Well || said.faults().len() <= 1, "{said:?}");
    if said.end == End::Failed {
        ensure!(
            said.opened().is_none(),
            "only a store that does not open ends a run: {said:?}"
        );
    }
    whole(&data, &said).with_context(|| format!("after {failed:?} failed: {said:?}"))?;
    // Well again: whoever has no photo gets one.
    let after = post.run(&data, &RUN)?;
    ensure!(after.end == End::Well && after.faults().is_empty(), "{after:?}");
    once_each(&queue_of(&data)?, 2)?;
    std::fs::remove_dir_all(&data)?;
    Ok(said.end == End::Killed)
}

/// What was confirmed is there, and what is there is whole.
pub(crate) fn whole(data: &Path, said: &Said) -> Result<()> {
    let queue = queue_of(data)?;
    let store = seed::open_store(data)?;
    let kept: BTreeSet<_> = queue.iter().map(|entry| entry.packet.clone()).collect();
    for promised in said.confirmed() {
        ensure!(kept.contains(&promised), "{promised} was confirmed and is lost");
    }
    for entry in &queue {
        ensure!(entry.state == QueueState::Waiting, "{entry:?}");
        store
            .sealed(&entry.packet)
            .context("a packet that cannot be read")?;
    }
    Ok(())
}
