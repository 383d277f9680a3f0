//! How the simulated camera behaves.

/// What becomes of the frames it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conduct {
    /// Whole frames at the agreed rate.
    #[default]
    Clean,
    /// None at all; the stream stays open.
    Stall,
    /// The first half of each frame, called a whole one.
    Half,
    /// Bytes that are no picture, as many as the picture had.
    Junk,
    /// Two bytes.
    Tiny,
    /// Whole frames that the camera itself calls faulty.
    Flagged,
}

impl Conduct {
    /// Spoils a frame; none when nothing is to be sent.
    pub(crate) fn spoil(self, mut frame: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Clean | Self::Flagged => {}
            Self::Stall => return None,
            Self::Half => frame.truncate(frame.len() / 2),
            Self::Junk => frame.fill(0x55),
            Self::Tiny => frame.truncate(2),
        }
        Some(frame)
    }
}
