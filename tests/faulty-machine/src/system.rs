//! The system itself, asked without the C library's functions, which are the ones stood in for.

use crate::power::c_path;
use libc::{c_char, c_int, c_long};
use std::ffi::CStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// What a function of the C library answers for the kernel's answer; `libc::syscall` has set `errno`.
pub(crate) fn answer(value: c_long) -> c_int {
    c_int::try_from(value).unwrap_or(-1)
}

/// Says no.
pub(crate) fn fail(errno: c_int) -> c_int {
    // SAFETY: the place of this thread's `errno` is valid as long as the thread lives.
    unsafe { *libc::__errno_location() = errno };
    -1
}

/// Ends the process at once, as a power cut would end it.
pub(crate) fn end() -> ! {
    loop {
        // SAFETY: takes no pointers; the signal cannot be caught.
        unsafe { libc::syscall(libc::SYS_kill, libc::getpid(), libc::SIGKILL) };
    }
}

/// Appends a line to a file that was opened for that.
pub(crate) fn append(file: c_int, line: &str) {
    // SAFETY: the pointer and the length are those of `line`. A log that cannot be written is read as too short.
    unsafe { libc::syscall(libc::SYS_write, file, line.as_ptr(), line.len()) };
}

/// Opens a file to append to; -1 when it cannot be opened.
pub(crate) fn log(path: &Path) -> c_int {
    let path = c_path(path);
    let flags = libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND | libc::O_CLOEXEC;
    // SAFETY: the path ends with a zero byte.
    answer(unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path.as_ptr(), flags, 0o600) })
}

/// Reads the beginning of a small file; nothing when it is not there.
pub(crate) fn read<'a>(path: &CStr, into: &'a mut [u8]) -> &'a [u8] {
    let flags = libc::O_RDONLY | libc::O_CLOEXEC;
    // SAFETY: the path ends with a zero byte; the buffer is as long as said; the file is closed once.
    let got = unsafe {
        let file = answer(libc::syscall(
            libc::SYS_openat,
            libc::AT_FDCWD,
            path.as_ptr(),
            flags,
        ));
        if file < 0 {
            return &[];
        }
        let got = libc::syscall(libc::SYS_read, file, into.as_mut_ptr(), into.len());
        libc::syscall(libc::SYS_close, file);
        got
    };
    into.get(..usize::try_from(got).unwrap_or(0)).unwrap_or_default()
}

/// Calls `with` with the path of an open file.
pub(crate) fn path_of<T>(file: c_int, with: impl FnOnce(&Path) -> T) -> Option<T> {
    let link = format!("/proc/self/fd/{file}\0");
    let mut path = [0_u8; 1024];
    // SAFETY: the link's name ends with a zero byte; the buffer is as long as said.
    let got = unsafe {
        libc::syscall(
            libc::SYS_readlinkat,
            libc::AT_FDCWD,
            link.as_ptr(),
            path.as_mut_ptr(),
            path.len(),
        )
    };
    let path = path.get(..usize::try_from(got).ok()?)?;
    Some(with(Path::new(std::ffi::OsStr::from_bytes(path))))
}

/// The path a caller gave.
///
/// # Safety
/// `path` is null or ends with a zero byte.
pub(crate) unsafe fn path_at<'a>(path: *const c_char) -> Option<&'a Path> {
    // SAFETY: as the caller says.
    (!path.is_null()).then(|| {
        Path::new(std::ffi::OsStr::from_bytes(
            unsafe { CStr::from_ptr(path) }.to_bytes(),
        ))
    })
}

/// Identity (device and number) and length of an open file.
pub(crate) fn status(file: c_int) -> Option<((u64, u64), u64)> {
    // SAFETY: a record of numbers, for which zeros are values; the kernel fills it.
    let (answer, status) = unsafe {
        let mut status: libc::stat = std::mem::zeroed();
        (libc::syscall(libc::SYS_fstat, file, &raw mut status), status)
    };
    (answer == 0).then(|| {
        (
            (status.st_dev, status.st_ino),
            u64::try_from(status.st_size).unwrap_or(0),
        )
    })
}

/// Another handle on an open file, to read and to write; never closed, because that would take the locks along.
pub(crate) fn reopen(file: c_int) -> c_int {
    open(Path::new(&format!("/proc/self/fd/{file}")))
}

/// Opens a file to read and to write.
pub(crate) fn open(path: &Path) -> c_int {
    let (path, flags) = (c_path(path), libc::O_RDWR | libc::O_CLOEXEC);
    // SAFETY: the path ends with a zero byte.
    answer(unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path.as_ptr(), flags) })
}

/// Reads what there is from a place on.
pub(crate) fn read_at(file: c_int, into: &mut [u8], at: u64) {
    // SAFETY: the buffer is as long as said.
    unsafe { libc::syscall(libc::SYS_pread64, file, into.as_mut_ptr(), into.len(), at) };
}

/// Writes at a place.
pub(crate) fn write_at(file: c_int, from: &[u8], at: u64) {
    // SAFETY: the buffer is as long as said.
    unsafe { libc::syscall(libc::SYS_pwrite64, file, from.as_ptr(), from.len(), at) };
}

/// Cuts a file, or makes it longer.
pub(crate) fn set_length(file: c_int, length: u64) {
    // SAFETY: takes no pointers.
    unsafe { libc::syscall(libc::SYS_ftruncate, file, length) };
}

/// Takes a file's name away, or an empty folder.
pub(crate) fn remove(path: &Path) {
    let path = c_path(path);
    // SAFETY: the path ends with a zero byte.
    unsafe {
        if libc::syscall(libc::SYS_unlinkat, libc::AT_FDCWD, path.as_ptr(), 0) != 0 {
            libc::syscall(
                libc::SYS_unlinkat,
                libc::AT_FDCWD,
                path.as_ptr(),
                libc::AT_REMOVEDIR,
            );
        }
    }
}

/// Makes a folder; one that is there is fine.
pub(crate) fn folder(path: &Path) {
    let path = c_path(path);
    // SAFETY: the path ends with a zero byte.
    unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path.as_ptr(), 0o700) };
}

/// A call with two paths, `linkat` or `renameat2`; whether it went well.
pub(crate) fn two(call: c_long, from: &Path, to: &Path) -> bool {
    let (from, to, here) = (c_path(from), c_path(to), libc::AT_FDCWD);
    // SAFETY: both paths end with a zero byte.
    unsafe { libc::syscall(call, here, from.as_ptr(), here, to.as_ptr(), 0) == 0 }
}

/// Whether a name is there.
pub(crate) fn is_there(path: &Path) -> bool {
    let path = c_path(path);
    // SAFETY: the path ends with a zero byte.
    unsafe { libc::syscall(libc::SYS_faccessat, libc::AT_FDCWD, path.as_ptr(), libc::F_OK) == 0 }
}

/// Where an open file is written to next.
pub(crate) fn position(file: c_int) -> u64 {
    // SAFETY: takes no pointers.
    u64::try_from(unsafe { libc::syscall(libc::SYS_lseek, file, 0, libc::SEEK_CUR) }).unwrap_or(0)
}
