//! Frees a thread that is blocked in a driver's call: a signal with a handler that does nothing makes
//! `poll`, `read` and `ioctl` return EINTR.

#![allow(unsafe_code)]

use std::sync::{Mutex, OnceLock, PoisonError};

/// The thread to free.
pub(crate) struct Blocked(Mutex<Option<libc::pthread_t>>);

impl Blocked {
    /// Names the calling thread, which must call [`ended`](Self::ended) as the last thing it does.
    pub(crate) fn this_thread() -> Self {
        if let Some(signal) = signal() {
            // SAFETY: the set is initialised by sigemptyset before it is read, and both pointers live
            // through the calls.
            unsafe {
                let mut set = std::mem::zeroed::<libc::sigset_t>();
                libc::sigemptyset(&raw mut set);
                libc::sigaddset(&raw mut set, signal);
                // The thread may have inherited a mask that blocks the signal.
                libc::pthread_sigmask(libc::SIG_UNBLOCK, &raw const set, std::ptr::null_mut());
            }
        }
        // SAFETY: has no preconditions.
        Self(Mutex::new(Some(unsafe { libc::pthread_self() })))
    }

    /// Interrupts the system call the thread is in, if any. A signal that comes just before the call
    /// begins is lost, so this is repeated until the thread moves.
    pub(crate) fn interrupt(&self) {
        let thread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(thread), Some(signal)) = (*thread, signal()) {
            // SAFETY: the thread takes itself out under this lock before it ends, so it is alive here,
            // and a handler for the signal is installed.
            unsafe { libc::pthread_kill(thread, signal) };
        }
    }

    /// The thread ends now and is never interrupted again.
    pub(crate) fn ended(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A real-time signal nobody else in this process uses, with our handler installed; none when all are
/// taken. SIGUSR1 and SIGUSR2 will not do: the web view's JavaScript engine suspends its threads with one.
fn signal() -> Option<libc::c_int> {
    static SIGNAL: OnceLock<Option<libc::c_int>> = OnceLock::new();
    *SIGNAL.get_or_init(|| (libc::SIGRTMIN() + 1..=libc::SIGRTMAX()).find(|signal| claim(*signal)))
}

/// Installs the handler unless the signal is in use.
fn claim(signal: libc::c_int) -> bool {
    extern "C" fn nothing(_: libc::c_int) {}
    // SAFETY: a zeroed sigaction is a valid one (default action, empty mask, no flags); the pointers live
    // through the calls; the handler is async-signal-safe because it does nothing. No SA_RESTART: the
    // interrupted call must return.
    unsafe {
        let mut before = std::mem::zeroed::<libc::sigaction>();
        if libc::sigaction(signal, std::ptr::null(), &raw mut before) != 0
            || before.sa_sigaction != libc::SIG_DFL
        {
            return false;
        }
        let mut action = std::mem::zeroed::<libc::sigaction>();
        action.sa_sigaction = nothing as extern "C" fn(libc::c_int) as libc::sighandler_t;
        libc::sigaction(signal, &raw const action, std::ptr::null_mut()) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Read};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn a_thread_blocked_in_a_read_is_freed() {
        let (mut silent, _kept_open) = UnixStream::pair().unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let blocked = Arc::new(Blocked::this_thread());
            tell.send(Arc::clone(&blocked)).unwrap();
            let outcome = silent.read(&mut [0]).map_err(|e| e.kind());
            blocked.ended();
            outcome
        });
        let blocked = told.recv().unwrap();
        while !reader.is_finished() {
            blocked.interrupt();
            std::thread::sleep(Duration::from_millis(5));
        }
        blocked.interrupt();
        assert_eq!(reader.join().unwrap(), Err(ErrorKind::Interrupted));
    }
}
