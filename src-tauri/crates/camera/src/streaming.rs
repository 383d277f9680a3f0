//! An open camera: its frames into the slot, and between two frames whatever was chosen for it meanwhile.

use crate::capture::Shared;
use crate::fitting::fit;
use crate::pulse::Pulse;
use crate::slot::Writer;
use crate::{Backend, CameraFault, CameraInfo, Stream, Wanted};
use domain::camera::CameraSetting;
use std::time::Instant;

/// One camera from its opening to its end.
pub(crate) struct Streaming<'a> {
    shared: &'a Shared,
    pulse: &'a Pulse,
    writer: Writer,
    camera: &'a CameraInfo,
    setting: CameraSetting,
    /// The settings' generation that was carried out last.
    generation: u64,
}

/// How streaming came to its end.
pub(crate) struct Ended {
    /// None when the order was over, or the camera is to be opened in another mode.
    pub(crate) fault: Option<CameraFault>,
    /// At least one complete frame came.
    pub(crate) sent: bool,
}

impl<'a> Streaming<'a> {
    /// The camera with what is chosen for it now.
    pub(crate) fn of(shared: &'a Shared, pulse: &'a Pulse, writer: Writer, camera: &'a CameraInfo) -> Self {
        // Read before the setting: a change in between is then carried out twice and not forgotten.
        let generation = shared.settings.generation();
        Self {
            shared,
            pulse,
            writer,
            camera,
            setting: shared.settings.of(&camera.id),
            generation,
        }
    }

    /// What to ask of it when it is opened.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted {
            mode: self.setting.mode,
            ..self.shared.limits.wanted.clone()
        }
    }

    /// Sets the camera up and streams until it fails, the order is over, or it must be opened anew.
    pub(crate) fn run(mut self, backend: &mut dyn Backend, stream: &mut dyn Stream) -> Ended {
        let mut sent = false;
        let outcome = self
            .fit(stream)
            .and_then(|()| self.frames(backend, stream, &mut sent));
        if let Err(fault) = &outcome {
            // The word comes before the clean-up, which may take long with a camera that is gone.
            self.shared.slot.failed(self.writer, fault.code());
        }
        if self.shared.slot.admits(self.writer) {
            self.shared.settings.opened(None);
        }
        Ended {
            fault: outcome.err(),
            sent,
        }
    }

    fn frames(
        &mut self,
        backend: &mut dyn Backend,
        stream: &mut dyn Stream,
        sent: &mut bool,
    ) -> Result<(), CameraFault> {
        let limits = &self.shared.limits;
        let mut cut_short = 0_u32;
        let mut last = Instant::now();
        while self.stands() {
            if self.shared.settings.generation() != self.generation {
                if !self.renew(backend, stream)? {
                    return Ok(());
                }
                // Setting up takes its time; the camera was not silent meanwhile.
                last = Instant::now();
            }
            let silence = if *sent {
                limits.wanted.silence
            } else {
                limits.first_frame
            };
            let left = silence.saturating_sub(last.elapsed());
            if left.is_zero() && cut_short > 0 {
                let text = format!("the last {cut_short} frames were cut short");
                return Err(CameraFault::Format(text));
            } else if left.is_zero() {
                return Err(CameraFault::Stalled);
            }
            let frame = self.pulse.call(left, || stream.next())?;
            if frame.complete {
                last = Instant::now();
                cut_short = 0;
                *sent = true;
                self.shared.slot.publish(self.writer, frame);
            } else {
                cut_short += 1;
                tracing::debug!(?frame, cut_short, "frame passed over");
            }
        }
        Ok(())
    }

    /// Carries out what was chosen since; false when the camera must be opened anew for it.
    fn renew(&mut self, backend: &mut dyn Backend, stream: &mut dyn Stream) -> Result<bool, CameraFault> {
        let settings = &self.shared.settings;
        self.generation = settings.generation();
        match self.pulse.call(self.shared.limits.call, || backend.list()) {
            Ok(cameras) => settings.found(cameras),
            // The open camera goes on whatever the others do.
            Err(fault) => tracing::debug!(%fault, "the cameras could not be listed"),
        }
        let setting = settings.of(&self.camera.id);
        if setting.mode != self.setting.mode {
            return Ok(false);
        }
        self.setting = setting;
        self.fit(stream).map(|()| true)
    }

    fn fit(&self, stream: &mut dyn Stream) -> Result<(), CameraFault> {
        let equipment = self.pulse.call(self.shared.limits.call, || {
            fit(stream, self.camera, &self.setting)
        })?;
        if self.shared.slot.admits(self.writer) {
            self.shared.settings.opened(Some(equipment));
        }
        Ok(())
    }

    fn stands(&self) -> bool {
        self.shared.orders.stands(self.writer.order) && self.shared.slot.admits(self.writer)
    }
}
