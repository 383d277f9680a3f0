//! What this station carries on sticks.

use crate::bundle::{Bundle, receipts};
use crate::{drives, durable};
use domain::port::{Carried, Stick, StickFault, Sticks};
use domain::queue::QueueEntry;
use jiff::Timestamp;
use packet::bundle::{BUNDLE_INDEX, BUNDLE_RECEIPTS, BUNDLE_ROOT, bundle_file};
use packet::{BundleEntry, BundleIndex, StationSigningKey};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What this station carries on sticks.
pub struct Carrier {
    station: String,
    signer: StationSigningKey,
    clock: fn() -> Timestamp,
}

impl Carrier {
    /// Packets of the station with this id, which becomes the name of its folder, under an index signed by its key.
    pub const fn new(station: String, signer: StationSigningKey, clock: fn() -> Timestamp) -> Self {
        Self {
            station,
            signer,
            clock,
        }
    }

    /// This station's folder on a stick. Ids become names: letters, digits, `-` and `_` only.
    fn folder(&self, stick: &Path) -> Result<PathBuf, StickFault> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if self.station.is_empty() || self.station.len() > 64 || !self.station.bytes().all(plain) {
            return Err(StickFault::Failed(
                "the station's id is not a plain word".to_string(),
            ));
        }
        Ok(stick.join(BUNDLE_ROOT).join(&self.station))
    }

    /// What an earlier visit left there and nobody took in yet; an index that is not ours or was touched is
    /// replaced, and its files stay.
    fn left_behind(&self, folder: &Path) -> BTreeMap<Uuid, BundleEntry> {
        let ours = self.signer.verifying_key().to_string();
        let index = Bundle::open(folder.to_path_buf())
            .ok()
            .filter(|bundle| bundle.index().station_key == ours);
        let entries = index
            .map(|bundle| bundle.index().packets.clone())
            .unwrap_or_default();
        entries
            .into_iter()
            .filter(|entry| lies_there(folder, entry, false))
            .map(|entry| (entry.packet_id, entry))
            .collect()
    }
}

impl Sticks for Carrier {
    fn present(&mut self) -> Vec<Stick> {
        let mut sticks = drives::present();
        for stick in &mut sticks {
            let folder = self.folder(Path::new(&stick.path));
            stick.acknowledgements = folder.is_ok_and(|folder| folder.join(BUNDLE_RECEIPTS).is_file());
        }
        sticks
    }

    fn carry(
        &mut self,
        folder: &str,
        entries: &[QueueEntry],
        sealed: &mut dyn FnMut(&str) -> Result<Vec<u8>, StickFault>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Carried, StickFault> {
        let stick = Path::new(folder);
        if !stick.is_dir() {
            return Err(StickFault::Gone);
        }
        let folder = self.folder(stick)?;
        fs::create_dir_all(&folder).map_err(|error| durable::of_io(&error))?;
        let mut carried = Carried::default();
        match receipts(&folder) {
            Ok(found) => {
                for receipt in found {
                    let text =
                        serde_json::to_string(&receipt).map_err(|e| StickFault::Failed(e.to_string()))?;
                    carried
                        .acknowledgements
                        .push((receipt.packet_id.to_string(), text));
                }
            }
            // What cannot be read proves nothing, and keeps nothing from being written.
            Err(StickFault::Altered(what)) => {
                tracing::error!(what, "acknowledgements on a stick");
                carried.refused = 1;
            }
            Err(other) => return Err(other),
        }
        let mut index = self.left_behind(&folder);
        for (packet, _) in &carried.acknowledgements {
            if let Ok(id) = packet.parse::<Uuid>() {
                index.remove(&id);
            }
        }
        for (number, entry) in entries.iter().enumerate() {
            match place(&folder, entry, sealed) {
                Ok(placed) => {
                    index.insert(placed.packet_id, placed);
                    carried.written.push(entry.packet.clone());
                }
                Err(StickFault::PacketDamaged(packet)) => carried.damaged.push(packet),
                Err(other) => return Err(other),
            }
            progress(number + 1);
        }
        let packets = index.into_values().collect();
        let index = BundleIndex::sign(&self.station, (self.clock)(), packets, &self.signer);
        let text = serde_json::to_vec_pretty(&index).map_err(|e| StickFault::Failed(e.to_string()))?;
        durable::write(&folder.join(BUNDLE_INDEX), &text)?;
        durable::sync_folder(&stick.join(BUNDLE_ROOT))?;
        durable::sync_folder(stick)?;
        Ok(carried)
    }
}

/// Writes one packet, unless it lies there whole from an earlier visit.
fn place(
    folder: &Path,
    entry: &QueueEntry,
    sealed: &mut dyn FnMut(&str) -> Result<Vec<u8>, StickFault>,
) -> Result<BundleEntry, StickFault> {
    let damaged = || StickFault::PacketDamaged(entry.packet.clone());
    let placed = BundleEntry {
        packet_id: entry.packet.parse().map_err(|_| damaged())?,
        sha256: entry.sha256.clone(),
        size: entry.size,
    };
    if !lies_there(folder, &placed, true) {
        let bytes = sealed(&entry.packet)?;
        if packet::sha256_hex(&bytes) != entry.sha256 {
            return Err(damaged());
        }
        durable::write(&folder.join(bundle_file(placed.packet_id)), &bytes)?;
    }
    Ok(placed)
}

/// True when the file has the size of the entry, and, where it is asked, its hash.
fn lies_there(folder: &Path, entry: &BundleEntry, whole: bool) -> bool {
    let path = folder.join(bundle_file(entry.packet_id));
    if !fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() == entry.size) {
        return false;
    }
    !whole
        || durable::read(&path, entry.size)
            .is_ok_and(|bytes| bytes.is_some_and(|bytes| packet::sha256_hex(&bytes) == entry.sha256))
}
