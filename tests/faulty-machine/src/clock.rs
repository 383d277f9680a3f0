//! The wall clock, wrong by as much as a file says; clocks that measure time are left alone.

use crate::system;
use libc::{c_int, clockid_t, timespec};
use std::ffi::{CStr, CString};
use std::os::unix::ffi::OsStrExt;
use std::sync::OnceLock;

const NANOS: i64 = 1_000_000_000;

/// Stands in for the C library's function.
///
/// # Safety
/// As there: `time` is null or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: clockid_t, time: *mut timespec) -> c_int {
    // SAFETY: passed on as it came.
    let answer = system::answer(unsafe { libc::syscall(libc::SYS_clock_gettime, clock, time) });
    if answer == 0 && clock == libc::CLOCK_REALTIME && !time.is_null() {
        // SAFETY: the kernel has just written to it.
        let time = unsafe { &mut *time };
        let nanos = time.tv_nsec + wrong_by() % 1_000 * 1_000_000;
        time.tv_sec += wrong_by() / 1_000 + nanos.div_euclid(NANOS);
        time.tv_nsec = nanos.rem_euclid(NANOS);
    }
    answer
}

/// Milliseconds.
fn wrong_by() -> i64 {
    static FILE: OnceLock<Option<CString>> = OnceLock::new();
    let file = FILE.get_or_init(|| CString::new(std::env::var_os("FAULTY_CLOCK")?.as_bytes()).ok());
    file.as_deref().map_or(0, read)
}

fn read(file: &CStr) -> i64 {
    let mut text = [0; 32];
    let text = std::str::from_utf8(system::read(file, &mut text)).unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}
