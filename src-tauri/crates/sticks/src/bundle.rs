//! What stations left on a stick, for whoever takes it in: another station here, the server over there.

use crate::durable;
use domain::port::StickFault;
use packet::bundle::{
    BUNDLE_INDEX, BUNDLE_RECEIPTS, BUNDLE_ROOT, BUNDLE_VERSION, MAX_BUNDLE_TEXT, bundle_file,
};
use packet::{Acknowledgement, BundleEntry, BundleIndex, BundleReceipts, MAX_CONTAINER};
use std::fs;
use std::path::{Path, PathBuf};

/// Largest sealed packet that is read, in bytes.
const MAX_SEALED: u64 = MAX_CONTAINER as u64 + (1 << 20);

/// What one station left on a stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    folder: PathBuf,
    index: BundleIndex,
}

/// One station's folder on a stick.
#[derive(Debug)]
pub struct Found {
    /// Name of the folder: the station's id, when nobody renamed it.
    pub name: String,
    /// What lies in it, or why that cannot be believed.
    pub bundle: Result<Bundle, StickFault>,
}

/// Everything that lies on a stick, each station's index proved by its own signature. What cannot be believed is
/// given as the fault it is, beside the name of its folder, and the rest goes on.
///
/// # Errors
/// The stick itself cannot be read.
pub fn bundles(stick: &Path) -> Result<Vec<Found>, StickFault> {
    let root = stick.join(BUNDLE_ROOT);
    let mut found = Vec::new();
    let folders = match fs::read_dir(&root) {
        Ok(folders) => folders,
        Err(_) if stick.is_dir() => return Ok(found),
        Err(error) => return Err(durable::of_io(&error)),
    };
    for folder in folders {
        let folder = folder.map_err(|error| durable::of_io(&error))?.path();
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if folder.is_dir() {
            let bundle = Bundle::open(folder);
            found.push(Found { name, bundle });
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

impl Bundle {
    pub(crate) fn open(folder: PathBuf) -> Result<Self, StickFault> {
        let text = durable::read(&folder.join(BUNDLE_INDEX), MAX_BUNDLE_TEXT)?
            .ok_or_else(|| StickFault::Altered("there is no index".to_string()))?;
        let (index, _key) =
            BundleIndex::from_json(&text).map_err(|fault| StickFault::Altered(fault.to_string()))?;
        Ok(Self { folder, index })
    }

    /// The signed index. Who may sign for this station, the central server knows.
    pub const fn index(&self) -> &BundleIndex {
        &self.index
    }

    /// The sealed bytes of a packet when they have the hash of the index.
    ///
    /// # Errors
    /// [`StickFault::PacketDamaged`] when they have not or are not there; others of the stick.
    pub fn sealed(&self, entry: &BundleEntry) -> Result<Vec<u8>, StickFault> {
        let damaged = || StickFault::PacketDamaged(entry.packet_id.to_string());
        let path = self.folder.join(bundle_file(entry.packet_id));
        let bytes = durable::read(&path, entry.size.min(MAX_SEALED))
            .map_err(|fault| match fault {
                StickFault::Altered(_) => damaged(),
                other => other,
            })?
            .ok_or_else(damaged)?;
        let whole = bytes.len() as u64 == entry.size && packet::sha256_hex(&bytes) == entry.sha256;
        whole.then_some(bytes).ok_or_else(damaged)
    }

    /// The acknowledgements that lie beside the packets; each proves itself later.
    ///
    /// # Errors
    /// [`StickFault::Altered`] when the file is none of this schema; others of the stick.
    pub fn receipts(&self) -> Result<Vec<Acknowledgement>, StickFault> {
        receipts(&self.folder)
    }

    /// Adds acknowledgements to those that lie there, for their station to find.
    ///
    /// # Errors
    /// [`StickFault`].
    pub fn keep_receipts(&self, new: &[Acknowledgement]) -> Result<(), StickFault> {
        // A file that cannot be read is replaced: its content can be asked of the server again at any time.
        let mut all = self.receipts().unwrap_or_default();
        for receipt in new {
            all.retain(|known| known.packet_id != receipt.packet_id);
            all.push(receipt.clone());
        }
        let receipts = BundleReceipts {
            version: BUNDLE_VERSION,
            acknowledgements: all,
        };
        let text = serde_json::to_vec_pretty(&receipts).map_err(|e| StickFault::Failed(e.to_string()))?;
        durable::write(&self.folder.join(BUNDLE_RECEIPTS), &text)
    }
}

pub(crate) fn receipts(folder: &Path) -> Result<Vec<Acknowledgement>, StickFault> {
    let Some(text) = durable::read(&folder.join(BUNDLE_RECEIPTS), MAX_BUNDLE_TEXT)? else {
        return Ok(Vec::new());
    };
    BundleReceipts::from_json(&text)
        .map(|receipts| receipts.acknowledgements)
        .map_err(|fault| StickFault::Altered(fault.to_string()))
}
