//! Checksums of chunks, made ahead where there is time for it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha1::Digest;
use tokio::task::{JoinHandle, spawn_blocking};

/// `Upload-Checksum` of a chunk.
pub(crate) fn of(chunk: &[u8]) -> String {
    format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(chunk)))
}

/// A checksum in the making, while something else is waited for.
#[derive(Debug)]
pub(crate) struct Ahead {
    chunk: Bytes,
    sum: JoinHandle<String>,
}

impl Ahead {
    /// Begins with it on another thread.
    pub(crate) fn start(chunk: Bytes) -> Self {
        let bytes = chunk.clone();
        Self {
            chunk,
            sum: spawn_blocking(move || of(&bytes)),
        }
    }

    /// The checksum, when it is this very chunk's: the same bytes at the same place in memory, where nothing else can
    /// lie as long as they are held here.
    pub(crate) async fn take(self, chunk: &Bytes) -> Option<String> {
        let same = self.chunk.as_ptr() == chunk.as_ptr() && self.chunk.len() == chunk.len();
        if same { self.sum.await.ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_ahead_is_the_same_and_never_anothers() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let bytes = Bytes::from_static(b"abcabc");
        // RFC 3174, "abc".
        let abc = "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=";
        assert_eq!(of(b"abc"), abc);
        runtime.block_on(async {
            let made = Ahead::start(bytes.slice(..3)).take(&bytes.slice(..3)).await;
            assert_eq!(made.as_deref(), Some(abc));
            for other in [bytes.slice(3..), bytes.slice(..2)] {
                assert_eq!(Ahead::start(bytes.slice(..3)).take(&other).await, None);
            }
        });
    }
}
