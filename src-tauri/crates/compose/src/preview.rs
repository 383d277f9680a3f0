//! The live picture as the window gets it.

use domain::frame::{Frame, FrameFormat};
use domain::port::FrameFeed;
use std::sync::Arc;
use std::time::Duration;

/// Widest picture that is handed to the window as the camera sent it.
const WIDEST: u32 = 1920;
/// Quality of a preview that had to be encoded here.
const QUALITY: u8 = 85;

/// One JPEG picture for the window.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Number of the frame.
    pub seq: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Time on the camera's clock.
    pub at: Duration,
    /// The picture.
    pub jpeg: Arc<[u8]>,
}

/// The newest complete frame after `after`; the camera's own JPEG where it sends one that is not too
/// wide, so that nothing is decoded or copied on the way.
pub(crate) fn newest(feed: &dyn FrameFeed, after: u64, patience: Duration) -> Option<Preview> {
    let frame = feed.after(after, patience)?;
    if frame.format == FrameFormat::Mjpeg && frame.width <= WIDEST {
        return Some(show(&frame, frame.width, frame.height, Arc::clone(&frame.bytes)));
    }
    let picture = photo::decode::frame_scaled(&frame, 1280).ok()?;
    let jpeg = photo::encode::preview_jpeg(&picture, QUALITY).ok()?;
    Some(show(&frame, picture.width(), picture.height(), jpeg.into()))
}

fn show(frame: &Frame, width: u32, height: u32, jpeg: Arc<[u8]>) -> Preview {
    Preview {
        seq: frame.seq,
        width,
        height,
        at: frame.at,
        jpeg,
    }
}
