//! What is done, line by line, so that a batch that was cut off goes on behind it.

use super::folder::{Folder, fault};
use super::{BatchFault, Input, Item, Outcome};
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Its file in the output folder.
const NAME: &str = ".station-batch.jsonl";

/// One finished picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    specification: String,
    version: u32,
    software: String,
    input_sha256: String,
    item: Item,
}

pub(super) struct Journal {
    path: PathBuf,
    file: File,
    specification: String,
    version: u32,
    known: BTreeMap<String, Line>,
}

impl Journal {
    /// Opens the folder's journal. A line that is torn or of another form, specification or program is not believed.
    pub(super) fn open(
        folder: &Folder,
        specification: &PhotoSpecification,
        again: bool,
    ) -> Result<Self, BatchFault> {
        let path = folder.path(NAME);
        let text = if again {
            String::new()
        } else {
            std::fs::read(&path).map_or_else(|_| String::new(), |b| String::from_utf8_lossy(&b).into_owned())
        };
        let mine = |line: &Line| {
            line.specification == specification.id
                && line.version == specification.version
                && line.software == env!("CARGO_PKG_VERSION")
        };
        let known = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok())
            .filter(mine)
            .map(|line| (line.item.name.clone(), line))
            .collect();
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        if again {
            options = OpenOptions::new();
            options.create(true).write(true).truncate(true);
        }
        let mut file = options.open(&path).map_err(|source| fault(&path, source))?;
        // A torn last line must not swallow the next one.
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(|source| fault(&path, source))?;
        }
        Ok(Self {
            path,
            file,
            specification: specification.id.clone(),
            version: specification.version,
            known,
        })
    }

    /// The item of a picture that was finished before, when the picture and its photo are still the same.
    pub(super) fn done(&self, input: &Input, folder: &Folder) -> Option<Item> {
        let line = self.known.get(&input.name)?;
        let item = &line.item;
        let there = match (&item.output, &item.sha256) {
            (Some(output), Some(sha256)) => is(&folder.path(output), sha256),
            _ => item.outcome == Outcome::Refused,
        };
        (item.input == input.path && there && is(&input.path, &line.input_sha256)).then(|| item.clone())
    }

    /// Keeps an item; it is durable when this returns. A photo that an earlier run made of a picture that is refused now
    /// is taken away, if it is still the one that was made.
    pub(super) fn add(&mut self, item: &Item, input_sha256: &str, folder: &Folder) -> Result<(), BatchFault> {
        let before = self
            .known
            .get(&item.name)
            .map(|line| (&line.item.output, &line.item.sha256));
        if let (None, Some((Some(output), Some(sha256)))) = (&item.output, before) {
            let place = folder.path(output);
            if is(&place, sha256) {
                std::fs::remove_file(&place).map_err(|source| fault(&place, source))?;
            }
        }
        let line = Line {
            specification: self.specification.clone(),
            version: self.version,
            software: env!("CARGO_PKG_VERSION").to_owned(),
            input_sha256: input_sha256.to_owned(),
            item: item.clone(),
        };
        let text = serde_json::to_string(&line).map_err(std::io::Error::other);
        let written = text
            .and_then(|text| self.file.write_all(format!("{text}\n").as_bytes()))
            .and_then(|()| self.file.sync_data());
        written.map_err(|source| fault(&self.path, source))
    }
}

/// True when the file has this hash.
fn is(path: &Path, sha256: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| hex::encode(Sha256::digest(&bytes)) == sha256)
}
