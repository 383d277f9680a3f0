//! An open camera: its buffers, and the frames out of them.

use super::{controls, fault, modes};
use crate::{CameraFault, RawFrame, Stream};
use domain::camera::{Control, ControlState, Mode};
use domain::frame::FrameFormat;
use std::time::Duration;
use v4l::Device;
use v4l::buffer::{Flags, Type};
use v4l::io::traits::{CaptureStream, Stream as _};
use v4l::prelude::MmapStream;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Format, Fraction};

/// Buffers that the driver fills in turn: one in use here, the others so that no frame is lost meanwhile.
const BUFFERS: u32 = 4;
/// How often a stop that was interrupted is tried again.
const TRIES: u32 = 100;

/// The driver's buffers, streaming.
pub(super) struct Buffers {
    /// None only while it is dropped.
    mapped: Option<MmapStream<'static>>,
}

impl Buffers {
    /// Sets the mode and starts to stream; gives the mode with the rate the camera took.
    ///
    /// A silence longer than the limit ends the stream; before the first frame twice as long is waited,
    /// because some cameras start slowly.
    pub(super) fn start(device: &Device, mode: Mode, silence: Duration) -> Result<(Self, Mode), CameraFault> {
        let mode = negotiate(device, mode)?;
        let mapped = MmapStream::with_buffers(device, Type::VideoCapture, BUFFERS).map_err(|e| fault(&e))?;
        let mut buffers = Self { mapped: Some(mapped) };
        buffers.limit(silence.saturating_mul(2));
        if let Some(mapped) = &mut buffers.mapped {
            // `next` would start the stream by itself, but a refusal must show here. It queues the first
            // buffer before it waits, so all but that one are queued now; a driver may have given fewer.
            for index in 1..BUFFERS as usize {
                if CaptureStream::queue(mapped, index).is_err() {
                    break;
                }
            }
            mapped.start().map_err(|e| fault(&e))?;
        }
        Ok((buffers, mode))
    }

    /// How long a wait for a frame may take.
    fn limit(&mut self, silence: Duration) {
        if let Some(mapped) = &mut self.mapped {
            // `set_timeout` panics on more milliseconds than fit.
            mapped.set_timeout(silence.min(Duration::from_millis(i32::MAX as u64)));
        }
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        let Some(mut mapped) = self.mapped.take() else {
            return;
        };
        // v4l's stream panics when the driver does not stop, and its buffers then panic again, which would
        // end the process. A driver whose lock is waited for can be interrupted by the watchdog.
        let stopped = (0..TRIES).find_map(|_| match mapped.stop() {
            Err(error) if error.raw_os_error() == Some(libc::EINTR) => None,
            outcome => Some(outcome),
        });
        match stopped {
            Some(Err(error)) if error.raw_os_error() == Some(libc::ENODEV) => drop(mapped),
            Some(Ok(())) => drop(mapped),
            failed => {
                tracing::error!(
                    ?failed,
                    "the driver does not stop; it stays busy until the station ends"
                );
                std::mem::forget(mapped);
            }
        }
    }
}

/// Asks for a mode; another one than that is a refusal, but for the rate, which is taken as it comes.
fn negotiate(device: &Device, mode: Mode) -> Result<Mode, CameraFault> {
    let fourcc = modes::fourcc(mode.format);
    let wanted = Format::new(mode.width, mode.height, fourcc);
    let given = device.set_format(&wanted).map_err(|e| fault(&e))?;
    let packed = match mode.format {
        FrameFormat::Mjpeg => 0,
        FrameFormat::Yuyv => mode.width.saturating_mul(2),
        FrameFormat::Nv12 => mode.width,
        FrameFormat::Rgb => mode.width.saturating_mul(3),
    };
    let same = (given.width, given.height, given.fourcc) == (mode.width, mode.height, fourcc);
    // Rows with padding between them cannot be read here.
    if !same || (packed > 0 && given.stride > packed) {
        return Err(CameraFault::Format(format!(
            "asked for {mode:?}, got {}x{} {} of {} bytes a row",
            given.width, given.height, given.fourcc, given.stride
        )));
    }
    let interval = Fraction::new(mode.rate.seconds, mode.rate.frames);
    let rate = match device.set_params(&Parameters::new(interval)) {
        Ok(taken) => modes::rate(taken.interval).unwrap_or(mode.rate),
        Err(error) if error.raw_os_error() == Some(libc::ENODEV) => return Err(CameraFault::Gone),
        // Not every driver has a rate to set.
        Err(error) => {
            tracing::debug!(%error, "the rate stays as it is");
            mode.rate
        }
    };
    Ok(Mode { rate, ..mode })
}

/// An open camera.
pub(super) struct V4lStream {
    // Dropped before the device, whose file they need.
    buffers: Buffers,
    device: Device,
    mode: Mode,
    modes: Vec<Mode>,
    /// The driver's number of the last frame.
    last: Option<u32>,
    /// Frames that never came.
    lost: u64,
    silence: Duration,
}

impl V4lStream {
    pub(super) fn new(
        buffers: Buffers,
        device: Device,
        mode: Mode,
        modes: Vec<Mode>,
        silence: Duration,
    ) -> Self {
        Self {
            buffers,
            device,
            mode,
            modes,
            last: None,
            lost: 0,
            silence,
        }
    }

    fn note_gap(&mut self, sequence: u32) {
        // The number wraps; one that went back is a driver that began anew, no gap.
        let missed = self
            .last
            .map_or(0, |last| sequence.wrapping_sub(last).wrapping_sub(1));
        if missed > 0 && missed < u32::MAX / 2 {
            self.lost += u64::from(missed);
            tracing::debug!(missed, lost = self.lost, "frames that never came");
        }
        self.last = Some(sequence);
    }
}

impl Stream for V4lStream {
    fn next(&mut self) -> Result<RawFrame, CameraFault> {
        let Some(mapped) = &mut self.buffers.mapped else {
            return Err(CameraFault::Gone);
        };
        let (buffer, about) = CaptureStream::next(mapped).map_err(|e| fault(&e))?;
        let used = usize::try_from(about.bytesused).unwrap_or(usize::MAX);
        let bytes = buffer.get(..used).unwrap_or(buffer);
        let mut frame = RawFrame::from_buffer(self.mode.format, (self.mode.width, self.mode.height), bytes);
        frame.complete &= !about.flags.contains(Flags::ERROR);
        let sequence = about.sequence;
        if self.last.is_none() {
            self.buffers.limit(self.silence);
        }
        self.note_gap(sequence);
        Ok(frame)
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn modes(&self) -> Vec<Mode> {
        self.modes.clone()
    }

    fn controls(&mut self) -> Result<Vec<ControlState>, CameraFault> {
        controls::all(self.device.handle().fd())
    }

    fn set(&mut self, control: Control, value: i32) -> Result<Option<i32>, CameraFault> {
        controls::set(self.device.handle().fd(), control, value)
    }
}
