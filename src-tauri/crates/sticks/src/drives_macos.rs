//! Disks as the Finder shows them. Untested: no such machine was at hand.

use domain::port::Stick;
use std::fs;

/// What is mounted under `/Volumes` and is not the machine's own disk, which stands there as a link.
pub(crate) fn present() -> Vec<Stick> {
    let Ok(volumes) = fs::read_dir("/Volumes") else {
        return Vec::new();
    };
    let mut sticks: Vec<Stick> = volumes
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| Stick {
            free: fs4::available_space(entry.path()).unwrap_or(0),
            path: entry.path().to_string_lossy().into_owned(),
            label: entry.file_name().to_string_lossy().into_owned(),
            acknowledgements: false,
        })
        .collect();
    sticks.sort_by(|one, other| one.path.cmp(&other.path));
    sticks
}
