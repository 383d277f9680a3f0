//! What a camera delivers.

use std::sync::Arc;
use std::time::Duration;

/// How the bytes of a frame are laid out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum FrameFormat {
    /// One JPEG picture a frame.
    Mjpeg,
    /// Packed 4:2:2, Y0 U Y1 V, BT.601 limited range.
    Yuyv,
    /// A luminance plane followed by an interleaved UV plane at half size, BT.601 limited range.
    Nv12,
    /// Packed RGB, three bytes a pixel.
    Rgb,
}

/// One frame exactly as the camera sent it.
#[derive(Clone)]
pub struct Frame {
    /// Counts up by at least one with each frame of a station's run; never repeats.
    pub seq: u64,
    /// Monotonic time since the capture thread started.
    pub at: Duration,
    /// Layout of `bytes`.
    pub format: FrameFormat,
    /// Width in pixels as negotiated; a JPEG's own header decides when they differ.
    pub width: u32,
    /// Height in pixels as negotiated.
    pub height: u32,
    /// The bytes the camera sent; shared, never copied.
    pub bytes: Arc<[u8]>,
    /// False when the frame is known to be cut short; such a frame is never shown or kept.
    pub complete: bool,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Frame(#{} {:?} {}x{} {} B)",
            self.seq,
            self.format,
            self.width,
            self.height,
            self.bytes.len()
        )
    }
}

/// What the capture layer is doing, in one word for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// No camera found yet; the search goes on by itself.
    Searching,
    /// A camera was found and is being opened.
    Opening,
    /// Frames arrive.
    Live,
    /// The camera stopped sending or went away; the search goes on by itself.
    Lost,
}

/// State of the capture layer with the camera's name and the fault that stopped it, if any.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct CameraHealth {
    /// What it is doing.
    pub state: CameraState,
    /// The camera's own name, empty before one was found.
    pub name: String,
    /// Frames a second over the last second.
    pub fps: f32,
    /// Width of the frames in pixels, 0 before the first.
    pub width: u32,
    /// Height of the frames in pixels, 0 before the first.
    pub height: u32,
    /// Code of the fault that stopped it (`camera_none`, `camera_busy`, `camera_permission`,
    /// `camera_stalled`, `camera_gone`, `camera_format`, `camera_failed`); the UI has the message.
    pub fault: Option<String>,
}
