//! Which server a station talks to, and by what it is known.

use crate::cap::Cap;
use crate::{pace, tls};
use packet::{KeyFault, RecipientKey, ServerVerifyingKey};
use reqwest::Url;
use std::time::Duration;

/// Which server a station talks to, and by what it is known.
#[derive(Clone)]
pub struct Server {
    pub(crate) base: Url,
    pub(crate) token: String,
    pub(crate) recipient: RecipientKey,
    pub(crate) recovery: Option<RecipientKey>,
    pub(crate) verifying_key: ServerVerifyingKey,
    pub(crate) trust: Trust,
    pub(crate) chunk: u64,
    pub(crate) cap: Option<Cap>,
    pub(crate) patience: Duration,
}

/// By which certificates a server is believed.
#[derive(Clone, Default)]
pub(crate) struct Trust {
    /// Certificates that count beside the system's, PEM.
    pub(crate) root_pem: Option<Vec<u8>>,
    /// SHA-256 of certificates or their keys, lower-case hexadecimal; any will do when there are none.
    pub(crate) pins: Vec<String>,
}

/// A server's address or keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ServerFault {
    /// Not an `http` or `https` URL that paths can be put behind.
    #[error("the server's address is not an http or https URL")]
    Address,
    /// `http` without encryption to another machine.
    #[error("the server's address must be https, or lie on this machine")]
    Unencrypted,
    /// A token with characters that cannot stand in a header, or none.
    #[error("the station's token is empty or not one")]
    Token,
    /// The private root certificate is not one.
    #[error("the private root certificate is not one in PEM")]
    Root,
    /// A pin is not a SHA-256.
    #[error("a pin of the server's certificate is not 64 hexadecimal digits")]
    Pin,
    /// A station's id that is none.
    #[error("the station's id is not one")]
    Station,
    /// A key is not one.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The HTTP client or its thread could not be made; a system without any root certificates is the usual cause.
    #[error("the client could not be made: {0}")]
    Client(String),
}

impl Server {
    /// Checks address, token and keys. `recipient` is the age key that packets are sealed to,
    /// `verifying_key` the 64 hexadecimal digits that acknowledgements are verified with; both are told
    /// to the station when it is set up and never taken from an answer.
    pub fn new(base: &str, token: &str, recipient: &str, verifying_key: &str) -> Result<Self, ServerFault> {
        let base = address(base)?;
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ServerFault::Token);
        }
        Ok(Self {
            base,
            token: token.to_owned(),
            recipient: recipient.parse()?,
            recovery: None,
            verifying_key: verifying_key.parse()?,
            trust: Trust::default(),
            chunk: pace::MOST,
            cap: None,
            patience: Duration::from_secs(15),
        })
    }

    /// Names the age key of whoever keeps a second key for the day the server's is lost.
    pub fn with_recovery(mut self, recipient: &str) -> Result<Self, ServerFault> {
        self.recovery = Some(recipient.parse()?);
        Ok(self)
    }

    /// Trusts the certificate of the school's own authority, too (PEM).
    pub fn with_root(mut self, pem: Vec<u8>) -> Self {
        self.trust.root_pem = Some(pem);
        self
    }

    /// Believes the server only by a certificate that is one of those agreed on, beside being valid: SHA-256 of the
    /// certificate or of its public key (SubjectPublicKeyInfo), 64 hexadecimal digits. Called several times, any of
    /// them will do, so that the next certificate can be agreed on before it is needed.
    pub fn with_pin(mut self, sha256: &str) -> Result<Self, ServerFault> {
        self.trust.pins.push(tls::pin(sha256).ok_or(ServerFault::Pin)?);
        Ok(self)
    }

    /// Bytes a request carries at most; 8 MiB when not told otherwise. How many it does carry is learned from the
    /// line, from 256 KiB on.
    pub fn with_chunk(mut self, bytes: usize) -> Self {
        self.chunk = bytes.max(1) as u64;
        self
    }

    /// Bytes a second that uploads take of the line at most, from 1024 on; as many as it carries when `None`.
    pub fn with_cap(mut self, bytes_per_second: Option<u64>) -> Self {
        self.cap = bytes_per_second.map(Cap::new);
        self
    }

    /// How long an ordinary call waits for its answer; 15 s when not told otherwise.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

/// An address that paths can be put behind: `https`, or on this machine.
pub(crate) fn address(text: &str) -> Result<Url, ServerFault> {
    let mut base: Url = text.trim().parse().map_err(|_| ServerFault::Address)?;
    match (base.scheme(), base.host_str()) {
        ("https", Some(_)) => {}
        ("http", Some("127.0.0.1" | "localhost" | "[::1]")) => {}
        ("http", Some(_)) => return Err(ServerFault::Unencrypted),
        _ => return Err(ServerFault::Address),
    }
    if base.query().is_some() || base.fragment().is_some() || !base.username().is_empty() {
        return Err(ServerFault::Address);
    }
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    Ok(base)
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({}, key {})", self.base, self.verifying_key.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(base: &str, token: &str) -> Result<Server, ServerFault> {
        let recipient = packet::OpeningKey::generate().recipient().to_string();
        let key = packet::ServerSigningKey::from_seed(&[1; 32])
            .verifying_key()
            .to_string();
        Server::new(base, token, &recipient, &key)
    }

    #[test]
    fn an_address_is_encrypted_or_on_this_machine() {
        for good in [
            "https://central.example",
            "http://127.0.0.1:8080",
            "http://localhost/api/",
        ] {
            let server = server(good, "t").unwrap();
            assert!(server.base.as_str().ends_with('/'), "{good}");
            assert!(!format!("{server:?}").contains("\"t\""));
        }
        assert!(matches!(
            server("http://central.example", "t"),
            Err(ServerFault::Unencrypted)
        ));
        for bad in [
            "",
            "central.example",
            "file:///etc",
            "https://a/?b",
            "https://u@a/",
        ] {
            assert!(matches!(server(bad, "t"), Err(ServerFault::Address)), "{bad}");
        }
        assert!(matches!(server("https://a", "a b"), Err(ServerFault::Token)));
    }
}
