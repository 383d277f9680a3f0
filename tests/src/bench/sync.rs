//! Store, queue, line and roster at the size of a large school, one figure a file.

mod enqueue;
mod lookup;
mod people;
mod queue_key;
mod resent_chunks;
mod roster_import;
mod start;
mod upload_vs_curl;

use super::figure::{Figure, Targets};
use anyhow::Result;
use std::path::Path;

type Measure = fn(&Targets, &Path) -> Result<Figure>;

/// Every figure, measured on the disk that holds the folder it is given.
const FIGURES: [Measure; 7] = [
    enqueue::measure,
    start::measure,
    roster_import::measure,
    lookup::measure,
    upload_vs_curl::measure,
    resent_chunks::measure,
    queue_key::measure,
];

/// Measures all of them, on a thread of their own: some run an asynchronous client, which cannot be started within
/// another.
pub fn measure(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    let all = || FIGURES.iter().map(|measure| measure(targets, folder)).collect();
    std::thread::scope(|scope| scope.spawn(all).join())
        .unwrap_or_else(|_| Err(anyhow::anyhow!("a measurement broke off")))
}
