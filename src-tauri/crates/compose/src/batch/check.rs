//! `station check`: finished files from anywhere, decoded and measured again.

use super::summary::{Item, Outcome, Summary};
use super::{BatchFault, Input, Progress, read, workers};
use crate::sight::open_analyser;
use domain::specification::PhotoSpecification;
use photo::Measured;
use serde::Serialize;
use std::path::Path;
use std::time::Instant;

/// One file with every measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// What became of it: `photo` when it meets the specification.
    #[serde(flatten)]
    pub item: Item,
    /// The measurements in a fixed order; empty when the file could not be tried.
    pub measured: Vec<Measured>,
}

/// Measures every file against a specification.
///
/// # Errors
/// [`BatchFault::Models`]; a file that departs is an item, no error.
pub fn check(
    inputs: &[Input],
    specification: &PhotoSpecification,
    models: &Path,
    jobs: usize,
    progress: &mut Progress,
) -> Result<(Summary, Vec<Checked>), BatchFault> {
    let mut all: Vec<Option<Checked>> = vec![None; inputs.len()];
    progress.begin(inputs.len(), 0);
    workers::run(
        inputs.len(),
        jobs,
        || open_analyser(models),
        |analyser, i| one(&inputs[i], specification, analyser.as_mut()),
        |i, checked| {
            progress.tell(&checked.item);
            all[i] = Some(checked);
            Ok(())
        },
    )?;
    progress.end();
    let all: Vec<Checked> = all.into_iter().flatten().collect();
    let items = all.iter().map(|checked| checked.item.clone()).collect();
    Ok((Summary::new(specification, items), all))
}

fn one(
    input: &Input,
    specification: &PhotoSpecification,
    analyser: &mut dyn domain::port::FaceAnalyser,
) -> Checked {
    let begun = Instant::now();
    let without = |outcome, codes, measured| Checked {
        item: Item::without_photo(input, outcome, codes, begun.elapsed()),
        measured,
    };
    let bytes = match read(&input.path) {
        Ok(bytes) => bytes,
        Err(code) => return without(Outcome::Failed, vec![code.to_owned()], vec![]),
    };
    match photo::inspect(&bytes, specification, analyser) {
        Err(fault) => {
            tracing::error!(%fault, "not measured");
            without(Outcome::Failed, vec!["inference".to_owned()], vec![])
        }
        Ok(inspection) => {
            let codes: Vec<String> = inspection
                .departures
                .iter()
                .map(|departure| departure.code.code().to_owned())
                .collect();
            let outcome = if inspection.accepted() {
                Outcome::Photo
            } else {
                Outcome::Refused
            };
            let mut checked = without(outcome, codes, inspection.items);
            checked.item.bytes = Some(bytes.len());
            checked
        }
    }
}
