//! The cameras of this machine outside Linux, through nokhwa without its decoding. Untested there: written
//! from nokhwa's documentation. Linux compiles it for the tests below, so that it does not rot.
//!
//! What nokhwa cannot do, and who makes up for it: a read has no time-out (the supervisor), a panic on
//! closing (contained by the worker), the choice of a format (ours, asked for exactly), the length of a
//! frame (found from the JPEG itself). Rates are whole ones only, controls are not offered, and a frame
//! that arrived by half over an older one can only be told by its restart markers.

use crate::choice::ranked;
use crate::{Backend, CameraFault, CameraInfo, RawFrame, Stream, Wanted};
use ::nokhwa::utils::{
    self, ApiBackend, CameraFormat, CameraIndex, FrameFormat as Layout, RequestedFormat, RequestedFormatType,
    Resolution,
};
use ::nokhwa::{Camera, NokhwaError};
use domain::camera::{Mode, Rate};
use domain::frame::FrameFormat;

/// The cameras of this machine.
pub(crate) struct DeviceBackend;

/// Everything this station can read.
const READABLE: [Layout; 4] = [Layout::MJPEG, Layout::YUYV, Layout::NV12, Layout::RAWRGB];

impl DeviceBackend {
    pub(crate) fn new() -> Self {
        Self
    }

    /// The cameras with their numbers of the moment, lowest first.
    fn cameras() -> Result<Vec<(CameraIndex, CameraInfo)>, CameraFault> {
        // macOS asks the user once; everywhere else this is always true.
        if !::nokhwa::nokhwa_check() {
            ::nokhwa::nokhwa_initialize(|granted| tracing::info!(granted, "camera permission"));
            return Err(CameraFault::Permission);
        }
        let mut listed = ::nokhwa::query(ApiBackend::Auto).map_err(|e| fault(&e))?;
        listed.sort_by_key(|camera| camera.index().as_index().unwrap_or(u32::MAX));
        Ok(listed
            .iter()
            .map(|camera| (camera.index().clone(), identify(camera)))
            .collect())
    }
}

impl Backend for DeviceBackend {
    fn list(&mut self) -> Result<Vec<CameraInfo>, CameraFault> {
        Ok(Self::cameras()?.into_iter().map(|(_, info)| info).collect())
    }

    fn open(&mut self, id: &str, wanted: &Wanted) -> Result<Box<dyn Stream>, CameraFault> {
        // The number may have changed since the list: look again.
        let index = Self::cameras()?
            .into_iter()
            .find(|(_, info)| info.id == id)
            .ok_or(CameraFault::Gone)?
            .0;
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &READABLE);
        let mut camera = Camera::new(index, any).map_err(|e| fault(&e))?;
        let listed = camera.compatible_camera_formats().map_err(|e| fault(&e))?;
        let modes: Vec<Mode> = listed.iter().filter_map(readable).collect();
        let mut last = CameraFault::Format("none of the camera's formats can be read here".into());
        for mode in ranked(&modes, wanted) {
            let exact = RequestedFormatType::Exact(camera_format(mode));
            let opened = camera
                .set_camera_requset(RequestedFormat::with_formats(exact, &READABLE))
                .and_then(|_| camera.open_stream());
            match opened {
                Ok(()) => {
                    tracing::info!(?mode, id, "camera opened");
                    return Ok(Box::new(NokhwaStream { camera, mode, modes }));
                }
                Err(e) => {
                    last = fault(&e);
                    tracing::debug!(?mode, error = %e, "format refused");
                    // Another format does not help against these.
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

struct NokhwaStream {
    camera: Camera,
    mode: Mode,
    modes: Vec<Mode>,
}

impl Stream for NokhwaStream {
    fn next(&mut self) -> Result<RawFrame, CameraFault> {
        // Not `frame()`: that copies the whole buffer of the driver, most of which is no picture.
        let buffer = self.camera.frame_raw().map_err(|e| fault(&e))?;
        Ok(RawFrame::from_buffer(
            self.mode.format,
            (self.mode.width, self.mode.height),
            &buffer,
        ))
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn modes(&self) -> Vec<Mode> {
        self.modes.clone()
    }
}

fn readable(listed: &CameraFormat) -> Option<Mode> {
    let format = match listed.format() {
        Layout::MJPEG => FrameFormat::Mjpeg,
        Layout::YUYV => FrameFormat::Yuyv,
        Layout::NV12 => FrameFormat::Nv12,
        Layout::RAWRGB => FrameFormat::Rgb,
        Layout::GRAY | Layout::RAWBGR => return None,
    };
    Some(Mode {
        format,
        width: listed.width(),
        height: listed.height(),
        rate: Rate::whole(listed.frame_rate()),
    })
}

fn camera_format(mode: Mode) -> CameraFormat {
    let layout = match mode.format {
        FrameFormat::Mjpeg => Layout::MJPEG,
        FrameFormat::Yuyv => Layout::YUYV,
        FrameFormat::Nv12 => Layout::NV12,
        FrameFormat::Rgb => Layout::RAWRGB,
    };
    // nokhwa knows whole rates only, and those are all it lists.
    CameraFormat::new(Resolution::new(mode.width, mode.height), layout, mode.rate.frames)
}

/// The camera's lasting id and name: macOS's unique id and Windows' symbolic link come in `misc`.
fn identify(listed: &utils::CameraInfo) -> CameraInfo {
    let id = if listed.misc().is_empty() {
        listed.index().as_string()
    } else {
        listed.misc()
    };
    CameraInfo {
        id,
        name: listed.human_name(),
    }
}

/// nokhwa passes no error number on, so that only the kind of its error tells.
fn fault(error: &NokhwaError) -> CameraFault {
    let text = error.to_string();
    match error {
        NokhwaError::GetPropertyError { .. } | NokhwaError::SetPropertyError { .. } => {
            CameraFault::Format(text)
        }
        _ => CameraFault::Failed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_format_is_told_from_a_failure() {
        let refused = NokhwaError::GetPropertyError {
            property: "CameraFormat".into(),
            error: "Failed to Fufill".into(),
        };
        assert_eq!(fault(&refused).code(), "camera_format");
        let failed = NokhwaError::OpenStreamError("odd".into());
        assert_eq!(fault(&failed).code(), "camera_failed");
    }

    #[test]
    fn every_offer_can_be_asked_for_exactly() {
        for layout in READABLE {
            let listed = CameraFormat::new(Resolution::new(1280, 720), layout, 30);
            assert_eq!(readable(&listed).map(camera_format), Some(listed));
        }
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
