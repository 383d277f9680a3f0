//! Where bytes lie: growing uploads and held packets, by their ids.

use std::io;
use uuid::Uuid;

/// The bytes of uploads and packets. The folder of the server is one implementation; a large deployment attaches
/// an S3-compatible store here, with the packet's id as the object's key.
///
/// All calls block. Nobody calls two of them for one upload at the same time.
pub trait Blobs: Send + Sync {
    /// Makes an empty upload.
    fn begin(&self, upload: Uuid) -> io::Result<()>;

    /// Writes `bytes` at `offset`; what lay there and behind is dropped.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when the upload holds fewer than `offset` bytes: they were confirmed once and
    /// are lost.
    fn append(&self, upload: Uuid, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Makes durable what was appended; only then may its offset be confirmed.
    fn settle(&self, upload: Uuid) -> io::Result<()>;

    /// Number of bytes of an upload; none when it is not there (any more).
    fn length(&self, upload: Uuid) -> io::Result<Option<u64>>;

    /// All bytes of an upload; none when it is not there (any more).
    fn uploaded(&self, upload: Uuid) -> io::Result<Option<Vec<u8>>>;

    /// Turns a complete upload into a packet that is held for good: durable content first, then the name.
    fn keep(&self, upload: Uuid, packet: Uuid) -> io::Result<()>;

    /// The sealed bytes of a packet; none when there is no such packet.
    fn packet(&self, packet: Uuid) -> io::Result<Option<Vec<u8>>>;

    /// Drops an upload; one that is not there is no error.
    fn remove(&self, upload: Uuid) -> io::Result<()>;
}
