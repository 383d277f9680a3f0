//! Files that are not what was written: a torn end of the database or of its log, a packet file that is gone or has
//! another bit.

use crate::PROGRAM;
use acceptance::blind::{End, Post, queue_of};
use acceptance::seed;
use anyhow::{Context, Result, ensure};
use domain::port::Store;
use domain::queue::QueueState;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: usize = 4096;
/// A page of the log: its header and the page.
const FRAME: usize = 24 + PAGE;

/// A station that was killed with five photos in its store, so that its log was not put away.
fn killed_with_five(post: &Post) -> Result<(PathBuf, Vec<String>)> {
    let data = post.station()?;
    let words = ["--people", "5", "--offline", "--every", "1"];
    let mut child = post.command(&data, &[&words[..], &["--stay"]].concat()).spawn()?;
    let out = child.stdout.take().context("no output")?;
    let mut confirmed = vec![];
    for line in std::io::BufRead::lines(std::io::BufReader::new(out)) {
        confirmed.extend(line?.strip_prefix("confirmed ").map(str::to_string));
        if confirmed.len() == 5 {
            break;
        }
    }
    child.kill()?;
    child.wait()?;
    Ok((data, confirmed))
}

fn spoil(path: &Path, how: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
    let mut bytes = fs::read(path)?;
    how(&mut bytes);
    Ok(fs::write(path, bytes)?)
}

/// What a disk may leave of writes that no fsync had made safe: a part of them, or rubbish. All that was confirmed
/// lies before them.
#[test]
fn an_unfinished_end_of_the_log_costs_nothing() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let rubbish = |length: usize| (0..length).map(|n| (n * 31 % 251) as u8).collect::<Vec<_>>();
    for cut in [1, 23, 24, 25, 24 + 512, FRAME - 1, FRAME, 2 * FRAME + 100] {
        let (data, confirmed) = killed_with_five(&post)?;
        let log = data.join("station.sqlite-wal");
        spoil(&log, |bytes| {
            // A transaction that was being written: the last frames once more, cut short, and rubbish.
            let again = bytes[bytes.len() - 3 * FRAME..].to_vec();
            bytes.extend(&again[..cut]);
        })?;
        all_are_there(&data, &confirmed)
            .with_context(|| format!("{cut} bytes of the last frames once more"))?;
        let (data, confirmed) = killed_with_five(&post)?;
        spoil(&data.join("station.sqlite-wal"), |bytes| {
            bytes.extend(rubbish(cut))
        })?;
        all_are_there(&data, &confirmed).with_context(|| format!("{cut} bytes of rubbish"))?;
    }
    Ok(())
}

fn all_are_there(data: &Path, confirmed: &[String]) -> Result<()> {
    let store = seed::open_store(data)?;
    let kept: BTreeSet<_> = store.queue(99)?.into_iter().map(|entry| entry.packet).collect();
    ensure!(
        kept == confirmed.iter().cloned().collect(),
        "{kept:?} of {confirmed:?}"
    );
    for packet in confirmed {
        store.sealed(packet)?;
    }
    Ok(())
}

/// A disk that lied about an fsync and tears what it had called safe: nobody can keep that, but the station opens,
/// what lies before is whole, and the packet's file is not thrown away.
#[test]
fn a_torn_end_of_what_was_safe_costs_the_end_alone() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let tears: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.truncate(bytes.len() - PAGE / 2),
        |bytes| bytes.truncate(bytes.len() - FRAME),
        |bytes| {
            let end = bytes.len();
            bytes[end - PAGE..].fill(0);
        },
        |bytes| {
            let end = bytes.len();
            bytes[end - PAGE / 2..].fill(0xA5);
        },
    ];
    for (number, tear) in tears.into_iter().enumerate() {
        let (data, confirmed) = killed_with_five(&post)?;
        spoil(&data.join("station.sqlite-wal"), tear)?;
        let (last, before) = confirmed.split_last().context("five")?;
        all_are_there(&data, before).with_context(|| format!("tear {number}"))?;
        ensure!(
            data.join("packets").join(format!("{last}.packet")).exists(),
            "tear {number}: the file is gone"
        );
        // The sitter is one to be photographed again, and the queue goes on.
        let said = post.run(&data, &["--people", "5", "--drain"])?;
        ensure!(
            said.confirmed().len() == 1 && said.drained()? == (5, 0),
            "tear {number}: {said:?}"
        );
    }
    Ok(())
}

/// The database's own last page, torn while the log was being put away: the log still has it.
#[test]
fn a_torn_page_of_the_database_is_taken_from_the_log() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    for keep in [0, 100, PAGE / 2] {
        let (data, confirmed) = killed_with_five(&post)?;
        // What a checkpoint does, and where it was cut off: the log is complete, the last page is not.
        let log = fs::read(data.join("station.sqlite-wal"))?;
        drop(seed::open_store(&data)?);
        spoil(&data.join("station.sqlite"), |bytes| {
            let end = bytes.len();
            bytes[end - PAGE + keep..].fill(0xA5);
        })?;
        fs::write(data.join("station.sqlite-wal"), log)?;
        all_are_there(&data, &confirmed).with_context(|| format!("{keep} bytes of the page are right"))?;
    }
    Ok(())
}

/// Each damaged packet is named, and the others go on.
#[test]
fn damaged_packets_are_named_and_the_rest_goes_on() -> Result<()> {
    let post = Post::open(PROGRAM)?;
    let (data, confirmed) = killed_with_five(&post)?;
    let file = |n: usize| data.join("packets").join(format!("{}.packet", confirmed[n]));
    fs::remove_file(file(0))?;
    spoil(&file(1), |bytes| bytes[1000] ^= 0b0000_1000)?;
    spoil(&file(2), |bytes| bytes.truncate(bytes.len() / 2))?;
    let said = post.run(&data, &["--drain"])?;
    ensure!(said.end == End::Well && said.drained()? == (2, 3), "{said:?}");
    let held = post.held()?;
    for entry in queue_of(&data)? {
        let bad = confirmed[..3].contains(&entry.packet);
        let found = (
            entry.state,
            entry.last_fault.as_deref(),
            held.contains(&entry.packet),
        );
        let wanted = if bad {
            (QueueState::NeedsAttention, Some("packet_damaged"), false)
        } else {
            (QueueState::Acknowledged, None, true)
        };
        ensure!(found == wanted, "{entry:?}");
    }
    Ok(())
}
