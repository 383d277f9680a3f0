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

/// Measures all of them.
pub fn measure(targets: &Targets, folder: &Path) -> Result<Vec<Figure>> {
    FIGURES.iter().map(|measure| measure(targets, folder)).collect()
}
