//! What nokhwa's cameras are called on Linux, and what the kernel's answers mean.

use crate::{CameraFault, CameraInfo};
use ::nokhwa::utils;
use std::fs;
use std::path::{Path, PathBuf};

/// The camera's lasting id, which is its place on the bus (`1-1:1.0`), and its name.
///
/// None for a node that is no camera: UVC cameras have a second one for metadata, of the same name. Where
/// the kernel does not tell (no sysfs), every node is taken for a camera under its number.
pub(crate) fn identify(listed: &utils::CameraInfo) -> Option<CameraInfo> {
    let number = listed.index().as_index().ok()?;
    let known = PathBuf::from(format!("/sys/class/video4linux/video{number}"));
    if text(&known.join("index")).is_some_and(|index| index != "0") {
        return None;
    }
    let place = fs::read_link(known.join("device")).ok();
    let place = place
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    Some(CameraInfo {
        id: place.unwrap_or_else(|| format!("video{number}")),
        name: text(&known.join("name")).unwrap_or_else(|| listed.human_name()),
    })
}

/// Opens and closes the device, because the kernel's answer tells what nokhwa's error only words.
pub(crate) fn try_open(index: &utils::CameraIndex) -> Result<(), CameraFault> {
    let device = format!("/dev/video{}", index.as_string());
    match fs::OpenOptions::new().read(true).write(true).open(&device) {
        Ok(_) => Ok(()),
        Err(e) => Err(e
            .raw_os_error()
            .and_then(fault_of)
            .unwrap_or_else(|| CameraFault::Failed(format!("{device}: {e}")))),
    }
}

/// What an error number of the system means.
pub(crate) fn fault_of(errno: i32) -> Option<CameraFault> {
    match errno {
        libc::EACCES | libc::EPERM => Some(CameraFault::Permission),
        libc::EBUSY => Some(CameraFault::Busy),
        libc::ENODEV | libc::ENXIO | libc::ENOENT => Some(CameraFault::Gone),
        libc::EINTR | libc::ETIMEDOUT => Some(CameraFault::Stalled),
        _ => None,
    }
}

fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}
