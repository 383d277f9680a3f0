//! Disks by their letters. Untested: no such machine was at hand. Which of them can be pulled out, only calls say
//! that this project has no safe library for; whoever plugs a stick in knows its letter.

use domain::port::Stick;
use std::path::Path;

/// Every disk but the first two letters (floppies of old) and the system's own.
pub(crate) fn present() -> Vec<Stick> {
    ('D'..='Z')
        .map(|letter| format!("{letter}:\\"))
        .filter(|path| Path::new(path).is_dir())
        .map(|path| Stick {
            free: fs4::available_space(&path).unwrap_or(0),
            label: path.clone(),
            path,
            acknowledgements: false,
        })
        .collect()
}
