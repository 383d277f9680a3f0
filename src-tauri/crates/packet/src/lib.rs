//! The upload unit of one capture: what it says, how it is sealed, how its receipt is proved.
//!
//! Nothing here does IO or reads a clock: bytes, ids and times are arguments. Only sealing draws
//! random bytes, from the operating system, because a sealed packet must never repeat one.

pub mod acknowledgement;
pub mod bundle;
mod canonical;
mod container;
pub mod evidence;
pub mod health;
pub mod key;
pub mod manifest;
pub mod seal;
mod signature;
pub mod welcome;

pub use acknowledgement::{Acknowledgement, AcknowledgementFault, Expected};
pub use bundle::{BundleEntry, BundleFault, BundleIndex, BundleReceipts};
pub use container::{ContainerFault, MAX_CONTAINER, read as container_entries};
pub use health::HealthProof;
pub use key::{
    KeyFault, OpeningKey, RecipientKey, ServerSigningKey, ServerVerifyingKey, StationSigningKey,
    StationVerifyingKey,
};
pub use manifest::{MANIFEST_VERSION, Manifest, ManifestFault};
pub use seal::{OpenFault, OpenedPacket, Seal, SealFault, SealedPacket, open, seal};
pub use welcome::{JoinTicket, Welcome};

/// Lower-case hexadecimal SHA-256 of `bytes`, as it stands in every manifest and acknowledgement.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}
