//! What nokhwa's cameras are called outside Linux. Untested: written from nokhwa's documentation.

use crate::{CameraFault, CameraInfo};
use ::nokhwa::utils;

/// The camera's lasting id and name: macOS's unique id and Windows' symbolic link come in `misc`.
pub(crate) fn identify(listed: &utils::CameraInfo) -> Option<CameraInfo> {
    let id = if listed.misc().is_empty() {
        listed.index().as_string()
    } else {
        listed.misc()
    };
    Some(CameraInfo {
        id,
        name: listed.human_name(),
    })
}

/// What can be told before the camera is opened: nothing here.
pub(crate) fn try_open(_: &utils::CameraIndex) -> Result<(), CameraFault> {
    Ok(())
}

/// What an error number of the system means; nokhwa passes none on here.
pub(crate) fn fault_of(_: i32) -> Option<CameraFault> {
    None
}
