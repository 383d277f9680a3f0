//! What a tus server says that it can do.

use crate::fault::Fault;
use reqwest::header::HeaderMap;

/// What a tus server says that it can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offer {
    /// It holds every chunk against a SHA-1 that comes with it.
    pub(crate) sha1: bool,
    /// Largest upload, in bytes.
    pub(crate) max_size: Option<u64>,
}

impl Offer {
    /// Reads the headers of an answer to `OPTIONS`.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, Fault> {
        if !headers.contains_key("tus-version") {
            return Err(Fault::Nonsense("not a tus server".to_owned()));
        }
        if !lists(headers, "tus-version", "1.0.0") {
            return Err(Fault::Versions("the server does not speak tus 1.0.0".to_owned()));
        }
        let max_size = headers.get("tus-max-size").and_then(|v| v.to_str().ok());
        Ok(Self {
            sha1: lists(headers, "tus-extension", "checksum")
                && lists(headers, "tus-checksum-algorithm", "sha1"),
            // `@tus/server` writes 0 for no limit.
            max_size: max_size
                .and_then(|text| text.parse().ok())
                .filter(|most| *most > 0),
        })
    }
}

fn lists(headers: &HeaderMap, name: &str, wanted: &str) -> bool {
    let text = headers.get(name).and_then(|v| v.to_str().ok());
    text.unwrap_or_default()
        .split(',')
        .any(|entry| entry.trim().eq_ignore_ascii_case(wanted))
}
