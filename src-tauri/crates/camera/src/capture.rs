//! The handle on the capture layer.

use crate::orders::Orders;
use crate::settings::Settings;
use crate::slot::Slot;
use crate::{Backend, CameraFault, Source, Wanted, supervisor};
use domain::camera::{CameraInfo, CameraSetting, Equipment};
use domain::frame::{CameraHealth, Frame};
use domain::port::{Cameras, FrameFeed};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Frames from a camera for as long as this lives. It never fails: what goes wrong shows in its health,
/// and the search for a camera goes on by itself.
pub struct Capture {
    shared: Arc<Shared>,
    supervisor: Option<JoinHandle<()>>,
}

/// Makes the backend for a source, on the capture thread. [`crate::open`] is the one in use.
pub type Opener = Box<dyn Fn(&Source) -> Box<dyn Backend> + Send + Sync>;

/// How long the capture layer waits for what. The defaults are those of daily use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// What to ask of a camera, with the longest silence of one that has begun to send. A frame older
    /// than that silence is no longer handed out.
    pub wanted: Wanted,
    /// Longest silence before a camera's first frame.
    pub first_frame: Duration,
    /// Longest time for finding, opening or closing a camera.
    pub call: Duration,
    /// How much longer a call may take, once it was interrupted, before its thread is given up.
    pub grace: Duration,
    /// First pause before the next attempt; it doubles with each vain attempt.
    pub least_pause: Duration,
    /// Longest pause between attempts to open a camera that is there.
    pub most_pause: Duration,
    /// Longest pause between looks for a camera when there is none.
    pub search_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wanted: Wanted::default(),
            first_frame: Duration::from_secs(4),
            call: Duration::from_secs(10),
            grace: Duration::from_secs(1),
            least_pause: Duration::from_millis(100),
            most_pause: Duration::from_secs(2),
            search_every: Duration::from_millis(500),
        }
    }
}

/// What the handle, the capture thread and its supervisor share.
pub(crate) struct Shared {
    pub(crate) orders: Orders,
    pub(crate) slot: Slot,
    pub(crate) settings: Settings,
    pub(crate) limits: Limits,
    pub(crate) opener: Opener,
}

impl Capture {
    /// Starts to capture from a source, with what is set on which camera by its id. Fails only when the
    /// system gives no thread.
    pub fn start(source: Source, settings: BTreeMap<String, CameraSetting>) -> Result<Self, CameraFault> {
        Self::start_with(source, settings, Limits::default(), Box::new(crate::open))
    }

    /// Starts with limits and backends of the caller's choice.
    pub fn start_with(
        source: Source,
        settings: BTreeMap<String, CameraSetting>,
        limits: Limits,
        opener: Opener,
    ) -> Result<Self, CameraFault> {
        let slot = Slot::new(limits.wanted.silence);
        let shared = Arc::new(Shared {
            orders: Orders::new(source),
            slot,
            settings: Settings::new(settings),
            limits,
            opener,
        });
        let theirs = Arc::clone(&shared);
        let supervisor = std::thread::Builder::new()
            .name("camera-supervisor".into())
            .spawn(move || supervisor::supervise(&theirs))
            .map_err(|e| CameraFault::Failed(format!("no thread: {e}")))?;
        Ok(Self {
            shared,
            supervisor: Some(supervisor),
        })
    }

    /// Uses another source from now on. No frame of the one before is handed out after this returns;
    /// the numbers of the frames go on.
    pub fn switch(&self, source: Source) {
        tracing::info!(%source, "camera source");
        self.shared
            .orders
            .switch(source, |number| self.shared.slot.next_order(number));
    }

    /// The source in use or searched for.
    pub fn source(&self) -> Source {
        self.shared.orders.present().source
    }
}

impl FrameFeed for Capture {
    fn latest(&self) -> Option<Arc<Frame>> {
        self.shared.slot.newer(0)
    }

    fn after(&self, after: u64, patience: Duration) -> Option<Arc<Frame>> {
        self.shared.slot.wait_newer(after, patience)
    }

    fn health(&self) -> CameraHealth {
        self.shared.slot.health()
    }
}

impl Cameras for Capture {
    fn present(&self) -> Vec<CameraInfo> {
        self.shared.settings.cameras()
    }

    fn look(&self) {
        self.shared.settings.ask();
    }

    fn equipment(&self) -> Option<Equipment> {
        self.shared.settings.equipment()
    }

    fn choose(&self, source: &str) -> bool {
        match source.parse() {
            Ok(source) => {
                self.switch(source);
                true
            }
            Err(unknown) => {
                tracing::warn!(%unknown, "camera source");
                false
            }
        }
    }

    fn chosen(&self) -> String {
        self.source().to_string()
    }

    fn configure(&self, camera: &str, setting: CameraSetting) {
        self.shared.settings.choose(camera, setting);
    }
}

impl Drop for Capture {
    /// Stops the capture and closes the camera. A capture thread that does not come back within the
    /// grace is left behind.
    fn drop(&mut self) {
        self.shared.orders.stop();
        if let Some(supervisor) = self.supervisor.take()
            && supervisor.join().is_err()
        {
            tracing::error!("the camera's supervisor had panicked");
        }
    }
}
