//! Sealing a capture to the server's key, and opening it there.

use crate::container::{self, ContainerFault};
use crate::key::{OpeningKey, RecipientKey, StationSigningKey, StationVerifyingKey};
use crate::manifest::{FileFacts, Manifest, ManifestFault};
use crate::signature::PacketSignature;
use std::collections::BTreeMap;
use std::io::Write;

const MANIFEST_NAME: &str = "manifest.json";
const SIGNATURE_NAME: &str = "signature.json";

/// Who can open a packet, and who vouches for it.
#[derive(Debug, Clone, Copy)]
pub struct Seal<'a> {
    /// The central server.
    pub server: &'a RecipientKey,
    /// Whoever keeps a key for the day the server's is lost.
    pub recovery: Option<&'a RecipientKey>,
    /// The station that took the photo.
    pub signer: &'a StationSigningKey,
}

/// A packet as it may touch the disk and the network.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedPacket {
    /// The age file.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`, hexadecimal.
    pub sha256: String,
    /// Length of `bytes`.
    pub size: u64,
}

impl std::fmt::Debug for SealedPacket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedPacket({} bytes, sha256 {})", self.size, self.sha256)
    }
}

/// A capture cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// The manifest breaks a rule.
    #[error(transparent)]
    Manifest(#[from] ManifestFault),
    /// The manifest cannot be written as JSON.
    #[error("the manifest cannot be written")]
    Json(#[source] serde_json::Error),
    /// The files are not those that the manifest names, or have another content.
    #[error("file {name} is not what the manifest says")]
    FileDiffers {
        /// Name of the file.
        name: String,
    },
    /// Names or sizes that a packet cannot hold.
    #[error(transparent)]
    Container(#[from] ContainerFault),
    /// Encryption failed: no random bytes from the operating system.
    #[error("sealing failed")]
    Seal(#[source] age::EncryptError),
    /// The sealed bytes could not be put together in memory.
    #[error("sealing failed")]
    Write(#[from] std::io::Error),
}

/// Seals a manifest, the station's signature over it and exactly the files that it names, in the manifest's order.
///
/// Nothing in clear is kept: the plain container is wiped.
pub fn seal(manifest: &Manifest, files: &[(&str, &[u8])], by: Seal<'_>) -> Result<SealedPacket, SealFault> {
    manifest.check()?;
    let json = zeroize::Zeroizing::new(serde_json::to_vec(manifest).map_err(SealFault::Json)?);
    let signature = PacketSignature::sign(&json, by.signer);
    let signature = serde_json::to_vec(&signature).map_err(SealFault::Json)?;
    let mut entries: Vec<(&str, &[u8])> = vec![(MANIFEST_NAME, &json), (SIGNATURE_NAME, &signature)];
    for facts in manifest.files() {
        let found = files.iter().find(|(name, _)| *name == facts.name);
        let (name, content) = found.ok_or_else(|| differs(&facts.name))?;
        entries.push((name, content));
    }
    if let Some((name, _)) = files
        .iter()
        .find(|(name, _)| manifest.files().all(|f| f.name != *name))
    {
        return Err(differs(name));
    }
    // The sitter waits for both: the files are held against the manifest while they are being encrypted.
    let (matching, bytes) = std::thread::scope(|scope| {
        let matching = scope.spawn(|| {
            let differing = manifest
                .files()
                .zip(&entries[2..])
                .find(|(facts, (name, content))| FileFacts::of(name, content) != **facts);
            differing.map_or(Ok(()), |(facts, _)| Err(differs(&facts.name)))
        });
        let bytes = encrypt(&entries, by);
        (matching.join(), bytes)
    });
    matching.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let bytes = bytes?;
    Ok(SealedPacket {
        sha256: crate::sha256_hex(&bytes),
        size: bytes.len() as u64,
        bytes,
    })
}

/// The age file of some entries; their plain container is wiped.
fn encrypt(entries: &[(&str, &[u8])], by: Seal<'_>) -> Result<Vec<u8>, SealFault> {
    let plain = container::write(entries)?;
    let keys = std::iter::once(by.server).chain(by.recovery);
    let age = age::Encryptor::with_recipients(keys.map(|key| &key.0 as &dyn age::Recipient))
        .map_err(SealFault::Seal)?;
    // The header of two recipients and a tag of 16 bytes for every 64 KiB.
    let mut bytes = Vec::with_capacity(plain.len() + plain.len() / 2048 + 1024);
    let mut sealing = age.wrap_output(&mut bytes)?;
    sealing.write_all(&plain)?;
    sealing.finish()?;
    Ok(bytes)
}

fn differs(name: &str) -> SealFault {
    SealFault::FileDiffers {
        name: name.to_owned(),
    }
}

/// An opened packet: its manifest and the files it names, each with the hash that the manifest gives.
#[derive(Clone, PartialEq)]
pub struct OpenedPacket {
    /// The manifest, checked.
    pub manifest: Manifest,
    /// The station's key whose signature over the manifest was verified. Whose key it is, the caller knows.
    pub signer: StationVerifyingKey,
    /// Content by name, without the manifest.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl std::fmt::Debug for OpenedPacket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "OpenedPacket({}, {} files)",
            self.manifest.packet_id,
            self.files.len()
        )
    }
}

/// Bytes that are not a good packet for this key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    /// Not an age file for this key, or altered.
    #[error("not sealed to this key, or altered")]
    Seal,
    /// The layout inside is broken.
    #[error(transparent)]
    Container(#[from] ContainerFault),
    /// The manifest is missing, or not the first entry.
    #[error("no manifest")]
    NoManifest,
    /// The manifest is broken.
    #[error(transparent)]
    Manifest(#[from] ManifestFault),
    /// No signature, or not one over this manifest.
    #[error("the station's signature is missing or does not fit")]
    Signature,
    /// The files are not those that the manifest names.
    #[error("the files are not those that the manifest names")]
    Files,
}

/// Opens a sealed packet and holds it against its own manifest. Never panics on any bytes.
pub fn open(sealed: &[u8], key: &OpeningKey) -> Result<OpenedPacket, OpenFault> {
    if sealed.len() > container::MAX_CONTAINER + (1 << 20) {
        return Err(ContainerFault::TooLarge.into());
    }
    let plain = age::decrypt(&key.0, sealed).map_err(|_| OpenFault::Seal)?;
    open_container(&zeroize::Zeroizing::new(plain))
}

/// The part of [`open`] inside the seal.
fn open_container(plain: &[u8]) -> Result<OpenedPacket, OpenFault> {
    let entries = container::read(plain)?;
    let ((first, json), rest) = entries.split_first().ok_or(OpenFault::NoManifest)?;
    if *first != MANIFEST_NAME {
        return Err(OpenFault::NoManifest);
    }
    let ((second, signature), rest) = rest.split_first().ok_or(OpenFault::Signature)?;
    if *second != SIGNATURE_NAME {
        return Err(OpenFault::Signature);
    }
    let signature: PacketSignature = serde_json::from_slice(signature).map_err(|_| OpenFault::Signature)?;
    let signer = signature.verify(json).ok_or(OpenFault::Signature)?;
    let manifest = Manifest::from_json(json)?;
    let found: Vec<FileFacts> = rest
        .iter()
        .map(|(name, content)| FileFacts::of(name, content))
        .collect();
    if !manifest.files().eq(found.iter()) {
        return Err(OpenFault::Files);
    }
    let files = rest
        .iter()
        .map(|(name, content)| ((*name).to_owned(), content.to_vec()))
        .collect();
    Ok(OpenedPacket {
        manifest,
        signer,
        files,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_inside_the_seal_make_opening_panic(entries in prop::collection::vec(
            (prop::sample::select(vec!["manifest.json", "signature.json", "photo.jpg", "report.json"]),
             prop::collection::vec(any::<u8>(), 0..64)), 0..4)) {
            let entries: Vec<(&str, &[u8])> = entries.iter().map(|(n, c)| (*n, c.as_slice())).collect();
            if let Ok(plain) = container::write(&entries) {
                prop_assert!(open_container(&plain).is_err());
            }
        }
    }
}
