//! Frames from a camera: one trait over the sources, one capture thread that owns everything.
//!
//! [`Capture`] searches, opens, streams and starts again by itself when the camera fails, stalls or is
//! unplugged; the newest complete frame wins and nothing is queued or decoded here. A new kind of
//! source is one file that implements [`Backend`] and one arm in [`open`].
//!
//! The Linux paths run in this project's tests, the device's own against the kernel's driver for USB
//! cameras (`tests/uvc`). Those of macOS and Windows (the files named for them or
//! for `other`) follow nokhwa's documentation and are untested.

mod backend;
mod capture;
mod choice;
mod fault;
mod fitting;
mod jpeg;
mod mjpeg;
mod orders;
mod probe;
mod pulse;
mod replay;
mod settings;
mod slot;
mod source;
mod streaming;
mod supervisor;
mod worker;

#[cfg_attr(target_os = "linux", path = "v4l_linux/backend.rs")]
#[cfg_attr(not(target_os = "linux"), path = "nokhwa_other.rs")]
mod device;
#[cfg(all(test, target_os = "linux"))]
mod nokhwa_other;
#[cfg_attr(target_os = "linux", path = "unblock_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "unblock_other.rs")]
mod unblock;

pub use backend::{Backend, RawFrame, Stream, Wanted};
pub use capture::{Capture, Limits, Opener};
pub use domain::camera::CameraInfo;
pub use fault::CameraFault;
pub use probe::{Found, Glimpse, probe};
pub use source::{Source, UnknownSource};

/// The backend that serves a source; nothing is opened yet.
pub fn open(source: &Source) -> Box<dyn Backend> {
    match source {
        Source::Auto | Source::Device(_) => Box::new(device::DeviceBackend::new()),
        Source::Replay(path) => Box::new(replay::ReplayBackend::new(path)),
    }
}
