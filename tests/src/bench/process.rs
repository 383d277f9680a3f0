//! What the kernel says of processes (`/proc`, Linux).

use anyhow::{Context, Result};
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// Clock ticks a second in `/proc`: 100 on every Linux there is.
const TICKS: f64 = 100.0;

/// A process and everything below it.
pub fn family(parent: u32) -> Result<Vec<u32>> {
    let mut parents = vec![];
    for entry in fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // A process may end while it is looked at.
        if let Ok(fields) = stat(pid)
            && let Some(above) = fields.get(1).and_then(|field| field.parse::<u32>().ok())
        {
            parents.push((pid, above));
        }
    }
    let mut family = vec![parent];
    let mut next = 0;
    while let Some(above) = family.get(next).copied() {
        family.extend(parents.iter().filter(|(_, p)| *p == above).map(|(pid, _)| *pid));
        next += 1;
    }
    Ok(family)
}

/// Seconds of processor time these processes used so far.
pub fn cpu_seconds(pids: &[u32]) -> f64 {
    let of = |pid: &u32| {
        let fields = stat(*pid).unwrap_or_default();
        let ticks = |at: usize| {
            fields
                .get(at)
                .and_then(|f| f.parse::<f64>().ok())
                .unwrap_or_default()
        };
        (ticks(11) + ticks(12)) / TICKS
    };
    pids.iter().map(of).sum()
}

/// Megabytes of memory of these processes, shared pages by their share (PSS). Libraries count less while other
/// programs use them too.
pub fn pss_mb(pids: &[u32]) -> f64 {
    rollup_mb(pids, &["Pss:"])
}

/// Megabytes of these processes that are no file's pages: what they allocated. It does not change when another
/// program begins or ceases to use the same libraries.
pub fn own_mb(pids: &[u32]) -> f64 {
    rollup_mb(pids, &["Pss_Anon:", "Pss_Shmem:"])
}

/// The sum of these rows of `smaps_rollup`.
fn rollup_mb(pids: &[u32], rows: &[&str]) -> f64 {
    let of = |pid: &u32| -> f64 {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let kb = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            rows.contains(&words.next()?)
                .then(|| words.next()?.parse::<f64>().ok())?
        });
        kb.sum::<f64>() / 1024.0
    };
    pids.iter().map(of).sum()
}

/// Names of threads that come and go: those that answer one request of the window, and GLib's pool, which keeps idle
/// ones for a while.
const PASSING: [&str; 2] = ["frame", "pool-"];

/// Threads of a process.
pub fn threads(pid: u32) -> Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread may end while it is looked at.
        let name = fs::read_to_string(entry?.path().join("comm")).unwrap_or_default();
        let passing = name.is_empty() || PASSING.iter().any(|start| name.starts_with(start));
        count += usize::from(!passing);
    }
    Ok(count)
}

/// When a process started, in milliseconds since 1970.
pub fn started_ms(pid: u32) -> Result<f64> {
    let uptime = fs::read_to_string("/proc/uptime")?;
    let uptime: f64 = uptime.split_whitespace().next().context("no uptime")?.parse()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
    let ticks: f64 = stat(pid)?.get(19).context("no start time")?.parse()?;
    Ok((now - uptime + ticks / TICKS) * 1_000.0)
}

/// The fields of `/proc/PID/stat` from the state (field 3) on.
fn stat(pid: u32) -> Result<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold spaces.
    let (_, rest) = text.rsplit_once(')').context("no name")?;
    Ok(rest.split_whitespace().map(str::to_string).collect())
}
