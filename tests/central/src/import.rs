//! Packets that came by hand: a stick with sealed files and an index that the station signed.

use crate::caller::Caller;
use crate::commit::Arrival;
use crate::folder::replace;
use crate::refusal::Refusal;
use crate::shared::Shared;
use anyhow::Context;
use packet::bundle::{
    BUNDLE_INDEX, BUNDLE_RECEIPTS, BUNDLE_ROOT, BUNDLE_VERSION, MAX_BUNDLE_TEXT, bundle_file,
};
use packet::{Acknowledgement, BundleEntry, BundleIndex, BundleReceipts};
use serde::Serialize;
use std::collections::HashSet;
use std::io::{self, Read};
use std::path::Path;
use uuid::Uuid;

/// What became of a stick.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Packets that are held now and were not before.
    pub new: Vec<Uuid>,
    /// Packets that were held before; they are acknowledged again.
    pub known: Vec<Uuid>,
    /// What could not be taken in. Everything else was.
    pub problems: Vec<ImportProblem>,
}

/// One thing on a stick that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// Path of the file on the stick.
    pub file: String,
    /// What is wrong: a code of the commit, or `missing`, `hash_differs`, `index`, `receipts`.
    pub code: &'static str,
    /// The same in words.
    pub message: String,
}

struct Trouble {
    code: &'static str,
    message: String,
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.code,
            message: refusal.message,
        }
    }
}

fn trouble(code: &'static str) -> impl FnOnce(io::Error) -> Trouble {
    move |error| Trouble {
        code,
        message: error.to_string(),
    }
}

impl Shared {
    /// Takes in every station's folder on a stick. Doing it twice changes nothing.
    pub(crate) fn import(&self, stick: &Path) -> anyhow::Result<Imported> {
        let root = stick.join(BUNDLE_ROOT);
        let plain = std::fs::symlink_metadata(&root).is_ok_and(|facts| facts.is_dir());
        anyhow::ensure!(plain, "there is no folder {BUNDLE_ROOT} in {}", stick.display());
        let mut imported = Imported::default();
        for entry in std::fs::read_dir(&root).with_context(|| root.display().to_string())? {
            let entry = entry?;
            // A link could lead anywhere, and no station lays one.
            if entry.file_type()?.is_dir() {
                self.import_station(&entry.path(), &mut imported);
            }
        }
        Ok(imported)
    }

    fn import_station(&self, folder: &Path, imported: &mut Imported) {
        let index = match self.index(folder) {
            Ok(index) => index,
            Err(trouble) => return imported.name(&folder.join(BUNDLE_INDEX), trouble),
        };
        let mut receipts = Vec::new();
        for entry in &index.packets {
            let id = entry.packet_id;
            match self.import_packet(folder, entry) {
                Ok((acknowledgement, new)) => {
                    receipts.push(acknowledgement);
                    if new {
                        imported.new.push(id);
                    } else {
                        imported.known.push(id);
                    }
                }
                Err(trouble) => imported.name(&folder.join(bundle_file(id)), trouble),
            }
        }
        if let Err(trouble) = write_receipts(folder, receipts) {
            imported.name(&folder.join(BUNDLE_RECEIPTS), trouble);
        }
    }

    /// The index, signed by the key of the station it names.
    fn index(&self, folder: &Path) -> Result<BundleIndex, Trouble> {
        let bytes = read(&folder.join(BUNDLE_INDEX), MAX_BUNDLE_TEXT).map_err(trouble("index"))?;
        let (index, key) = BundleIndex::from_json(&bytes).map_err(|fault| Trouble {
            code: "index",
            message: fault.to_string(),
        })?;
        if self.ledger.station_key(&index.station_id)? == Some(key.to_string()) {
            Ok(index)
        } else {
            let message = "the index is not signed by the key of a station that was let in";
            Err(Refusal::unreadable("station_key", message).into())
        }
    }

    /// The acknowledgement, and whether the packet is new here.
    fn import_packet(&self, folder: &Path, entry: &BundleEntry) -> Result<(Acknowledgement, bool), Trouble> {
        let id = entry.packet_id;
        let _turn = self.busy.enter(id)?;
        if let Some(stored) = self.stored(id, &entry.sha256, entry.size)? {
            return Ok((stored, false));
        }
        let most = self.limits.largest_upload;
        let bytes = read(&folder.join(bundle_file(id)), most).map_err(trouble("missing"))?;
        if bytes.len() as u64 != entry.size || packet::sha256_hex(&bytes) != entry.sha256 {
            let message = "the file is not the one that the station wrote";
            return Err(Refusal::conflict("hash_differs", message).into());
        }
        let arrival = Arrival {
            id,
            sha256: &entry.sha256,
            bytes: &bytes,
            upload: None,
            by: &Caller::Console,
        };
        let acknowledgement = self.admit(&arrival, || {
            let upload = Uuid::now_v7();
            self.blobs.begin(upload)?;
            let kept = self
                .blobs
                .append(upload, 0, &bytes)
                .and_then(|()| self.blobs.keep(upload, id));
            if kept.is_err() {
                self.blobs.remove(upload)?;
            }
            Ok(kept?)
        })?;
        Ok((acknowledgement, true))
    }
}

impl Imported {
    fn name(&mut self, file: &Path, trouble: Trouble) {
        tracing::warn!(file = %file.display(), code = trouble.code, message = trouble.message, "not taken in");
        self.problems.push(ImportProblem {
            file: file.display().to_string(),
            code: trouble.code,
            message: trouble.message,
        });
    }
}

/// Writes acknowledgements beside the packets; those of other packets that lie there already stay.
fn write_receipts(folder: &Path, new: Vec<Acknowledgement>) -> Result<(), Trouble> {
    if new.is_empty() {
        return Ok(());
    }
    let path = folder.join(BUNDLE_RECEIPTS);
    let earlier = match read(&path, MAX_BUNDLE_TEXT) {
        Ok(bytes) => BundleReceipts::from_json(&bytes).unwrap_or_else(|fault| {
            tracing::warn!(file = %path.display(), %fault, "broken acknowledgements are written anew");
            BundleReceipts::default()
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => BundleReceipts::default(),
        Err(error) => return Err(trouble("receipts")(error)),
    };
    let mut acknowledgements = earlier.acknowledgements;
    let again: HashSet<Uuid> = new.iter().map(|new| new.packet_id).collect();
    acknowledgements.retain(|old| !again.contains(&old.packet_id));
    acknowledgements.extend(new);
    let receipts = BundleReceipts {
        version: BUNDLE_VERSION,
        acknowledgements,
    };
    let text = serde_json::to_vec(&receipts).map_err(Refusal::from)?;
    replace(&path, &text).map_err(trouble("receipts"))
}

/// Reads a plain file of at most so many bytes.
fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let facts = std::fs::symlink_metadata(path)?;
    if !facts.is_file() || facts.len() > most {
        let message = "not a plain file, or too large";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
