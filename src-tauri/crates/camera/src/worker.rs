//! The capture thread: search, open, stream, and from the start again when something fails.
//!
//! It does nothing with a frame but put it into the slot, so the camera's buffers never fill with old
//! frames while somebody decodes.

use crate::capture::Shared;
use crate::pulse::Pulse;
use crate::slot::Writer;
use crate::streaming::{Ended, Streaming};
use crate::{Backend, CameraFault, CameraInfo, Source};

/// Obeys one order after the other until the last, or until this thread was replaced.
pub(crate) fn work(shared: &Shared, worker: u64, pulse: &Pulse) {
    loop {
        let order = shared.orders.present();
        let writer = Writer {
            worker,
            order: order.number,
        };
        let replaced = !shared.slot.admits(writer) && shared.orders.stands(order.number);
        if order.stop || replaced {
            return;
        }
        pulse.obey(order.number);
        Hunt {
            shared,
            pulse,
            writer,
            source: &order.source,
            backend: None,
            known: None,
        }
        .follow();
    }
}

/// One order being followed.
struct Hunt<'a> {
    shared: &'a Shared,
    pulse: &'a Pulse,
    writer: Writer,
    source: &'a Source,
    /// Made when needed, and anew after it failed in an unknown way.
    backend: Option<Box<dyn Backend>>,
    /// The camera that sent frames last; it is preferred when there are several.
    known: Option<String>,
}

impl Hunt<'_> {
    fn follow(&mut self) {
        let limits = &self.shared.limits;
        let mut pause = limits.least_pause;
        while self.stands() {
            let (fault, sent) = match self.attempt() {
                // The order is over, or the camera is to be opened in another mode.
                Ok(Ended { fault: None, .. }) => continue,
                Ok(Ended {
                    fault: Some(fault),
                    sent,
                }) => (fault, sent),
                Err(fault) => (fault, false),
            };
            tracing::debug!(%fault, sent, "capture attempt ended");
            self.shared.slot.failed(self.writer, fault.code());
            if matches!(fault, CameraFault::Failed(_)) {
                self.discard_backend();
            }
            if sent {
                pause = limits.least_pause;
            }
            let most = if fault == CameraFault::None {
                limits.search_every
            } else {
                limits.most_pause
            };
            self.shared.orders.pause(self.writer.order, pause.min(most));
            pause = (pause * 2).min(limits.most_pause);
        }
        self.discard_backend();
    }

    /// Finds a camera, opens it and streams from it until it fails or the order is over.
    fn attempt(&mut self) -> Result<Ended, CameraFault> {
        let Shared {
            limits,
            opener,
            slot,
            settings,
            ..
        } = self.shared;
        let backend = match &mut self.backend {
            Some(backend) => backend,
            empty => empty.insert(self.pulse.call(limits.call, || Ok(opener(self.source)))?),
        };
        let cameras = self.pulse.call(limits.call, || backend.list())?;
        settings.found(cameras.clone());
        let camera = pick(self.source, &cameras, self.known.as_deref()).ok_or(CameraFault::None)?;
        slot.opening(self.writer, &camera.name);
        let streaming = Streaming::of(self.shared, self.pulse, self.writer, camera);
        let wanted = streaming.wanted();
        let mut stream = self
            .pulse
            .call(limits.call, || backend.open(&camera.id, &wanted))?;
        let ended = streaming.run(&mut **backend, &mut *stream);
        // Closing may panic: nokhwa's `Drop` unwraps what the driver answers.
        self.drop_contained(stream);
        if ended.sent {
            self.known = Some(camera.id.clone());
        }
        Ok(ended)
    }

    fn stands(&self) -> bool {
        self.shared.orders.stands(self.writer.order) && self.shared.slot.admits(self.writer)
    }

    fn discard_backend(&mut self) {
        if let Some(backend) = self.backend.take() {
            self.drop_contained(backend);
        }
    }

    fn drop_contained<T>(&self, it: T) {
        let closed = self.pulse.call(self.shared.limits.call, move || {
            drop(it);
            Ok(())
        });
        if let Err(fault) = closed {
            tracing::warn!(%fault, "the camera did not close cleanly");
        }
    }
}

/// The camera to open: the one asked for; else the one that was in use; else the first.
fn pick<'a>(source: &Source, cameras: &'a [CameraInfo], known: Option<&str>) -> Option<&'a CameraInfo> {
    let named = |id: &str| cameras.iter().find(|camera| camera.id == id);
    match source {
        Source::Device(id) => named(id),
        Source::Auto | Source::Replay(_) => known.and_then(named).or_else(|| cameras.first()),
    }
}
