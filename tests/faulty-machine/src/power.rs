//! What a power cut takes: everything that no `fsync` had put on the disk. While this watches, it remembers for
//! each change what stood there before; the cut puts that back, newest first.
//!
//! A file's bytes are safe after its `fsync`, a name after that of its folder. An `fsync` that failed makes nothing
//! safe, and neither does a later one, unless the same bytes were written again: the system has forgotten that they
//! still had to go to the disk.

use crate::system;
use libc::c_int;
use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A change that the disk does not have for certain.
enum Change {
    /// Bytes of a file.
    Bytes {
        file: Identity,
        handle: c_int,
        at: u64,
        end: u64,
        before: Vec<u8>,
        length: u64,
        forgotten: bool,
    },
    /// A name that was not there.
    Made(PathBuf),
    /// A name that went elsewhere.
    Moved { from: PathBuf, to: PathBuf },
    /// A name that is gone, and another one by which its file is kept.
    Gone { path: PathBuf, kept: PathBuf },
}

/// Device and number.
type Identity = (u64, u64);

/// All changes that are not safe, oldest first.
#[derive(Default)]
pub(crate) struct Unsafe {
    changes: Vec<Change>,
    kept: u32,
}

impl Unsafe {
    /// `count` bytes of an open file are about to change; `None` for all from `at` on.
    pub(crate) fn bytes(&mut self, handle: c_int, at: u64, count: Option<u64>) {
        let Some((file, mut length)) = system::status(handle) else {
            return;
        };
        let until = count.map_or(length, |count| (at + count).min(length));
        let mut before = vec![0; usize::try_from(until.saturating_sub(at)).unwrap_or(0)];
        // A handle of its own: the program's may be write-only, and closed by the time of the cut.
        let own = self.handle(file).unwrap_or_else(|| system::reopen(handle));
        system::read_at(own, &mut before, at);
        let end = at + count.unwrap_or(u64::MAX - at);
        self.changes.retain(|change| {
            let Change::Bytes {
                file: other,
                at: start,
                end: stop,
                before: older,
                length: shorter,
                forgotten: true,
                ..
            } = change
            else {
                return true;
            };
            let covered = *other == file && *start >= at && *stop <= end;
            if covered {
                // The disk never had what is overwritten now: it still has what stood there before that.
                let skip = usize::try_from(start - at).unwrap_or(usize::MAX);
                before
                    .iter_mut()
                    .skip(skip)
                    .zip(older)
                    .for_each(|(byte, old)| *byte = *old);
                length = length.min(*shorter);
            }
            !covered
        });
        self.changes.push(Change::Bytes {
            file,
            handle: own,
            at,
            end,
            before,
            length,
            forgotten: false,
        });
    }

    /// A file is about to be emptied.
    pub(crate) fn empties(&mut self, path: &Path) {
        let handle = system::open(path);
        if handle >= 0 {
            self.bytes(handle, 0, None);
        }
    }

    /// A name was made.
    pub(crate) fn made(&mut self, path: &Path) {
        self.changes.push(Change::Made(path.into()));
    }

    /// A name is about to go elsewhere, where another file may be replaced.
    pub(crate) fn moves(&mut self, from: &Path, to: &Path, stash: &Path) {
        self.goes(to, stash);
        self.changes.push(Change::Moved {
            from: from.into(),
            to: to.into(),
        });
    }

    /// A name is about to go.
    pub(crate) fn goes(&mut self, path: &Path, stash: &Path) {
        self.kept += 1;
        let kept = stash.join(self.kept.to_string());
        if system::two(libc::SYS_linkat, path, &kept) {
            self.changes.push(Change::Gone {
                path: path.into(),
                kept,
            });
        }
    }

    /// An `fsync` of a file or a folder went well, or did not.
    pub(crate) fn synced(&mut self, handle: c_int, path: &Path, well: bool) {
        let Some((synced, _)) = system::status(handle) else {
            return;
        };
        if well {
            self.changes.retain(|change| match change {
                Change::Bytes { file, forgotten, .. } => *file != synced || *forgotten,
                Change::Made(name) | Change::Moved { to: name, .. } | Change::Gone { path: name, .. } => {
                    name.parent() != Some(path)
                }
            });
        } else {
            for change in &mut self.changes {
                if let Change::Bytes { file, forgotten, .. } = change
                    && *file == synced
                {
                    *forgotten = true;
                }
            }
        }
    }

    /// Puts the disk back to what it has for certain.
    pub(crate) fn cut(&mut self) {
        while let Some(change) = self.changes.pop() {
            match change {
                Change::Bytes {
                    handle,
                    at,
                    before,
                    length,
                    ..
                } => {
                    system::write_at(handle, &before, at);
                    system::set_length(handle, length);
                }
                Change::Made(path) => system::remove(&path),
                Change::Moved { from, to } => {
                    system::two(libc::SYS_renameat2, &to, &from);
                }
                Change::Gone { path, kept } => {
                    system::two(libc::SYS_linkat, &kept, &path);
                }
            }
        }
    }

    fn handle(&self, wanted: Identity) -> Option<c_int> {
        self.changes.iter().find_map(|change| match change {
            Change::Bytes { file, handle, .. } if *file == wanted => Some(*handle),
            _ => None,
        })
    }
}

/// A path for the system; empty, which names nothing, when it has a zero byte.
pub(crate) fn c_path(path: &Path) -> CString {
    CString::new(path.as_os_str().as_bytes()).unwrap_or_default()
}
