//! The capture thread: search, open, stream, and from the start again when something fails.
//!
//! It does nothing with a frame but put it into the slot, so the camera's buffers never fill with old
//! frames while somebody decodes.

use crate::capture::Shared;
use crate::pulse::Pulse;
use crate::slot::Writer;
use crate::{Backend, CameraFault, CameraInfo, Source, Stream};
use std::time::Instant;

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
                Ok(Ended { fault: None, .. }) => break,
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
            limits, opener, slot, ..
        } = self.shared;
        let backend = match &mut self.backend {
            Some(backend) => backend,
            empty => empty.insert(self.pulse.call(limits.call, || Ok(opener(self.source)))?),
        };
        let cameras = self.pulse.call(limits.call, || backend.list())?;
        let camera = pick(self.source, &cameras, self.known.as_deref()).ok_or(CameraFault::None)?;
        slot.opening(self.writer, &camera.name);
        let mut stream = self
            .pulse
            .call(limits.call, || backend.open(&camera.id, &limits.wanted))?;
        let ended = self.stream(&mut *stream);
        // Closing may panic: nokhwa's `Drop` unwraps what the driver answers.
        self.drop_contained(stream);
        if ended.sent {
            self.known = Some(camera.id.clone());
        }
        Ok(ended)
    }

    fn stream(&self, stream: &mut dyn Stream) -> Ended {
        let limits = &self.shared.limits;
        let mut ended = Ended {
            fault: None,
            sent: false,
        };
        let mut cut_short = 0_u32;
        let mut last = Instant::now();
        while self.stands() {
            let silence = if ended.sent {
                limits.wanted.silence
            } else {
                limits.first_frame
            };
            let left = silence.saturating_sub(last.elapsed());
            let next = if !left.is_zero() {
                self.pulse.call(left, || stream.next())
            } else if cut_short > 0 {
                Err(CameraFault::Format(format!(
                    "the last {cut_short} frames were cut short"
                )))
            } else {
                Err(CameraFault::Stalled)
            };
            match next {
                Ok(frame) if frame.complete => {
                    last = Instant::now();
                    cut_short = 0;
                    ended.sent = true;
                    self.shared.slot.publish(self.writer, frame);
                }
                Ok(frame) => {
                    cut_short += 1;
                    tracing::debug!(?frame, cut_short, "frame passed over");
                }
                Err(fault) => {
                    // The word comes before the clean-up, which may take long with a camera that is gone.
                    self.shared.slot.failed(self.writer, fault.code());
                    ended.fault = Some(fault);
                    break;
                }
            }
        }
        ended
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

/// How streaming came to its end.
struct Ended {
    /// None when the order was over.
    fault: Option<CameraFault>,
    /// At least one complete frame came.
    sent: bool,
}

/// The camera to open: the one asked for; else the one that was in use; else the first.
fn pick<'a>(source: &Source, cameras: &'a [CameraInfo], known: Option<&str>) -> Option<&'a CameraInfo> {
    let named = |id: &str| cameras.iter().find(|camera| camera.id == id);
    match source {
        Source::Device(id) => named(id),
        Source::Auto | Source::Replay(_) => known.and_then(named).or_else(|| cameras.first()),
    }
}
