//! Packets on a stick: sealed files beside an index that the station signed.
//!
//! ```text
//! capture-station/<station>/index.json            BundleIndex
//! capture-station/<station>/<packet id>.packet    the sealed bytes
//! capture-station/<station>/acknowledgements.json BundleReceipts, once somebody took them in
//! ```

use crate::acknowledgement::Acknowledgement;
use crate::canonical::canonical;
use crate::key::{StationSigningKey, StationVerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Folder on the stick that holds one folder a station.
pub const BUNDLE_ROOT: &str = "capture-station";
/// Name of the index in a station's folder.
pub const BUNDLE_INDEX: &str = "index.json";
/// Name of the acknowledgements in a station's folder.
pub const BUNDLE_RECEIPTS: &str = "acknowledgements.json";
/// Largest index or list of acknowledgements that is read, in bytes: some hundred thousand packets.
pub const MAX_BUNDLE_TEXT: u64 = 64 << 20;
/// Version of both files.
pub const BUNDLE_VERSION: u16 = 1;

const LABEL: &str = "capture-station bundle 1";

/// Name of a packet's file in a station's folder. Made from the id alone, so that no index can name a path.
pub fn bundle_file(packet: Uuid) -> String {
    format!("{}.packet", packet.hyphenated())
}

/// What lies in a station's folder on a stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleIndex {
    /// [`BUNDLE_VERSION`].
    pub version: u16,
    /// Station that wrote it.
    pub station_id: String,
    /// Its key, 64 hexadecimal digits.
    pub station_key: String,
    /// When it was written, by the station's clock.
    pub made_at: Timestamp,
    /// The packets beside it.
    pub packets: Vec<BundleEntry>,
    /// Ed25519 signature, 128 hexadecimal digits.
    pub signature: String,
}

/// One packet on the stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleEntry {
    /// Its id; its file is [`bundle_file`].
    pub packet_id: Uuid,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// Number of sealed bytes.
    pub size: u64,
}

/// Acknowledgements on their way back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleReceipts {
    /// [`BUNDLE_VERSION`].
    pub version: u16,
    /// Each signed by the server, as over the network.
    pub acknowledgements: Vec<Acknowledgement>,
}

/// An index that proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// Not JSON of this schema.
    #[error("the index does not follow the schema at line {line}, column {column}")]
    Schema {
        /// Line in the file.
        line: usize,
        /// Column in the file.
        column: usize,
    },
    /// Another version.
    #[error("version {0} of the index is not known")]
    Version(u16),
    /// The signature is not the named key's over this content.
    #[error("the index was altered, or is not signed by the key it names")]
    Signature,
}

impl BundleIndex {
    /// Signs what lies in the folder.
    pub fn sign(
        station_id: &str,
        made_at: Timestamp,
        packets: Vec<BundleEntry>,
        key: &StationSigningKey,
    ) -> Self {
        let mut index = Self {
            version: BUNDLE_VERSION,
            station_id: station_id.to_owned(),
            station_key: key.verifying_key().to_string(),
            made_at,
            packets,
            signature: String::new(),
        };
        index.signature = key.sign_hex(&index.signed_bytes());
        index
    }

    /// Reads an index and proves its signature; gives the key that signed, for the caller to know.
    ///
    /// # Errors
    /// [`BundleFault`].
    pub fn from_json(bytes: &[u8]) -> Result<(Self, StationVerifyingKey), BundleFault> {
        let index: Self = serde_json::from_slice(bytes).map_err(schema)?;
        if index.version != BUNDLE_VERSION {
            return Err(BundleFault::Version(index.version));
        }
        let key: StationVerifyingKey = index.station_key.parse().map_err(|_| BundleFault::Signature)?;
        if key.proves(&index.signed_bytes(), &index.signature) {
            Ok((index, key))
        } else {
            Err(BundleFault::Signature)
        }
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let made_at = self.made_at.to_string();
        let packets: Vec<u8> = self
            .packets
            .iter()
            .flat_map(|entry| {
                let id = entry.packet_id.hyphenated().to_string();
                canonical(&id, &[entry.sha256.as_bytes(), &entry.size.to_be_bytes()])
            })
            .collect();
        let fields: [&[u8]; 5] = [
            &self.version.to_be_bytes(),
            self.station_id.as_bytes(),
            self.station_key.as_bytes(),
            made_at.as_bytes(),
            &packets,
        ];
        canonical(LABEL, &fields)
    }
}

impl BundleReceipts {
    /// Reads the list; each acknowledgement proves itself later, against what was sent.
    ///
    /// # Errors
    /// [`BundleFault`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, BundleFault> {
        let receipts: Self = serde_json::from_slice(bytes).map_err(schema)?;
        if receipts.version == BUNDLE_VERSION {
            Ok(receipts)
        } else {
            Err(BundleFault::Version(receipts.version))
        }
    }
}

fn schema(error: serde_json::Error) -> BundleFault {
    BundleFault::Schema {
        line: error.line(),
        column: error.column(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_was_touched_proves_nothing() {
        let key = StationSigningKey::from_seed(&[7; 32]);
        let entry = |n: u128| BundleEntry {
            packet_id: Uuid::from_u128(n),
            sha256: crate::sha256_hex(&n.to_be_bytes()),
            size: 9,
        };
        let index = BundleIndex::sign("s1", Timestamp::UNIX_EPOCH, vec![entry(1), entry(2)], &key);
        let read = |index: &BundleIndex| BundleIndex::from_json(&serde_json::to_vec(index).unwrap());
        assert_eq!(read(&index), Ok((index.clone(), key.verifying_key())));

        let mut shorter = index.clone();
        shorter.packets.pop();
        let mut renamed = index.clone();
        renamed.station_id = "s2".into();
        let mut other = index.clone();
        other.packets[0].sha256 = crate::sha256_hex(b"other");
        let mut later = index.clone();
        later.made_at = Timestamp::MAX;
        for touched in [shorter, renamed, other, later] {
            assert_eq!(read(&touched), Err(BundleFault::Signature));
        }
        let newer = BundleIndex { version: 9, ..index };
        assert_eq!(read(&newer), Err(BundleFault::Version(9)));
        assert!(matches!(
            BundleIndex::from_json(b"{\"version\":1,\"more\":2}"),
            Err(BundleFault::Schema { .. })
        ));
    }
}
