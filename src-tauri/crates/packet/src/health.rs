//! The server's signed word that it is there, which no captive portal can give.

use crate::canonical::canonical;
use crate::key::{ServerSigningKey, ServerVerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const LABEL: &str = "capture-station health 1";

/// "I am here, it is this time", signed together with the asker's own random text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HealthProof {
    /// Version of the server's program.
    pub version: String,
    /// The server's time, RFC 3339.
    pub time: Timestamp,
    /// The text that the asker sent, so that an old answer cannot be played again.
    pub nonce: String,
    /// Id of the server's key.
    pub key_id: String,
    /// Ed25519 signature over label, version, time, nonce and key id, hexadecimal.
    pub signature: String,
}

impl HealthProof {
    /// Signs the answer to `nonce`.
    pub fn sign(version: &str, time: Timestamp, nonce: &str, key: &ServerSigningKey) -> Self {
        let mut proof = Self {
            version: version.to_owned(),
            time,
            nonce: nonce.to_owned(),
            key_id: key.verifying_key().id(),
            signature: String::new(),
        };
        proof.signature = key.sign_hex(&proof.signed_bytes());
        proof
    }

    /// True when the holder of `key` answered exactly this `nonce`.
    pub fn proves(&self, key: &ServerVerifyingKey, nonce: &str) -> bool {
        self.nonce == nonce && self.key_id == key.id() && key.proves(&self.signed_bytes(), &self.signature)
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let time = self.time.to_string();
        let fields = [&self.version, &time, &self.nonce, &self.key_id];
        canonical(LABEL, &fields.map(|f| f.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_or_foreign_answer_proves_nothing() {
        let key = ServerSigningKey::from_seed(&[1; 32]);
        let proof = HealthProof::sign("1", Timestamp::UNIX_EPOCH, "abc", &key);
        assert!(proof.proves(&key.verifying_key(), "abc"));
        assert!(!proof.proves(&key.verifying_key(), "abd"));
        assert!(!proof.proves(&ServerSigningKey::from_seed(&[2; 32]).verifying_key(), "abc"));
        let later = HealthProof {
            time: Timestamp::MAX,
            ..proof
        };
        assert!(!later.proves(&key.verifying_key(), "abc"));
    }
}
