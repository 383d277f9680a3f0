//! The server's own secrets, made at its first start and kept in its folder.

use crate::folder::Folder;
use anyhow::Context;
use packet::{OpeningKey, ServerSigningKey};

/// The server's own secrets.
pub(crate) struct Keys {
    /// Opens packets.
    pub(crate) opening: OpeningKey,
    /// Signs acknowledgements and health.
    pub(crate) signing: ServerSigningKey,
    /// Bearer token of stations that were not let in one by one.
    pub(crate) station_token: String,
    /// Password of the user `reviewer`.
    pub(crate) reviewer_password: String,
    /// Stands before a document's number when it is hashed; without it, the ledger names nobody.
    person: String,
}

impl Keys {
    /// Reads the secrets, making those that are not there yet.
    pub(crate) fn load(folder: &Folder) -> anyhow::Result<Self> {
        let opening = folder.secret("opening.key", || {
            Ok(OpeningKey::generate().to_secret_text().to_string())
        })?;
        let seed = folder.secret("signing.key", random_hex::<32>)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(&seed, &mut bytes).context("signing.key is not 64 hexadecimal digits")?;
        Ok(Self {
            opening: opening.parse().context("opening.key")?,
            signing: ServerSigningKey::from_seed(&bytes),
            station_token: folder.secret("station.token", random_hex::<24>)?,
            reviewer_password: folder.secret("reviewer.password", random_hex::<12>)?,
            person: folder.secret("person.key", random_hex::<32>)?,
        })
    }

    /// A 采集码 as a keyed hash.
    pub(crate) fn code(&self, payload: &str) -> String {
        // No kind of document has this name.
        self.person("capture_code", payload)
    }

    /// A person's document as a keyed hash; empty without a number.
    pub(crate) fn person(&self, document: &str, number: &str) -> String {
        if number.is_empty() {
            return String::new();
        }
        // The secret has one length and no document's kind holds a line feed: no two persons share a text.
        packet::sha256_hex(format!("{}\n{document}\n{number}", self.person).as_bytes())
    }
}

pub(crate) fn random_hex<const N: usize>() -> anyhow::Result<String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no random bytes: {e}"))?;
    Ok(hex::encode(bytes))
}
