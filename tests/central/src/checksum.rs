//! The checksum extension of tus 1.0.

use crate::refusal::Refusal;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use sha2::Digest;

/// Algorithms as `Tus-Checksum-Algorithm` lists them.
pub(crate) const ALGORITHMS: &str = "sha1,sha256";

/// A running checksum and what the client says it must come to.
pub(crate) enum Checksum {
    Sha1(sha1::Sha1, Vec<u8>),
    Sha256(sha2::Sha256, Vec<u8>),
}

impl Checksum {
    /// Reads `Upload-Checksum`; `None` when there is none.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(value) = headers.get("upload-checksum") else {
            return Ok(None);
        };
        let bad = || {
            Refusal::bad(
                "checksum_algorithm",
                format!("only {ALGORITHMS} with base64 are known"),
            )
        };
        let (algorithm, wanted) = value
            .to_str()
            .ok()
            .and_then(|v| v.split_once(' '))
            .ok_or_else(bad)?;
        let wanted = base64::engine::general_purpose::STANDARD
            .decode(wanted.trim())
            .map_err(|_| bad())?;
        match algorithm {
            "sha1" => Ok(Some(Self::Sha1(sha1::Sha1::new(), wanted))),
            "sha256" => Ok(Some(Self::Sha256(sha2::Sha256::new(), wanted))),
            _ => Err(bad()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(sum, _) => sum.update(bytes),
            Self::Sha256(sum, _) => sum.update(bytes),
        }
    }

    /// Status 460 when the bytes are not those that were sent.
    pub(crate) fn check(self) -> Result<(), Refusal> {
        let fits = match self {
            Self::Sha1(sum, wanted) => sum.finalize()[..] == wanted[..],
            Self::Sha256(sum, wanted) => sum.finalize()[..] == wanted[..],
        };
        let mismatch = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        if fits {
            Ok(())
        } else {
            Err(Refusal::new(
                mismatch,
                "checksum_mismatch",
                "the bytes were altered",
            ))
        }
    }
}
