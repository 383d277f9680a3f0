//! Readers of documents.

use crate::document::{DocumentReading, DocumentSource};
use crate::session::CardSide;

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReaderFault {
    /// The source gave nothing in time.
    #[error("the source of the document is silent")]
    Silent,
    /// What it gave is damaged.
    #[error("what the source gave cannot be read: {0}")]
    Unreadable(String),
}

impl ReaderFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Silent => "camera_stalled",
            Self::Unreadable(_) => "picture_unreadable",
        }
    }
}

/// Something that says what a document says: a camera, a card reader, recognition of characters.
pub trait DocumentReader {
    /// Which one.
    fn source(&self) -> DocumentSource;

    /// Reads what lies before it now; a source that sees one side at a time reads that side. Waits a few
    /// seconds at most.
    ///
    /// # Errors
    /// [`ReaderFault`] when there is nothing at all; what is only hard to read is part of the reading.
    fn read(&mut self, side: CardSide) -> Result<DocumentReading, ReaderFault>;
}
