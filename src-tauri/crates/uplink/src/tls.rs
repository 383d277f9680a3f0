//! Who is believed to be the server: certificates of the system, of the school's own authority, and pins.

use crate::server::{ServerFault, Trust};
use packet::sha256_hex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// TLS by ring, 1.2 and later, that believes what the system believes, and the school's authority.
pub(crate) fn config(trust: &Trust) -> Result<ClientConfig, ServerFault> {
    let provider = Arc::new(ring::default_provider());
    let roots: Vec<_> = CertificateDer::pem_slice_iter(trust.root_pem.as_deref().unwrap_or_default())
        .collect::<Result<_, _>>()
        .map_err(|_| ServerFault::Root)?;
    if trust.root_pem.is_some() && roots.is_empty() {
        return Err(ServerFault::Root);
    }
    // The system's verifier takes some roots without a word that it cannot use.
    let mut usable = RootCertStore::empty();
    for root in &roots {
        usable.add(root.clone()).map_err(|_| ServerFault::Root)?;
    }
    let ordinary = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(client_fault)?;
    let verifier = Pinned {
        ordinary,
        pins: trust.pins.clone(),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(client_fault)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// A pin from text: SHA-256 in 64 hexadecimal digits, colons between them allowed.
pub(crate) fn pin(text: &str) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| *c != ':').collect();
    let fits = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then(|| digits.to_lowercase())
}

/// The system's verifier, and behind it the pins: a pin makes nothing valid that is not valid without it.
#[derive(Debug)]
struct Pinned {
    ordinary: Verifier,
    pins: Vec<String>,
}

impl Pinned {
    /// True when the certificate or its key is one of those agreed on, or none was.
    fn agreed_on(&self, leaf: &CertificateDer<'_>) -> Result<bool, Error> {
        if self.pins.is_empty() {
            return Ok(true);
        }
        let key = ParsedCertificate::try_from(leaf)?.subject_public_key_info();
        let found = [sha256_hex(leaf), sha256_hex(&key)];
        Ok(found.iter().any(|sum| self.pins.contains(sum)))
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self
            .ordinary
            .verify_server_cert(leaf, intermediates, name, ocsp, now)?;
        if self.agreed_on(leaf)? {
            Ok(verified)
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.ordinary.verify_tls12_signature(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.ordinary.verify_tls13_signature(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.ordinary.supported_verify_schemes()
    }
}

fn client_fault(error: Error) -> ServerFault {
    ServerFault::Client(error.to_string())
}
