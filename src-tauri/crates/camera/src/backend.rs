//! What every source of frames can do.

use crate::CameraFault;
use crate::jpeg;
use domain::camera::{CameraInfo, Control, ControlState, Mode};
use domain::frame::FrameFormat;
use std::sync::Arc;
use std::time::Duration;

/// A source of cameras. It lives on the capture thread only, so it need not be `Send`.
pub trait Backend {
    /// The cameras there are now, the preferred one first; empty when there is none.
    fn list(&mut self) -> Result<Vec<CameraInfo>, CameraFault>;

    /// Opens the camera and starts its stream: in [`Wanted::mode`] where that is offered, else in the best
    /// mode it offers.
    fn open(&mut self, id: &str, wanted: &Wanted) -> Result<Box<dyn Stream>, CameraFault>;
}

/// An open camera. Dropping it closes the camera.
pub trait Stream {
    /// Waits for the next frame. After an error the stream is of no more use and is dropped.
    ///
    /// Returns [`CameraFault::Stalled`] after [`Wanted::silence`] (before the first frame after twice that)
    /// where the source can limit its waiting; where it cannot, it may block for ever and the watchdog sees
    /// to it.
    fn next(&mut self) -> Result<RawFrame, CameraFault>;

    /// The mode it was opened in.
    fn mode(&self) -> Mode;

    /// Everything the camera can send that this station can read, as listed when it was opened.
    fn modes(&self) -> Vec<Mode>;

    /// The camera's controls with their present values; empty where the backend knows none.
    fn controls(&mut self) -> Result<Vec<ControlState>, CameraFault> {
        Ok(Vec::new())
    }

    /// Sets a control while the stream goes on. Gives what the camera made of the value, which may be
    /// rounded to its steps; `None` when it has no such control or refused it.
    fn set(&mut self, _control: Control, _value: i32) -> Result<Option<i32>, CameraFault> {
        Ok(None)
    }
}

/// What the station would like from a camera; one that offers less is used all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The operator's choice; the rest counts where it is not offered, or there is none.
    pub mode: Option<Mode>,
    /// Smallest useful size in pixels, width and height.
    pub least: (u32, u32),
    /// Best size in pixels: enough for the photo, not too much to decode live.
    pub best: (u32, u32),
    /// Smallest useful rate in frames a second.
    pub least_rate: u32,
    /// Best rate in frames a second.
    pub best_rate: u32,
    /// How long a stream may be silent before it counts as stalled.
    pub silence: Duration,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            mode: None,
            least: (1280, 720),
            best: (1920, 1080),
            least_rate: 24,
            best_rate: 30,
            silence: Duration::from_secs(2),
        }
    }
}

/// A frame as a backend hands it over, before it has a number and a time.
#[derive(Clone)]
pub struct RawFrame {
    /// Layout of `bytes`.
    pub format: FrameFormat,
    /// Width in pixels: a JPEG's own where it has one, else as negotiated.
    pub width: u32,
    /// Height in pixels, likewise.
    pub height: u32,
    /// The bytes the camera sent, without what lay behind them in its buffer.
    pub bytes: Arc<[u8]>,
    /// False when the frame is known to be cut short.
    pub complete: bool,
}

impl RawFrame {
    /// Takes a frame out of a driver's buffer, which may be longer than the frame.
    pub fn from_buffer(format: FrameFormat, negotiated: (u32, u32), buffer: &[u8]) -> Self {
        let pixels = negotiated.0 as usize * negotiated.1 as usize;
        let needed = match format {
            FrameFormat::Mjpeg => {
                let extent = jpeg::extent(buffer);
                let (width, height) = extent.size.unwrap_or(negotiated);
                let bytes = Arc::from(&buffer[..extent.len]);
                return Self {
                    format,
                    width,
                    height,
                    bytes,
                    complete: extent.complete,
                };
            }
            FrameFormat::Yuyv => pixels * 2,
            FrameFormat::Nv12 => {
                pixels + negotiated.0.div_ceil(2) as usize * negotiated.1.div_ceil(2) as usize * 2
            }
            FrameFormat::Rgb => pixels * 3,
        };
        Self {
            format,
            width: negotiated.0,
            height: negotiated.1,
            bytes: Arc::from(&buffer[..needed.min(buffer.len())]),
            complete: pixels > 0 && buffer.len() >= needed,
        }
    }
}

impl std::fmt::Debug for RawFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let whole = if self.complete { "complete" } else { "cut short" };
        write!(
            f,
            "RawFrame({:?} {}x{} {} B {whole})",
            self.format,
            self.width,
            self.height,
            self.bytes.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jpeg::tests::picture;

    #[test]
    fn a_camera_that_lies_about_its_size_is_believed_by_its_pictures_only() {
        let sent = picture(640, 480, 2, &[1, 2, 3]);
        let frame = RawFrame::from_buffer(FrameFormat::Mjpeg, (1920, 1080), &sent);
        assert_eq!((frame.width, frame.height, frame.complete), (640, 480, true));
        for (format, needed) in [
            (FrameFormat::Yuyv, 640 * 480 * 2),
            (FrameFormat::Nv12, 640 * 480 * 3 / 2),
            (FrameFormat::Rgb, 640 * 480 * 3),
        ] {
            let of = |length: usize| RawFrame::from_buffer(format, (640, 480), &vec![7; length]);
            assert!(of(needed).complete, "{format:?}");
            assert!(
                !of(needed - 1).complete && !of(0).complete,
                "{format:?} of a smaller picture"
            );
            let longer = of(needed + 4096);
            assert!(
                longer.complete && longer.bytes.len() == needed,
                "{format:?} in a longer buffer"
            );
        }
    }
}
