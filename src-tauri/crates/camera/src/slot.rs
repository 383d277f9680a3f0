//! The newest frame, and what the capture layer is doing.

use crate::RawFrame;
use domain::frame::{CameraHealth, CameraState, Frame};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Holds one frame: a newer one replaces it, nothing is queued. Only the present [`Writer`] may write, so
/// neither a capture thread that was given up nor a frame of the source before can spoil anything.
pub(crate) struct Slot {
    inner: Mutex<Inner>,
    arrived: Condvar,
    started: Instant,
    /// Older frames are no longer handed out.
    fresh: Duration,
}

/// Who writes: which capture thread, in obedience to which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Writer {
    /// Counts the capture threads of one run.
    pub(crate) worker: u64,
    /// Counts the orders of one run.
    pub(crate) order: u64,
}

struct Inner {
    writer: Writer,
    seq: u64,
    newest: Option<(Arc<Frame>, Instant)>,
    /// When the frames of the last second arrived.
    arrivals: VecDeque<Instant>,
    state: CameraState,
    name: String,
    size: (u32, u32),
    fault: Option<&'static str>,
    /// Frames have come from this source, so its failure is a loss and not a vain search.
    was_live: bool,
}

impl Slot {
    pub(crate) fn new(fresh: Duration) -> Self {
        let inner = Inner {
            writer: Writer::default(),
            seq: 0,
            newest: None,
            arrivals: VecDeque::new(),
            state: CameraState::Searching,
            name: String::new(),
            size: (0, 0),
            fault: None,
            was_live: false,
        };
        Self {
            inner: Mutex::new(inner),
            arrived: Condvar::new(),
            started: Instant::now(),
            fresh,
        }
    }

    /// Makes every earlier capture thread a stranger and returns the new one's number.
    pub(crate) fn next_worker(&self) -> u64 {
        let mut inner = self.lock();
        inner.writer.worker += 1;
        inner.writer.worker
    }

    /// Begins anew for another order: no frame, no name, no fault.
    pub(crate) fn next_order(&self, order: u64) {
        let mut inner = self.lock();
        inner.writer.order = order;
        inner.newest = None;
        inner.arrivals.clear();
        inner.name.clear();
        inner.size = (0, 0);
        inner.fault = None;
        inner.was_live = false;
        inner.state = CameraState::Searching;
    }

    /// Whether this is the present writer.
    pub(crate) fn admits(&self, writer: Writer) -> bool {
        self.lock().writer == writer
    }

    /// A camera was found and is being opened. After a loss the loss stays on the screen until frames
    /// come again, or the two states would alternate for as long as the camera fails.
    pub(crate) fn opening(&self, writer: Writer, name: &str) {
        let mut inner = self.lock();
        if inner.writer != writer {
            return;
        }
        inner.name = name.to_owned();
        if !inner.was_live {
            inner.state = CameraState::Opening;
        }
    }

    /// The camera could not be used, or stopped. `fault` is one of the codes of [`CameraHealth::fault`].
    pub(crate) fn failed(&self, writer: Writer, fault: &'static str) {
        let mut inner = self.lock();
        if inner.writer != writer {
            return;
        }
        let (state, fault) = match (inner.was_live, fault) {
            (false, _) => (CameraState::Searching, fault),
            (true, "camera_none") => (CameraState::Lost, "camera_gone"),
            (true, _) => (CameraState::Lost, fault),
        };
        if inner.state != state || inner.fault != Some(fault) {
            tracing::warn!(?state, fault, "no frames from the camera");
        }
        inner.state = state;
        inner.fault = Some(fault);
        inner.arrivals.clear();
    }

    /// A complete frame.
    pub(crate) fn publish(&self, writer: Writer, raw: RawFrame) {
        let now = Instant::now();
        let mut inner = self.lock();
        if inner.writer != writer {
            return;
        }
        if inner.state != CameraState::Live {
            tracing::info!(name = %inner.name, width = raw.width, height = raw.height, format = ?raw.format, "camera live");
        }
        inner.seq += 1;
        inner.state = CameraState::Live;
        inner.was_live = true;
        inner.fault = None;
        inner.size = (raw.width, raw.height);
        inner.arrivals.push_back(now);
        forget_old(&mut inner.arrivals, now);
        let frame = Frame {
            seq: inner.seq,
            at: now.duration_since(self.started),
            format: raw.format,
            width: raw.width,
            height: raw.height,
            bytes: raw.bytes,
            complete: raw.complete,
        };
        inner.newest = Some((Arc::new(frame), now));
        drop(inner);
        self.arrived.notify_all();
    }

    /// The newest frame with `seq > after`, if it is fresh.
    pub(crate) fn newer(&self, after: u64) -> Option<Arc<Frame>> {
        self.fresh_one(&self.lock(), after)
    }

    /// Waits for such a frame, at most `patience`.
    pub(crate) fn wait_newer(&self, after: u64, patience: Duration) -> Option<Arc<Frame>> {
        let inner = self.lock();
        let waiting = |inner: &mut Inner| self.fresh_one(inner, after).is_none();
        let (inner, _) = self
            .arrived
            .wait_timeout_while(inner, patience, waiting)
            .unwrap_or_else(PoisonError::into_inner);
        self.fresh_one(&inner, after)
    }

    pub(crate) fn health(&self) -> CameraHealth {
        let mut inner = self.lock();
        forget_old(&mut inner.arrivals, Instant::now());
        CameraHealth {
            state: inner.state,
            name: inner.name.clone(),
            fps: inner.arrivals.len() as f32,
            width: inner.size.0,
            height: inner.size.1,
            fault: inner.fault.map(str::to_owned),
        }
    }

    fn fresh_one(&self, inner: &Inner, after: u64) -> Option<Arc<Frame>> {
        let (frame, arrived) = inner.newest.as_ref()?;
        (frame.seq > after && arrived.elapsed() <= self.fresh).then(|| Arc::clone(frame))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // No call here can leave the contents half written, so a panic elsewhere does no harm.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the arrivals of the last second.
fn forget_old(arrivals: &mut VecDeque<Instant>, now: Instant) {
    while arrivals
        .front()
        .is_some_and(|at| now.duration_since(*at) > Duration::from_secs(1))
    {
        arrivals.pop_front();
    }
}
