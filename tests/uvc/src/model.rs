//! What a simulated camera can send.

/// A model of camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Sizes it sends as one JPEG a frame.
    pub mjpeg: &'static [Size],
    /// Sizes it sends as packed 4:2:2; may be none.
    pub yuyv: &'static [Size],
}

/// A size with its rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Times a frame may take, in units of 100 ns as UVC states them.
    pub intervals: &'static [u32],
}

impl Model {
    /// A usual webcam.
    pub const WEBCAM: Self = Self {
        mjpeg: &[
            Size {
                width: 1280,
                height: 720,
                intervals: &[333_333, 666_666],
            },
            Size {
                width: 640,
                height: 480,
                intervals: &[333_333],
            },
        ],
        yuyv: &[Size {
            width: 320,
            height: 240,
            intervals: &[333_333, 1_000_000],
        }],
    };

    /// A grabber of television: nothing but 29.97 frames a second.
    pub const GRABBER: Self = Self {
        mjpeg: &[Size {
            width: 1280,
            height: 720,
            intervals: &[333_667],
        }],
        yuyv: &[],
    };

    /// The sizes of a format by its number in the descriptors, which count from 1.
    pub(crate) fn sizes(&self, format: u8) -> &'static [Size] {
        if format == YUYV { self.yuyv } else { self.mjpeg }
    }

    /// How many formats there are.
    pub(crate) fn formats(&self) -> u8 {
        if self.yuyv.is_empty() { 1 } else { 2 }
    }
}

/// The number of MJPEG in the descriptors.
pub(crate) const MJPEG: u8 = 1;
/// The number of packed 4:2:2 in the descriptors.
pub(crate) const YUYV: u8 = 2;
