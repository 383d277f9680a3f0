//! The server's signed word that it holds a packet for good.

use crate::canonical::canonical;
use crate::key::{ServerSigningKey, ServerVerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const LABEL: &str = "capture-station acknowledgement 1";

/// "I hold the packet with this id, this hash and this size since then", signed.
///
/// Signed are, each led by its length (see `canonical`), the label `capture-station acknowledgement 1`,
/// the packet id in its hyphenated form, the hash as text, the size as eight big-endian bytes, the
/// time as the RFC 3339 text that stands in the message, and the id of the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Packet that is held.
    pub packet_id: Uuid,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// Number of sealed bytes.
    pub size: u64,
    /// When the server had it durable, RFC 3339.
    pub received_at: Timestamp,
    /// Id of the server's key, see [`ServerVerifyingKey::id`].
    pub key_id: String,
    /// Ed25519 signature, 128 hexadecimal digits.
    pub signature: String,
}

/// What the station sent and therefore must find in the acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected<'a> {
    /// Packet that was sent.
    pub packet_id: Uuid,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: &'a str,
    /// Number of sealed bytes.
    pub size: u64,
}

/// An acknowledgement that proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AcknowledgementFault {
    /// Signed by a key with another id than the trusted one.
    #[error("signed by the unknown key {key_id}")]
    UnknownKey {
        /// Id of the key that the message names.
        key_id: String,
    },
    /// The signature is not the trusted key's over this content.
    #[error("the signature does not fit")]
    Signature,
    /// Properly signed, but for another packet, hash or size.
    #[error("it acknowledges something else")]
    OtherPacket,
}

impl Acknowledgement {
    /// Signs that the packet is held since `received_at`.
    pub fn sign(expected: &Expected<'_>, received_at: Timestamp, key: &ServerSigningKey) -> Self {
        let mut acknowledgement = Self {
            packet_id: expected.packet_id,
            sha256: expected.sha256.to_owned(),
            size: expected.size,
            received_at,
            key_id: key.verifying_key().id(),
            signature: String::new(),
        };
        acknowledgement.signature = key.sign_hex(&acknowledgement.signed_bytes());
        acknowledgement
    }

    /// Proves that the holder of `key` has exactly the packet that was sent.
    pub fn verify(
        &self,
        key: &ServerVerifyingKey,
        expected: &Expected<'_>,
    ) -> Result<(), AcknowledgementFault> {
        if self.key_id != key.id() {
            return Err(AcknowledgementFault::UnknownKey {
                key_id: self.key_id.clone(),
            });
        }
        if !key.proves(&self.signed_bytes(), &self.signature) {
            return Err(AcknowledgementFault::Signature);
        }
        let found = Expected {
            packet_id: self.packet_id,
            sha256: &self.sha256,
            size: self.size,
        };
        if found == *expected {
            Ok(())
        } else {
            Err(AcknowledgementFault::OtherPacket)
        }
    }

    fn signed_bytes(&self) -> Vec<u8> {
        canonical(
            LABEL,
            &[
                self.packet_id.hyphenated().to_string().as_bytes(),
                self.sha256.as_bytes(),
                &self.size.to_be_bytes(),
                self.received_at.to_string().as_bytes(),
                self.key_id.as_bytes(),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (Acknowledgement, ServerSigningKey) {
        let key = ServerSigningKey::from_seed(&[3; 32]);
        let sha256 = "ab".repeat(32);
        let expected = Expected {
            packet_id: Uuid::from_u128(5),
            sha256: &sha256,
            size: 77,
        };
        (
            Acknowledgement::sign(&expected, Timestamp::from_second(1_764_000_000).unwrap(), &key),
            key,
        )
    }

    #[test]
    fn the_right_key_and_content_verify_after_a_trip_as_json() {
        let (acknowledgement, key) = signed();
        let json = serde_json::to_string(&acknowledgement).unwrap();
        let back: Acknowledgement = serde_json::from_str(&json).unwrap();
        let sha256 = "ab".repeat(32);
        let expected = Expected {
            packet_id: Uuid::from_u128(5),
            sha256: &sha256,
            size: 77,
        };
        assert_eq!(back.verify(&key.verifying_key(), &expected), Ok(()));
        let other = Expected { size: 78, ..expected };
        assert_eq!(
            back.verify(&key.verifying_key(), &other),
            Err(AcknowledgementFault::OtherPacket)
        );
    }

    #[test]
    fn every_altered_field_breaks_it() {
        let (good, key) = signed();
        let alterations: [fn(&mut Acknowledgement); 6] = [
            |a| a.packet_id = Uuid::from_u128(6),
            |a| a.sha256.replace_range(0..1, "0"),
            |a| a.size += 1,
            |a| a.received_at = Timestamp::UNIX_EPOCH,
            |a| a.signature.replace_range(0..2, "zz"),
            |a| a.signature.clear(),
        ];
        for alter in alterations {
            let mut altered = good.clone();
            alter(&mut altered);
            let expected = Expected {
                packet_id: altered.packet_id,
                sha256: &altered.sha256,
                size: altered.size,
            };
            assert_eq!(
                altered.verify(&key.verifying_key(), &expected),
                Err(AcknowledgementFault::Signature),
                "{altered:?}"
            );
        }
    }

    #[test]
    fn another_servers_key_is_refused_even_under_a_borrowed_id() {
        let (mut acknowledgement, key) = signed();
        let trusted = ServerSigningKey::from_seed(&[4; 32]).verifying_key();
        let sha256 = acknowledgement.sha256.clone();
        let expected = Expected {
            packet_id: acknowledgement.packet_id,
            sha256: &sha256,
            size: 77,
        };
        let unknown = AcknowledgementFault::UnknownKey {
            key_id: key.verifying_key().id(),
        };
        assert_eq!(acknowledgement.verify(&trusted, &expected), Err(unknown));
        acknowledgement.key_id = trusted.id();
        assert_eq!(
            acknowledgement.verify(&trusted, &expected),
            Err(AcknowledgementFault::Signature)
        );
    }
}
