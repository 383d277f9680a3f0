//! The station's word that it took this capture.

use crate::canonical::canonical;
use crate::key::{StationSigningKey, StationVerifyingKey};
use serde::{Deserialize, Serialize};

const LABEL: &str = "capture-station packet 1";

/// The signature inside a packet. The manifest names the hash of every file, so it stands for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PacketSignature {
    /// The station's key, 64 hexadecimal digits.
    station_key: String,
    /// Ed25519 signature over the label and the SHA-256 of the manifest's bytes, 128 hexadecimal digits.
    signature: String,
}

impl PacketSignature {
    pub(crate) fn sign(manifest: &[u8], key: &StationSigningKey) -> Self {
        Self {
            station_key: key.verifying_key().to_string(),
            signature: key.sign_hex(&signed_bytes(manifest)),
        }
    }

    /// The key that signed exactly these bytes.
    pub(crate) fn verify(&self, manifest: &[u8]) -> Option<StationVerifyingKey> {
        let key: StationVerifyingKey = self.station_key.parse().ok()?;
        key.proves(&signed_bytes(manifest), &self.signature)
            .then_some(key)
    }
}

fn signed_bytes(manifest: &[u8]) -> Vec<u8> {
    canonical(LABEL, &[crate::sha256_hex(manifest).as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_signed_manifest_is_proved() {
        let key = StationSigningKey::from_seed(&[5; 32]);
        let mut signature = PacketSignature::sign(b"{}", &key);
        assert_eq!(signature.verify(b"{}"), Some(key.verifying_key()));
        assert_eq!(signature.verify(b"{ }"), None);
        let other = StationSigningKey::from_seed(&[6; 32]).verifying_key();
        signature.station_key = other.to_string();
        assert_eq!(signature.verify(b"{}"), None);
    }
}
