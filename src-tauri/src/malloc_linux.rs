//! How glibc hands out memory.

/// Two arenas in place of eight a core: the threads that decode and analyse pictures would each keep their own free
/// memory otherwise, some 25 MB in all. Must come before any thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the C library has no other door to this setting")]
pub(crate) fn prepare() {
    // SAFETY: no other thread runs yet; a refused value leaves everything as it was.
    let taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, 2) };
    if taken == 0 {
        tracing::debug!("the number of arenas stays as it is");
    }
}

/// Other systems have their own ways.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn prepare() {}
