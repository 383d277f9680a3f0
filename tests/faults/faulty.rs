//! The blind station on a machine that fails on purpose.

use acceptance::blind::{Post, Said};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The library that is put before the C library. Cargo lays it beside the tests.
pub(crate) fn library() -> Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name("libfaulty_machine.so");
    ensure!(beside.exists(), "{} was not built", beside.display());
    Ok(beside)
}

/// Runs the station to its end while the disk below its data folder follows a plan.
pub(crate) fn run(post: &Post, data: &Path, plan: &str, words: &[&str]) -> Result<Said> {
    let output = post
        .command(data, words)
        .env("LD_PRELOAD", library()?)
        .env("FAULTY_FOLDER", data)
        .env("FAULTY_PLAN", plan)
        .output()?;
    Ok(Said::by(output))
}

/// One call that changes the data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// What it does: `make`, `write`, `sync`, `name`, `unname`.
    pub(crate) kind: String,
    /// Name of the file or folder.
    pub(crate) file: String,
}

/// All calls of a run in which nothing fails.
pub(crate) fn calls(post: &Post, words: &[&str]) -> Result<Vec<Call>> {
    let data = post.station()?;
    let log = data.with_extension("calls");
    let output = post
        .command(&data, words)
        .env("LD_PRELOAD", library()?)
        .env("FAULTY_FOLDER", &data)
        .env("FAULTY_LOG", &log)
        .output()?;
    ensure!(output.status.success(), "{:?}", Said::by(output));
    let text = fs::read_to_string(&log)?;
    let calls: Vec<_> = text.lines().map(read).collect::<Option<_>>().context("the log")?;
    ensure!(
        calls.iter().any(|call| call.file.ends_with(".part")),
        "no packet was written: {text}"
    );
    Ok(calls)
}

fn read(line: &str) -> Option<Call> {
    let mut words = line.split(' ');
    let number = words.next()?.parse().ok()?;
    let kind = words.next()?.to_string();
    let _function = words.next()?;
    let file = words.next()?.to_string();
    Some(Call { number, kind, file })
}
