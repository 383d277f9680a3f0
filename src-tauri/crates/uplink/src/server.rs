//! Which server a station talks to, and by what it is known.

use packet::{KeyFault, RecipientKey, ServerVerifyingKey};
use reqwest::Url;
use std::time::Duration;

/// Which server a station talks to, and by what it is known.
#[derive(Clone)]
pub struct Server {
    pub(crate) base: Url,
    pub(crate) token: String,
    pub(crate) recipient: RecipientKey,
    pub(crate) verifying_key: ServerVerifyingKey,
    pub(crate) root_pem: Option<Vec<u8>>,
    pub(crate) chunk: usize,
    pub(crate) patience: Duration,
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
    /// A key is not one.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The HTTP client or its thread could not be made; the private root certificate is the usual cause.
    #[error("the client could not be made: {0}")]
    Client(String),
}

impl Server {
    /// Checks address, token and keys. `recipient` is the age key that packets are sealed to,
    /// `verifying_key` the 64 hexadecimal digits that acknowledgements are verified with; both are told
    /// to the station when it is set up and never taken from an answer.
    pub fn new(base: &str, token: &str, recipient: &str, verifying_key: &str) -> Result<Self, ServerFault> {
        let mut base: Url = base.trim().parse().map_err(|_| ServerFault::Address)?;
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
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ServerFault::Token);
        }
        Ok(Self {
            base,
            token: token.to_owned(),
            recipient: recipient.parse()?,
            verifying_key: verifying_key.parse()?,
            root_pem: None,
            chunk: 1 << 20,
            patience: Duration::from_secs(15),
        })
    }

    /// Trusts the certificate of the school's own authority, too (PEM).
    pub fn with_root(mut self, pem: Vec<u8>) -> Self {
        self.root_pem = Some(pem);
        self
    }

    /// Bytes a request carries at most; 1 MiB when not told otherwise.
    pub fn with_chunk(mut self, bytes: usize) -> Self {
        self.chunk = bytes.max(1);
        self
    }

    /// How long an ordinary call waits for its answer; 15 s when not told otherwise.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
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
