//! What a start costs with a long queue.

use super::people::{SESSION, person};
use crate::bench::figure::{Figure, Targets, median};
use anyhow::{Context, Result, ensure};
use domain::port::Store;
use rusqlite::Connection;
use std::path::Path;
use std::time::Instant;
use store::StationStore;

const PACKETS: usize = 100_000;
const BYTES: usize = 1_000;
const RUNS: usize = 5;

/// Opens a store with 100,000 waiting packets of a kilobyte and asks for the counts.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let station = data.path().join("station");
    fill(&station)?;
    let (mut times, mut swept) = (vec![], vec![]);
    for _ in 0..RUNS {
        let start = Instant::now();
        let store = StationStore::open(&station)?;
        let tally = store.tally()?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        ensure!(
            tally.waiting as usize == PACKETS && tally.attention == 0,
            "{tally:?}"
        );
        store.swept()?;
        swept.push(start.elapsed().as_secs_f64() * 1_000.0);
        ensure!(store.tally()?.attention == 0, "a whole packet was marked");
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    let beside = format!(
        "the slowest of {RUNS}; median {:.0} ms; every file looked for after {:.0} ms",
        median(&times),
        median(&swept)
    );
    targets.figure("start_100k_ms", worst, beside)
}

/// The rows past the store, which would fsync each of a hundred thousand files.
fn fill(station: &Path) -> Result<()> {
    let store = StationStore::open(station)?;
    let people: Vec<_> = (0..PACKETS).map(person).collect();
    store.merge_roster(SESSION, &people)?;
    drop(store);
    let content = vec![7_u8; BYTES];
    let sha256 = packet::sha256_hex(&content);
    let mut connection = Connection::open(station.join("station.sqlite"))?;
    let transaction = connection.transaction()?;
    for (n, person) in people.iter().enumerate() {
        let id = format!("01900000-0000-7000-8000-{n:012}");
        std::fs::write(station.join(format!("packets/{id}.packet")), &content).context("a packet")?;
        transaction
            .prepare_cached(
                "INSERT INTO packet (id, enrolment, session, state, sha256, size, stored_at, next_attempt_at)
                 VALUES (?1, ?2, ?3, 'waiting', ?4, ?5, 1800000000000, 1800000000000)",
            )?
            .execute((&id, &person.id, SESSION, &sha256, BYTES as i64))?;
    }
    transaction.commit()?;
    Ok(())
}
