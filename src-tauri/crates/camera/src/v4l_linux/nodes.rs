//! Which of the kernel's video nodes are cameras, and what they are called.

use super::ask;
use crate::{CameraFault, CameraInfo};
use nokhwa::utils::ApiBackend;
use std::fs;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use v4l::capability::Flags;

/// The cameras with the numbers of their nodes at the moment, lowest first.
pub(super) fn cameras() -> Result<Vec<(u32, CameraInfo)>, CameraFault> {
    let listed = nokhwa::query(ApiBackend::Video4Linux).map_err(|e| CameraFault::Failed(e.to_string()))?;
    let mut numbers: Vec<u32> = listed
        .iter()
        .filter_map(|node| node.index().as_index().ok())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers
        .into_iter()
        .filter(|number| captures(*number))
        .map(|number| (number, info(number)))
        .collect())
}

/// The file of a node.
pub(super) fn path(number: u32) -> PathBuf {
    PathBuf::from(format!("/dev/video{number}"))
}

/// Whether pictures can be had from it. A UVC camera has a second node, of the same name, for metadata;
/// codecs have nodes too.
fn captures(number: u32) -> bool {
    let asked = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(path(number))
        .and_then(|node| ask::capabilities(node.as_raw_fd()));
    match asked {
        Ok(can) => can.contains(Flags::VIDEO_CAPTURE | Flags::STREAMING),
        // Not ours to open: that is to be said of the camera, so it must be listed. Its first node is the
        // one with the pictures.
        Err(_) => sysfs(number, "index").is_none_or(|index| index == "0"),
    }
}

/// The lasting id is the place on the bus (`1-1:1.0`). Where the kernel does not tell (no sysfs), the
/// number of the node must do.
fn info(number: u32) -> CameraInfo {
    let node = format!("video{number}");
    let place = fs::read_link(class(number).join("device")).ok();
    let place = place.as_deref().and_then(Path::file_name);
    CameraInfo {
        id: place.map_or_else(|| node.clone(), |place| place.to_string_lossy().into_owned()),
        name: sysfs(number, "name")
            .filter(|name| !name.is_empty())
            .unwrap_or(node),
    }
}

/// An attribute of the node. The kernel cuts long names at a byte, not at a character.
fn sysfs(number: u32, attribute: &str) -> Option<String> {
    let bytes = fs::read(class(number).join(attribute)).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(
        text.trim()
            .trim_end_matches(char::REPLACEMENT_CHARACTER)
            .to_owned(),
    )
}

fn class(number: u32) -> PathBuf {
    PathBuf::from(format!("/sys/class/video4linux/video{number}"))
}
