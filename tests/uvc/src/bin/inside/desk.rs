//! What the tests have in common: the simulated camera, and waiting for what the camera layer says of it.

use camera::{Backend, CameraFault, Capture, Source, Stream, Wanted};
use domain::camera::{CameraInfo, CameraSetting};
use domain::frame::{CameraHealth, CameraState, Frame};
use domain::port::FrameFeed;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uvc::{Model, SimulatedCamera};

/// An emulated processor is slow, so a wait that should take milliseconds may take this long.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Desk {
    pub(super) camera: SimulatedCamera,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self {
            camera: SimulatedCamera::plug_in(Model::WEBCAM).unwrap(),
        }
    }

    /// Waits until the kernel has found the camera.
    pub(super) fn ready(&self) -> CameraInfo {
        until("a camera", cameras, |cameras| !cameras.is_empty()).remove(0)
    }

    /// Pulls the cable and waits until the nodes are gone.
    pub(super) fn pull(&mut self) {
        self.camera.unplug();
        until("no node", nodes, Vec::is_empty);
    }
}

/// Starts the capture layer as the station does, and waits for its first frame.
pub(super) fn live() -> Capture {
    live_with(BTreeMap::new())
}

/// The same with something set on the camera.
pub(super) fn live_with(settings: BTreeMap<String, CameraSetting>) -> Capture {
    let capture = Capture::start(Source::Auto, settings).unwrap();
    until_state(&capture, CameraState::Live, None);
    capture
}

pub(super) fn backend() -> Box<dyn Backend> {
    camera::open(&Source::Auto)
}

pub(super) fn cameras() -> Vec<CameraInfo> {
    backend().list().unwrap()
}

/// Opens the one camera there is.
pub(super) fn open(wanted: &Wanted) -> Result<Box<dyn Stream>, CameraFault> {
    let mut backend = backend();
    let cameras = backend.list()?;
    backend.open(&cameras.first().ok_or(CameraFault::None)?.id, wanted)
}

/// The names of the video nodes there are.
pub(super) fn nodes() -> Vec<String> {
    let entries = std::fs::read_dir("/dev").unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("video")).collect()
}

/// Waits until something holds, and fails with what was seen last when it does not.
pub(super) fn until<T: Debug>(what: &str, mut look: impl FnMut() -> T, holds: impl Fn(&T) -> bool) -> T {
    let began = Instant::now();
    loop {
        let seen = look();
        if holds(&seen) {
            return seen;
        }
        assert!(began.elapsed() < PATIENCE, "{what}: still {seen:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Waits for a state with a fault.
pub(super) fn until_state(capture: &Capture, state: CameraState, fault: Option<&str>) -> CameraHealth {
    until(
        "state",
        || capture.health(),
        |health| health.state == state && health.fault.as_deref() == fault,
    )
}

/// The next frame.
pub(super) fn next(capture: &Capture, after: u64) -> Arc<Frame> {
    capture.after(after, PATIENCE).expect("a frame")
}
