//! Photos in batches from the command line: many pictures, several workers, nothing done twice.

pub mod check;
mod contact;
mod folder;
mod journal;
mod progress;
pub mod request;
mod summary;
mod workers;

pub use progress::Progress;
pub use request::{Input, Request, RequestFault};
pub use summary::{Counts, Item, Outcome, Summary};

use crate::picture::{self, Refused};
use crate::sight::open_sight;
use domain::port::AnalysisFault;
use domain::specification::PhotoSpecification;
use folder::Folder;
use journal::Journal;
use sha2::{Digest, Sha256};
use station::Sight;
use std::path::{Path, PathBuf};
use std::time::Instant;
use thiserror::Error;

/// What a batch is done with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the networks.
    pub models: PathBuf,
    /// Workers; each holds the networks for itself.
    pub jobs: usize,
    /// Forget what an earlier run did.
    pub again: bool,
    /// Also write the report as a page.
    pub page: bool,
}

/// Why a batch ended early. What was done before stays, and the next run goes on behind it.
#[derive(Debug, Error)]
pub enum BatchFault {
    /// A network is missing or altered.
    #[error(transparent)]
    Models(#[from] AnalysisFault),
    /// The rules that came with the program are broken.
    #[error(transparent)]
    Rules(#[from] quality::RulesFault),
    /// The output folder cannot be written: full, read-only or gone. The originals are untouched.
    #[error(
        "{path}: {source}. Free some space or choose another folder with --out, then run the same command again: it goes on where it stopped"
    )]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl BatchFault {
    /// The fault's code in machine-readable output.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Models(_) => "model_missing",
            Self::Rules(_) => "quality_policy_invalid",
            Self::Output { .. } => "output_failed",
        }
    }
}

/// Makes a standard photo of every picture of the request: `NAME.jpg` with its report `NAME.json` in the output
/// folder, then `summary.json`, `summary.csv` and the contact sheet `contact.svg`. What an earlier run finished and is
/// still there is not done again; a kill costs at most the pictures that the workers had in hand.
///
/// # Errors
/// [`BatchFault`]; a picture that cannot become a photo is an item of the summary, no error.
pub fn standardise(
    request: &Request,
    specification: &PhotoSpecification,
    settings: &Settings,
    progress: &mut Progress,
) -> Result<Summary, BatchFault> {
    let folder = Folder::open(&request.out)?;
    let rules = quality::Rules::strict()?;
    let mut journal = Journal::open(&folder, specification, settings.again)?;
    let mut items: Vec<Option<Item>> = request
        .inputs
        .iter()
        .map(|input| journal.done(input, &folder))
        .collect();
    let open: Vec<usize> = (0..items.len()).filter(|i| items[*i].is_none()).collect();
    progress.begin(items.len(), items.len() - open.len());

    let begin = || open_sight(&settings.models);
    let one = |sight: &mut Sight, i: usize| {
        let input = &request.inputs[open[i]];
        make(input, specification, &rules, sight, &folder, settings.page)
    };
    workers::run(open.len(), settings.jobs, begin, one, |i, made| {
        let (item, input_sha256) = made?;
        journal.add(&item, &input_sha256, &folder)?;
        progress.tell(&item);
        items[open[i]] = Some(item);
        Ok(())
    })?;
    progress.end();
    let summary = Summary::new(specification, items.into_iter().flatten().collect());
    summary.write(&folder)?;
    folder.write("contact.svg", contact::drawn(&summary, &folder).as_bytes())?;
    Ok(summary)
}

/// One picture: its item, and the hash of what was read.
fn make(
    input: &Input,
    specification: &PhotoSpecification,
    rules: &quality::Rules,
    sight: &mut Sight,
    folder: &Folder,
    page: bool,
) -> Result<(Item, String), BatchFault> {
    let begun = Instant::now();
    let refused = |outcome, codes| Item::without_photo(input, outcome, codes, begun.elapsed());
    let bytes = match read(&input.path) {
        Ok(bytes) => bytes,
        Err(code) => return Ok((refused(Outcome::Failed, vec![code.to_owned()]), String::new())),
    };
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let item = match picture::standardise(&bytes, specification, rules, sight) {
        Ok(finished) => {
            folder.write(&format!("{}.json", input.name), &finished.report.document)?;
            if page {
                folder.write(&format!("{}.svg", input.name), &finished.report.page)?;
            }
            // The photo last: when it is there, all of it is.
            folder.write(&format!("{}.jpg", input.name), &finished.photo.bytes)?;
            Item::photo(input, &finished, begun.elapsed())
        }
        Err(fault @ (Refused::Checks { .. } | Refused::Departed { .. } | Refused::Decode(_))) => {
            refused(Outcome::Refused, fault.codes())
        }
        Err(fault) => {
            tracing::error!(%fault, "no photo");
            refused(Outcome::Failed, fault.codes())
        }
    };
    Ok((item, sha256))
}

/// Largest file that is read, bytes; larger ones are no pictures of a person.
const MOST_BYTES: u64 = 256 << 20;

fn read(path: &Path) -> Result<Vec<u8>, &'static str> {
    let size = std::fs::metadata(path).map_err(|_| "input_unreadable")?.len();
    if size > MOST_BYTES {
        return Err("picture_file_too_large");
    }
    std::fs::read(path).map_err(|_| "input_unreadable")
}
