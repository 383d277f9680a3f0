//! The station's camera as a reader: a picture of one side, cut out and judged.

use domain::Personal;
use domain::document::{DocumentField, DocumentPicture, DocumentReading, DocumentSource};
use domain::port::{DocumentReader, FrameFeed, ReaderFault};
use domain::session::CardSide;
use std::sync::Arc;
use std::time::Duration;

/// How long a picture may take to arrive.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) struct CardCamera {
    feed: Arc<dyn FrameFeed>,
    /// Without them nothing is assessed, and the operator looks at every picture.
    limits: Option<card::Limits>,
}

impl CardCamera {
    pub(super) fn new(feed: Arc<dyn FrameFeed>) -> Self {
        let limits = card::Limits::builtin();
        Self {
            feed,
            limits: limits
                .inspect_err(|fault| tracing::error!(%fault, "cards are not judged"))
                .ok(),
        }
    }
}

impl DocumentReader for CardCamera {
    fn source(&self) -> DocumentSource {
        DocumentSource::Camera
    }

    fn read(&mut self, side: CardSide) -> Result<DocumentReading, ReaderFault> {
        // The frame after the newest one there is now: never one from before the key was pressed.
        let newest = self.feed.latest().map_or(0, |frame| frame.seq);
        let frame = self.feed.after(newest, PATIENCE).ok_or(ReaderFault::Silent)?;
        let picture = photo::decode::frame(&frame).map_err(|f| ReaderFault::Unreadable(f.to_string()))?;
        let seen = self.limits.as_ref().map(|limits| card::judge(&picture, limits));
        let (cut, findings) = seen.map_or((None, vec![]), |seen| (seen.card, seen.findings));
        Ok(DocumentReading {
            kind: None,
            fields: Default::default(),
            unread: DocumentField::ALL.to_vec(),
            pictures: vec![DocumentPicture {
                side,
                cut_out: cut.is_some(),
                picture: Personal::new(cut.unwrap_or(picture)),
                findings,
            }],
        })
    }
}
