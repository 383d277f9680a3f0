//! The cameras of this machine on Linux: nokhwa lists them, the `v4l` crate below it streams.
//!
//! nokhwa's own streaming has no time-out, knows whole rates only, hands over the whole buffer instead of
//! the frame in it, and keeps the driver's error flag to itself (decision 0006).

mod ask;
mod controls;
mod modes;
mod nodes;
mod stream;

use crate::choice::ranked;
use crate::{Backend, CameraFault, CameraInfo, Stream, Wanted};
use std::io;
use v4l::Device;

/// The cameras of this machine.
pub(crate) struct DeviceBackend;

impl DeviceBackend {
    pub(crate) fn new() -> Self {
        Self
    }
}

impl Backend for DeviceBackend {
    fn list(&mut self) -> Result<Vec<CameraInfo>, CameraFault> {
        Ok(nodes::cameras()?.into_iter().map(|(_, info)| info).collect())
    }

    fn open(&mut self, id: &str, wanted: &Wanted) -> Result<Box<dyn Stream>, CameraFault> {
        // The number may have changed since the list: look again.
        let (number, _) = nodes::cameras()?
            .into_iter()
            .find(|(_, info)| info.id == id)
            .ok_or(CameraFault::Gone)?;
        let device = Device::with_path(nodes::path(number)).map_err(|e| fault(&e))?;
        let modes = modes::offered(&device, wanted);
        let mut last = CameraFault::Format("none of the camera's formats can be read here".into());
        for mode in ranked(&modes, wanted) {
            match stream::Buffers::start(&device, mode, wanted.silence) {
                Ok((buffers, mode)) => {
                    tracing::info!(?mode, id, "camera opened");
                    return Ok(Box::new(stream::V4lStream::new(
                        buffers,
                        device,
                        mode,
                        modes,
                        wanted.silence,
                    )));
                }
                Err(refused) => {
                    tracing::debug!(?mode, error = %refused, "mode refused");
                    last = refused;
                    // Another mode does not help against these.
                    if matches!(
                        last,
                        CameraFault::Busy | CameraFault::Gone | CameraFault::Permission
                    ) {
                        break;
                    }
                }
            }
        }
        Err(last)
    }
}

/// What an answer of the system means.
fn fault(error: &io::Error) -> CameraFault {
    match error.raw_os_error() {
        Some(libc::EACCES | libc::EPERM) => CameraFault::Permission,
        Some(libc::EBUSY) => CameraFault::Busy,
        Some(libc::ENODEV | libc::ENXIO | libc::ENOENT) => CameraFault::Gone,
        Some(libc::EINTR | libc::ETIMEDOUT) => CameraFault::Stalled,
        None if error.kind() == io::ErrorKind::TimedOut => CameraFault::Stalled,
        _ => CameraFault::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_answers_become_faults() {
        let table = [
            (libc::EACCES, "camera_permission"),
            (libc::EPERM, "camera_permission"),
            (libc::EBUSY, "camera_busy"),
            (libc::ENODEV, "camera_gone"),
            (libc::ENOENT, "camera_gone"),
            (libc::EINTR, "camera_stalled"),
            (libc::EIO, "camera_failed"),
        ];
        for (errno, code) in table {
            assert_eq!(fault(&io::Error::from_raw_os_error(errno)).code(), code);
        }
        assert_eq!(
            fault(&io::ErrorKind::TimedOut.into()),
            CameraFault::Stalled,
            "as v4l words its own time-out"
        );
    }

    /// On a machine without a camera this proves that asking is no error; with one, that each has a name.
    #[test]
    fn asking_for_the_cameras_is_no_error() {
        let cameras = DeviceBackend::new().list().expect("a list, if only an empty one");
        assert!(
            cameras
                .iter()
                .all(|camera| !camera.id.is_empty() && !camera.name.is_empty())
        );
    }
}
