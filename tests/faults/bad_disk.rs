//! A disk that is full, broken or read-only at every single call in turn, for a moment or for good.

use crate::PROGRAM;
use crate::faulty::{self, Call};
use crate::fsync::whole;
use acceptance::blind::{End, Post, Said, once_each, queue_of};
use anyhow::{Context, Result, ensure};
use std::io::Write;

/// Two photos, each stored again when it was refused.
const RUN: [&str; 7] = ["--people", "2", "--bytes", "5000", "--offline", "--again", "2"];

#[test]
fn full_at_every_call() -> Result<()> {
    at_every_call("full", "store_full")
}

#[test]
fn full_from_every_call_on() -> Result<()> {
    at_every_call("full-on", "store_full")
}

#[test]
fn broken_at_every_call() -> Result<()> {
    at_every_call("broken", "store_failed")
}

#[test]
fn read_only_from_every_call_on() -> Result<()> {
    at_every_call("read-only-on", "store_read_only")
}

fn at_every_call(what: &str, code: &str) -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let calls = faulty::calls(&post, &RUN)?;
    let mut refused = 0;
    for call in &calls {
        let plan = format!("{} {what}", call.number);
        let one = one(&post, &plan, call, code, !what.ends_with("-on"));
        refused += u32::from(one.with_context(|| format!("{plan} ({call:?})"))?);
    }
    ensure!(refused > 20, "the plan struck {refused} times");
    writeln!(
        std::io::stderr(),
        "{what} at each of {} calls: {refused} runs heard {code}",
        calls.len()
    )?;
    Ok(())
}

/// One run and the start after it; whether anything was refused.
fn one(post: &Post, plan: &str, call: &Call, code: &str, once: bool) -> Result<bool> {
    let data = post.station()?;
    let said = faulty::run(post, &data, plan, &RUN)?;
    let confirmed = said.confirmed().len();
    for fault in said.faults() {
        // SQLite does not say why a file could not be opened; a moment later the disk is well.
        ensure!(fault == code || (once && fault == "store_failed"), "{said:?}");
    }
    let refused = !said.faults().is_empty();
    match (said.end, said.opened()) {
        // Refused once, the same packet is kept at the second try.
        (End::Well, Some(_)) if once => ensure!(confirmed == 2 && said.faults().len() <= 1, "{said:?}"),
        (End::Well, Some(_)) => ensure!(confirmed == 2 || refused, "{said:?}"),
        (End::Failed, None) => ensure!(refused && confirmed == 0, "{said:?}"),
        _ => anyhow::bail!("{said:?}"),
    }
    whole(&data, &said).with_context(|| format!("after {call:?}: {said:?}"))?;
    let after: Said = post.run(&data, &RUN)?;
    ensure!(after.end == End::Well && after.faults().is_empty(), "{after:?}");
    once_each(&queue_of(&data)?, 2)?;
    std::fs::remove_dir_all(&data)?;
    Ok(refused)
}
