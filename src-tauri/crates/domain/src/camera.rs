//! A camera as an operator sets it up: which picture it sends, and what is locked on it.

use crate::frame::FrameFormat;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One camera of this machine, or one that plays a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CameraInfo {
    /// Stays the same over unplugging and restarts where the system allows it: on Linux the USB path.
    pub id: String,
    /// The camera's own name.
    pub name: String,
}

/// Frames a second as a fraction, as cameras state it: 30/1, 30000/1001.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Frames, above 0.
    pub frames: u32,
    /// In so many seconds, above 0.
    pub seconds: u32,
}

impl Rate {
    /// A whole number of frames a second.
    pub const fn whole(frames: u32) -> Self {
        Self { frames, seconds: 1 }
    }

    /// Frames a second; 0 when the fraction is none.
    pub fn per_second(self) -> f64 {
        if self.seconds == 0 {
            return 0.0;
        }
        f64::from(self.frames) / f64::from(self.seconds)
    }
}

/// One kind of picture a camera can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mode {
    /// Layout of the frames.
    pub format: FrameFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How many a second.
    pub rate: Rate,
}

/// What can be set on a camera. The order is the one they are set in: a value is refused while its
/// automatic is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Frequency of the mains against flicker: 0 off, 1 for 50 Hz, 2 for 60 Hz, 3 automatic.
    PowerLine,
    /// The camera chooses its exposure: 0 no, 1 yes.
    AutoExposure,
    /// Exposure time in units of 100 µs.
    Exposure,
    /// Gain, in the camera's own units.
    Gain,
    /// The camera chooses its white balance: 0 no, 1 yes.
    AutoWhiteBalance,
    /// White balance in kelvin.
    WhiteBalance,
    /// The camera focuses by itself: 0 no, 1 yes.
    AutoFocus,
    /// Focus, in the camera's own units; larger is nearer.
    Focus,
    /// Zoom, in the camera's own units; larger is closer.
    Zoom,
}

impl Control {
    /// All of them, in the order they are set in.
    pub const ALL: [Self; 9] = [
        Self::PowerLine,
        Self::AutoExposure,
        Self::Exposure,
        Self::Gain,
        Self::AutoWhiteBalance,
        Self::WhiteBalance,
        Self::AutoFocus,
        Self::Focus,
        Self::Zoom,
    ];

    /// The automatic that must be off before this can be set; `None` for what stands alone.
    pub const fn automatic(self) -> Option<Self> {
        match self {
            Self::Exposure => Some(Self::AutoExposure),
            Self::WhiteBalance => Some(Self::AutoWhiteBalance),
            Self::Focus => Some(Self::AutoFocus),
            _ => None,
        }
    }

    /// It is on or off.
    pub const fn is_switch(self) -> bool {
        matches!(
            self,
            Self::AutoExposure | Self::AutoWhiteBalance | Self::AutoFocus
        )
    }
}

/// A control of an open camera with its present value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ControlState {
    /// Which.
    pub control: Control,
    /// Smallest value.
    pub min: i32,
    /// Largest value.
    pub max: i32,
    /// Values lie this far apart, at least 1.
    pub step: i32,
    /// What the camera starts with.
    pub default: i32,
    /// What it is now.
    pub value: i32,
}

/// What was chosen for one camera; kept under its id and set again whenever it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CameraSetting {
    /// The kind of picture; `None` leaves the choice to the station.
    pub mode: Option<Mode>,
    /// Values that are locked; a control that is not named is left as the camera has it.
    pub controls: BTreeMap<Control, i32>,
}

/// Which camera a desk uses, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraChoice {
    /// `auto`, `device:ID` or `replay:PATH`; empty: what the settings file says.
    pub source: String,
    /// Frames a still is chosen from, 1 to [`CameraChoice::MOST`].
    pub burst: u32,
}

impl CameraChoice {
    /// Most frames of a burst: beyond this the sitter waits for nothing.
    pub const MOST: u32 = 8;
}

impl Default for CameraChoice {
    /// As the settings file says; three frames, a tenth of a second: enough to leave a blink behind.
    fn default() -> Self {
        Self {
            source: String::new(),
            burst: 3,
        }
    }
}

/// What the camera in use offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// The camera.
    pub camera: CameraInfo,
    /// Everything it can send that this station can read, as listed.
    pub modes: Vec<Mode>,
    /// What it sends now.
    pub mode: Mode,
    /// Its controls; empty where it has none, or none that this system tells of.
    pub controls: Vec<ControlState>,
    /// Controls of the setting that the camera did not take, or took otherwise.
    pub refused: Vec<Control>,
    /// Counts up whenever the controls were read again.
    #[ts(type = "number")]
    pub reading: u64,
}
